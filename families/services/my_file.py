"""The family's file: every proof asked for or given, as a list of tasks."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import cast

from django.urls import reverse
from django.utils.translation import gettext as _

from families.domain.home import Task
from families.domain.my_file import MyFile, Wanted
from families.enums import ProofStatus
from families.models import Child, Household, Proof, ProofType
from families.queries import proofs_of
from families.services.proof_lines import line_of
from families.signals import proofs_wanted

#: About which proof, and which child.
Key = tuple[int, int | None]


def my_file(household: Household, children: Sequence[Child], *, today: date) -> MyFile:
    """Return the tasks of a household; the number of queries never grows."""
    proofs = list(proofs_of(household))
    given = _given(proofs, today)
    missing = _missing(household, children, proofs)
    again = [task for task in given if task.tone in {"danger", "warning"}]
    return MyFile(
        to_do=(*missing, *again),
        sent=tuple(task for task in given if task.tone == "pending"),
        in_order=tuple(task for task in given if task.tone == "success"),
    )


def wanted_of(household: Household) -> dict[Key, list[str]]:
    """Return what services ask of a household, with the names of those services."""
    asked: dict[Key, list[str]] = defaultdict(list)
    sent = proofs_wanted.send(sender=Household, household=household)
    # The stubs believe that every receiver answers a text.
    answers = cast("list[list[Wanted] | None]", [answer for _receiver, answer in sent])
    for wanted in (each for answer in answers for each in answer or ()):
        names = asked[wanted.proof_type_id, wanted.child_id]
        if wanted.by not in names:
            names.append(wanted.by)
    return asked


def _missing(
    household: Household, children: Sequence[Child], proofs: Sequence[Proof]
) -> list[Task]:
    """Return what is asked for and was never given, a task each."""
    have = {(each.proof_type_id, each.child_id) for each in proofs}
    asked = {
        key: names for key, names in wanted_of(household).items() if key not in have
    }
    types = ProofType.objects.in_bulk({type_id for type_id, _child in asked})
    names_of = {child.pk: child for child in children}
    return [
        _to_add(types[type_id], names_of.get(child_id or 0), names)
        for (type_id, child_id), names in asked.items()
    ]


def _to_add(proof_type: ProofType, child: Child | None, services: list[str]) -> Task:
    address = reverse("families:proof-add", args=[proof_type.public_id])
    return Task(
        title=f"{proof_type.name}, {child.called}" if child else proof_type.name,
        href=f"{address}?child={child.public_id}" if child else address,
        status=_("To do"),
        tone="neutral",
        hint=_("Asked by: %(names)s.") % {"names": ", ".join(services)},
    )


def _given(proofs: Sequence[Proof], today: date) -> list[Task]:
    """Return a task for each proof; one that ends is left out once another waits."""
    renewed = {
        _about(each)
        for each in proofs
        if each.status in {ProofStatus.SUBMITTED, ProofStatus.REFUSED}
    }
    tasks = [(proof, _task_of(proof, today)) for proof in proofs]
    return [
        task
        for proof, task in tasks
        if proof.status != ProofStatus.ACCEPTED
        or task.tone == "success"
        or _about(proof) not in renewed
    ]


def _about(proof: Proof) -> tuple[int, int | None, int | None]:
    return (proof.proof_type_id, proof.child_id, proof.person_id)


def _task_of(proof: Proof, today: date) -> Task:
    line = line_of(proof, today)
    return Task(
        title=line.text,
        href=reverse("families:proof", args=[proof.public_id]),
        status=line.status,
        tone=line.tone,
        hint=proof.refusal_reason or line.meta,
    )
