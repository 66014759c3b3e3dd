"""The visit to the counter that a clerk's session is in, checked at every request.

The session holds the visit's identifier and when something was last done; whom it is
for stands in the database, on a row of that very clerk.
"""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from families.enums import VisitEnd
from families.models import CounterVisit, Household
from families.policies import may_act_for_households
from families.queries.counter import find_open_visit
from families.services.counter import IDLE, end_visit
from foundation.accounts.models import Account
from tenants.townhall.queries import scope_of

_VISIT = "counter_visit"
_SEEN = "counter_seen"
_FOUND = "found_visit"
# How often the session is written: not at every page.
_NOTED = IDLE / 60


def enter_visit(request: HttpRequest, visit: CounterVisit) -> None:
    """Make the family space show the visit's household from now on."""
    request.session[_VISIT] = str(visit.public_id)
    request.session[_SEEN] = visit.started_at.isoformat()


def leave_visit(request: HttpRequest) -> None:
    """Make the clerk a clerk again; the visit's row is ended by the service."""
    request.session.pop(_VISIT, None)
    request.session.pop(_SEEN, None)
    setattr(request, _FOUND, None)


def visit_of(request: HttpRequest) -> CounterVisit | None:
    """Return the visit that this request is made in, or None.

    None for everybody whose session holds none, without a query. A visit that is
    idle too long, out of the clerk's rights or of their scope ends here.
    """
    if not hasattr(request, _FOUND):
        setattr(request, _FOUND, _find(request, now=timezone.now()))
    found: CounterVisit | None = getattr(request, _FOUND)
    return found


def _find(request: HttpRequest, *, now: datetime) -> CounterVisit | None:
    session = getattr(request, "session", None)
    if session is None or _VISIT not in session:
        return None
    account = request.user
    if not isinstance(account, Account):
        return None
    visit = find_open_visit(account, UUID(session[_VISIT]))
    if visit is None or not _may_go_on(account, visit):
        leave_visit(request)
        return None
    seen = parse_datetime(session[_SEEN]) or visit.started_at
    if now - seen >= IDLE:
        end_visit(visit=visit, how=VisitEnd.IDLE, now=now)
        leave_visit(request)
        messages.warning(request, _("Nothing was done for an hour: the visit is over."))
        return None
    if now - seen >= _NOTED:
        session[_SEEN] = now.isoformat()
    return visit


def _may_go_on(clerk: Account, visit: CounterVisit) -> bool:
    """Ask again at each request: rights may be taken away meanwhile.

    A file opened at this very counter is in no department's scope yet.
    """
    if not may_act_for_households(clerk):
        return False
    seen = Household.objects.current()
    if not visit.opened_file:
        seen = seen.in_scope(scope_of(clerk))
    return seen.filter(pk=visit.household_id).exists()
