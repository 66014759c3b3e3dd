"""A proof in one line, as its family reads it."""

from datetime import date, timedelta

from django.utils.translation import gettext as _

from families.domain.home import Line
from families.enums import ProofStatus
from families.models import Proof
from foundation.days import date_format
from foundation.periods import ONE_DAY

#: From here on the family is told that a proof ends soon.
SOON = timedelta(days=30)


def line_of(proof: Proof, today: date) -> Line:
    """Return the name, the state and the validity of a proof on a day."""
    status, tone = _state_of(proof, today)
    about = str(proof.child or proof.person or "")
    return Line(
        text=proof.proof_type.name,
        meta=", ".join(part for part in (about, _validity_of(proof)) if part),
        status=status,
        tone=tone,
    )


def _state_of(proof: Proof, today: date) -> tuple[str, str]:
    if proof.status == ProofStatus.SUBMITTED:
        return _("Waiting for review"), "pending"
    if proof.status == ProofStatus.REFUSED:
        return _("Refused"), "danger"
    if proof.valid_until is not None and proof.valid_until <= today:
        return _("Expired"), "danger"
    if proof.valid_until is not None and proof.valid_until - today <= SOON:
        return _("Ends soon"), "warning"
    return _("Accepted"), "success"


def _validity_of(proof: Proof) -> str:
    if proof.status != ProofStatus.ACCEPTED or proof.valid_from is None:
        return ""
    if proof.valid_until is None:
        return _("without limit")
    last = date_format(proof.valid_until - ONE_DAY, "DATE_FORMAT")
    return _("until %(day)s") % {"day": last}
