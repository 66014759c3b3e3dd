"""The aids of a family, as the clerk's file shows them."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from billing.models import AidGrant
from billing.policies import may_grant_aids
from billing.queries.aid_statements import grants_of
from billing.services.words import day_words
from families.domain.home import Line, Link
from families.domain.staff_file import FilePart, FileSection
from families.models import Household
from foundation.accounts.models import Account
from tenants.domain.scope import Scope

MOST = 20


def aids_part(
    household: Household, *, account: Account, scope: Scope, today: date
) -> FilePart | None:
    """Return the part of a file that says which aids a family has: one query."""
    if not may_grant_aids(account):
        return None
    found = list(grants_of(household, scope)[: MOST + 1])
    add = Link(
        _("Grant an aid"),
        reverse("billing_staff:aid-grant", args=[household.public_id]),
        icon="plus",
    )
    section = FileSection(
        key="aids",
        title=_("Aids of third parties"),
        lines=tuple(_line(each, today) for each in found[:MOST]),
        links=(add,),
        empty=_("No aid. Grant one with the letter of the payer."),
        more=_("Older ones are left out.") if len(found) > MOST else "",
    )
    return FilePart(position=45, sections=(section,))


def _line(granted: AidGrant, today: date) -> Line:
    last = granted.until_on - timedelta(days=1)
    words = {"first": day_words(granted.from_on), "last": day_words(last)}
    status, tone = _("Over"), "neutral"
    if granted.until_on > today:
        is_later = granted.from_on > today
        status, tone = (_("Later"), "pending") if is_later else (_("Now"), "success")
    child = str(granted.child or _("All the children"))
    proof = str(granted.proof.proof_type) if granted.proof else _("seen at the counter")
    return Line(
        text=str(granted.kind),
        href=reverse("billing_staff:aid-end", args=[granted.public_id]),
        meta=f"{child}, {_('%(first)s to %(last)s') % words} · {proof}",
        status=status,
        tone=tone,
    )
