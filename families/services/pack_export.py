"""What the families' part of a town says in its pack; nothing about any family."""

from typing import Any

from families.domain.pack import FileRulesFacts, ProofTypeFacts
from families.models import AuthorisationKind, FileRules, MealType, ProofType, Terms
from tenants.domain.pack_writing import plain_value, without_blanks

#: Keys of the pack where they are not named after the field.
_KEYS = {
    "validity_months": "months",
    "valid_until": "until",
    "is_on_day_list": "day_list",
    "is_asked": "asked",
    "is_offered": "offered",
}
_SUPPOSED = {
    "kind": "file",
    "subject": "household",
    "proves": "nothing",
    "offered": True,
    "asked": True,
    "day_list": False,
}


def families_facts() -> dict[str, Any]:
    """Return the families' sections of a pack, as plain data."""
    terms = Terms.objects.published().first()
    facts: dict[str, Any] = without_blanks(
        {
            "proof_types": [
                _proof_type(each) for each in ProofType.objects.order_by("code")
            ],
            "files": _file_rules(),
            "terms_of_use": terms.body if terms else "",
        }
    )
    # Without these keys a town starts with the usual lists: an empty one is said.
    facts["meal_types"] = [
        _row(each, ("code", "name", "is_offered"))
        for each in MealType.objects.order_by("position", "code")
    ]
    fields = ("code", "name", "text", "minimum_age", "is_on_day_list", "is_asked")
    facts["authorisations"] = [
        _row(each, fields)
        for each in AuthorisationKind.objects.order_by("position", "code")
    ]
    return facts


def _proof_type(row: ProofType) -> dict[str, Any]:
    facts = _row(row, ProofTypeFacts.__slots__)
    # Each kind of validity has its own key; the other one may hold a former value.
    if row.validity != "months":
        facts.pop("months", None)
    if row.validity != "fixed_date":
        facts.pop("until", None)
    return facts


def _row(row: Any, fields: tuple[str, ...]) -> dict[str, Any]:
    return without_blanks(
        {_KEYS.get(name, name): getattr(row, name) for name in fields}, _SUPPOSED
    )


def _file_rules() -> dict[str, Any]:
    rules = FileRules.objects.first()
    if rules is None:
        return {}
    facts = {
        name: plain_value(getattr(rules, name)) for name in FileRulesFacts.__slots__
    }
    month, day = facts.pop("review_month"), facts.pop("review_day")
    review = {"month": month, "day": day} if month and day else None
    return without_blanks({**facts, "review_from": review})
