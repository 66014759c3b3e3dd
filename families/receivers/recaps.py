"""The families' own part of the recap of a visit to the counter."""

from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from families.domain.recaps import Told
from families.models import CounterVisit, Proof
from families.queries.counter import entries_of, made_during
from families.signals import visit_told


@receiver(visit_told, dispatch_uid="families-recap-file")
def tell_file(visit: CounterVisit, **_kwargs: Any) -> Told:
    """Tell what was written in the file, in the order it was done."""
    words = {
        "person entered at the counter": _("File opened for %(label)s"),
        "household moved": _("New address: file %(label)s"),
        "telephone changed": _("New telephone number of %(label)s"),
        "child added": _("Child added: %(label)s"),
        "child expected": _("Child to be born added: %(label)s"),
        "child born": _("Birth written: %(label)s"),
        "child changed": _("Child's file changed: %(label)s"),
        "edit submitted": _("Change asked, the town looks at it: %(label)s"),
    }
    lines = [
        words[entry.action] % {"label": entry.label}
        for entry in entries_of(visit)
        if entry.action in words
    ]
    # A file corrected three times is told once.
    return Told(_("Your file"), tuple(dict.fromkeys(lines)), order=10)


@receiver(visit_told, dispatch_uid="families-recap-proofs")
def tell_proofs(visit: CounterVisit, **_kwargs: Any) -> Told:
    """Tell which proofs were handed in."""
    handed = made_during(visit, Proof.objects, by="submitted_by", at="submitted_at")
    lines = [
        f"{proof.proof_type} ({proof.child})" if proof.child else str(proof.proof_type)
        for proof in handed.select_related("proof_type", "child").order_by("id")
    ]
    return Told(_("Proofs handed in"), tuple(lines), order=30)
