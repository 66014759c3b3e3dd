"""The lists that a town starts with: meals served, authorisations asked."""

from dataclasses import asdict

from django.utils.translation import gettext_lazy as _

from families.domain.meal_labels import Instead, RefusedWord, Subject
from families.domain.pack_child import CHILD_FILE
from families.models import AuthorisationKind, MealType
from tenants.domain.packs import Pack

MEALS = (
    ("sans-porc", _("Without pork")),
    ("sans-viande", _("Without meat")),
    ("sans-poisson", _("Without fish")),
)
# Code, name, sentence, minimum age of the child, shown on the day list.
AUTHORISATIONS = (
    (
        "sport",
        _("Sport"),
        _("I allow my child to take part in sports and physical activities."),
        None,
        False,
    ),
    (
        "photo",
        _("Photographs"),
        _("I allow the town to photograph my child during activities."),
        None,
        True,
    ),
    (
        "partir-seul",
        _("Leave alone"),
        _("I allow my child to go home alone at the end of the activity."),
        8,
        True,
    ),
    (
        "sorties",
        _("Outings"),
        _("I allow my child to go on outings, on foot or by bus."),
        None,
        False,
    ),
    (
        "hospitalisation",
        _("Hospital if needed"),
        _("I allow the town to have my child taken to hospital in an emergency."),
        None,
        False,
    ),
)
WHY = {
    Subject.RELIGION: _(
        "“%(word)s” tells a religion, which a town may not record. Write what is "
        "served: %(instead)s."
    ),
    Subject.HEALTH: _(
        "“%(word)s” tells an illness or a disability, which a town may not record. "
        "Write what is served: %(instead)s."
    ),
}
INSTEAD = {
    Instead.NO_PORK: _("“without pork” or “without meat”"),
    Instead.NO_MEAT: _("“without meat”"),
    Instead.NO_GLUTEN: _("“without gluten”"),
    Instead.NO_SUGAR: _("“without added sugar”"),
    Instead.WHAT_IS_SERVED: _("“without fish”, “meal brought from home”"),
}
PACK_SENTENCES = {
    "label_tells_religion": _(
        "“%(value)s” tells a religion, which a town may not record. Write what is "
        "served, like “sans porc” or “sans viande”."
    ),
    "label_tells_health": _(
        "“%(value)s” tells an illness or a disability, which a town may not record. "
        "Write what is served, like “sans gluten”."
    ),
}


def say_why_refused(refused: RefusedWord) -> str:
    """Return the reason and the right alternative."""
    return str(WHY[refused.subject]) % {
        "word": refused.word,
        "instead": INSTEAD[refused.instead],
    }


def fill_child_lists(*, pack: Pack) -> None:
    """Write the lists of the pack, or the default ones in the town's language."""
    facts = pack.get(CHILD_FILE)
    meals = (
        [MealType(code=code, name=str(name)) for code, name in MEALS]
        if facts.meals is None
        else [MealType(**asdict(each)) for each in facts.meals]
    )
    for position, meal in enumerate(meals):
        meal.position = position
    MealType.objects.bulk_create(meals)
    kinds = (
        _default_kinds()
        if facts.authorisations is None
        else [AuthorisationKind(**asdict(each)) for each in facts.authorisations]
    )
    for position, kind in enumerate(kinds):
        kind.position = position
    AuthorisationKind.objects.bulk_create(kinds)


def _default_kinds() -> list[AuthorisationKind]:
    return [
        AuthorisationKind(
            code=code,
            name=str(name),
            text=str(text),
            minimum_age=age,
            is_on_day_list=is_on_day_list,
        )
        for code, name, text, age, is_on_day_list in AUTHORISATIONS
    ]
