"""What the families' part of a town says in its pack; nothing about any family."""

from dataclasses import fields
from typing import Any

from families.domain.blank_forms import KEY, written_content
from families.domain.pack import FileRulesFacts, ProofTypeFacts
from families.models import AuthorisationKind, FileRules, MealType, ProofType, Terms
from families.services.blank_forms import content_of, file_name_of, fingerprint_of
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


#: Of a type of proof, beside its blank form.
_PROOF_TYPE = tuple(
    each.name for each in fields(ProofTypeFacts) if each.name != "blank_form"
)


def families_facts(*, with_files: bool = True) -> dict[str, Any]:
    """Return the families' sections of a pack, as plain data.

    Without `with_files`, a blank form is told by its name and fingerprint.
    """
    terms = Terms.objects.published().first()
    facts: dict[str, Any] = without_blanks(
        {
            "proof_types": [
                _proof_type(each, with_files=with_files)
                for each in ProofType.objects.order_by("code")
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
    kept = ("code", "name", "text", "minimum_age", "is_on_day_list", "is_asked")
    facts["authorisations"] = [
        _row(each, kept)
        for each in AuthorisationKind.objects.order_by("position", "code")
    ]
    return facts


def _proof_type(row: ProofType, *, with_files: bool) -> dict[str, Any]:
    facts = _row(row, _PROOF_TYPE)
    # Each kind of validity has its own key; the other one may hold a former value.
    if row.validity != "months":
        facts.pop("months", None)
    if row.validity != "fixed_date":
        facts.pop("until", None)
    if row.template:
        facts[KEY] = _blank_form(row, with_files=with_files)
    return facts


def _blank_form(row: ProofType, *, with_files: bool) -> dict[str, str]:
    facts = {"name": file_name_of(row), "sha256": fingerprint_of(row)}
    if with_files:
        facts["content"] = written_content(content_of(row))
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
