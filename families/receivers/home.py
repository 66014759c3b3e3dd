"""The families' own part of the home page."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _, ngettext

from families.domain.children import is_birth_near
from families.domain.home import Card, Line, Link, Panel, Task
from families.enums import ProofStatus
from families.models import Child, Household, Proof
from families.queries import proofs_of
from families.services.proof_lines import line_of
from families.services.words import age_of
from families.signals import home_shown


@receiver(home_shown, dispatch_uid="families-children")
def show_children(
    children: list[Child], expected: list[Child], today: date, **_kwargs: Any
) -> Panel:
    """Show the children, ask for the first one, and whether those expected are born."""
    add, family = reverse("families:child-add"), [*children, *expected]
    return Panel(
        position=20,
        tasks=(_task_of(family, add), *_birth_tasks(expected, today)),
        cards=(
            Card(
                title=_("My children"),
                icon="child",
                lines=tuple(_line_of(child, today) for child in family),
                links=(Link(_("Add a child"), add, icon="plus"),),
                empty=_("No child yet. Add one to book activities."),
            ),
        ),
    )


@receiver(home_shown, dispatch_uid="families-proofs")
def show_proofs(household: Household, today: date, **_kwargs: Any) -> Panel:
    """Show the latest proofs, and ask again for those refused or about to end."""
    proofs = list(proofs_of(household))
    mine = reverse("families:proofs")
    lines = [line_of(proof, today) for proof in proofs]
    return Panel(
        position=60,
        tasks=tuple(_proof_tasks(proofs, lines)),
        cards=(
            Card(
                title=_("My file"),
                icon="document",
                lines=tuple(lines[:5]),
                links=(
                    Link(_("All my file"), mine),
                    Link(_("My documents"), reverse("families:documents")),
                ),
                empty=_("Nothing handed in yet."),
            ),
        ),
    )


@receiver(home_shown, dispatch_uid="families-household")
def show_household(household: Household, **_kwargs: Any) -> Panel:
    """Show where the family lives, and its file number."""
    place = f"{household.postal_code} {household.city}"
    return Panel(
        position=70,
        cards=(
            Card(
                title=_("My household"),
                icon="family",
                lines=(
                    Line(household.street, meta=place),
                    Line(household.file_number, meta=_("File number")),
                ),
                links=(
                    Link(_("My household"), reverse("families:household")),
                    Link(_("My details"), reverse("families:address")),
                ),
            ),
        ),
    )


def _proof_tasks(proofs: list[Proof], lines: list[Line]) -> Iterator[Task]:
    """Ask again for what was refused or ends, unless another one waits already."""
    waiting = {_about(each) for each in proofs if each.status == ProofStatus.SUBMITTED}
    for proof, line in zip(proofs, lines, strict=True):
        if line.tone in {"danger", "warning"} and _about(proof) not in waiting:
            yield Task(
                title=_("Send again: %(proof)s") % {"proof": line.text},
                href=reverse("families:proof", args=[proof.public_id]),
                status=line.status,
                tone=line.tone,
                hint=line.meta,
            )


def _about(proof: Proof) -> tuple[int, int | None, int | None]:
    return (proof.proof_type_id, proof.child_id, proof.person_id)


def _task_of(children: list[Child], add: str) -> Task:
    if not children:
        return Task(
            title=_("Add your children"),
            href=add,
            status=_("To do"),
            hint=_("First name, date of birth, school."),
        )
    count = len(children)
    known = ngettext("%(count)s child", "%(count)s children", count) % {"count": count}
    return Task(_("Add your children"), reverse("families:children"), known, "success")


def _birth_tasks(expected: list[Child], today: date) -> Iterator[Task]:
    """Ask for the births that are near, or past."""
    for child in expected:
        if is_birth_near(child.birth_date, today=today):
            yield Task(
                title=_("Has your child been born?"),
                href=reverse("families:birth", args=[child.public_id]),
                status=_("To do"),
                hint=f"{child.called}, {age_of(child, today)}",
            )


def _line_of(child: Child, today: date) -> Line:
    age = age_of(child, today)
    return Line(
        text=str(child),
        href=_file_of(child),
        meta=", ".join(part for part in (age, child.school_name) if part),
        person=child.drawn_as if child.is_expected else str(child),
    )


def _file_of(child: Child) -> str:
    """Lead to the child's file, if the household may open it."""
    if not child.sees_file:
        return ""
    if child.is_expected:
        return reverse("families:expected", args=[child.public_id])
    return reverse("families:child", args=[child.public_id])
