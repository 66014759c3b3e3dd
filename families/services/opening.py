"""Fill the families' part of a town from its pack, when it opens or takes a pack."""

from dataclasses import asdict, replace

from families.domain.pack import FILE_RULES, PROOF_TYPES
from families.domain.pack_child import CHILD_FILE
from families.domain.pack_terms import TERMS
from families.models import AuthorisationKind, MealType, ProofType, Terms
from families.services.blank_forms import put_blank_form
from families.services.child_lists import fill_child_lists
from families.services.file_rules import fill_file_rules
from families.services.terms import write_draft
from tenants.domain.packs import Pack


def fill_families(*, pack: Pack) -> None:
    """Write the types of proof, the lists of the child's file, the rules."""
    _put_proof_types(pack, is_opening=True)
    fill_child_lists(pack=pack)
    fill_file_rules(pack.get(FILE_RULES))


def put_families(*, pack: Pack) -> None:
    """Write what a pack says to a town that is open; what it does not name stays.

    New terms of use wait as a draft: publishing them asks every family again.
    """
    _put_proof_types(pack, is_opening=False)
    lists = pack.get(CHILD_FILE)
    for meal in lists.meals or ():
        _put(MealType, asdict(meal))
    for kind in lists.authorisations or ():
        _put(AuthorisationKind, asdict(kind))
    rules = pack.get(FILE_RULES)
    if rules is not None:
        fill_file_rules(rules)
    body = pack.get(TERMS)
    current = Terms.objects.published().first()
    if body and (current is None or current.body.strip() != body):
        write_draft(body=body, actor=None)


def _put_proof_types(pack: Pack, *, is_opening: bool) -> None:
    for facts in pack.get(PROOF_TYPES):
        values = asdict(replace(facts, blank_form=None))
        del values["blank_form"]
        row, _made = ProofType.objects.update_or_create(
            code=facts.code, defaults=values
        )
        if facts.blank_form is not None:
            put_blank_form(row, facts.blank_form, at_once=is_opening)


def _put(
    model: type[MealType] | type[AuthorisationKind], values: dict[str, object]
) -> None:
    """Write a row under its code, at the end of the list when it is new."""
    at_first = {**values, "position": model.objects.count()}
    model.objects.update_or_create(
        code=values["code"], defaults=values, create_defaults=at_first
    )
