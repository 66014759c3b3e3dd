"""Who enters the family space. Every family page of every application uses this."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from families.models import CounterVisit, Household, Person
from families.queries import find_person
from families.services.counter import capacity_of
from families.views.current import current_household
from families.views.visits import visit_of
from foundation.access import Audience, mark
from foundation.accounts.models import Account
from foundation.journal.services import acting_as
from tenants.townhall.queries import town_settings

Arguments = ParamSpec("Arguments")

#: Pages that nobody has to accept the terms for: they, and the way out.
BEFORE_TERMS = {"families:terms", "families:account-close"}


class PersonRequest(HttpRequest):
    """A request of somebody signed in who is a person of the town."""

    user: Account  # Never anonymous here; the clerk, during a visit to the counter.
    person: Person
    visit: CounterVisit | None


class FamilyRequest(PersonRequest):
    """A request of an adult who answers for a household."""

    household: Household


def person_required(
    view: Callable[Concatenate[PersonRequest, Arguments], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]:
    """Let in people who signed in; a clerk's account is told where to go.

    During a visit to the counter, the person is who stands there.
    """

    @wraps(view)
    def enter(
        request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> HttpResponseBase:
        visit = visit_of(request)
        person = visit.person if visit else find_person(request.user)  # type: ignore[arg-type] # login_required.
        if person is None:
            return render(request, "families/no_person.html", status=403)
        if visit is None and _must_accept_terms(request, person):
            return _ask_for_terms(request)
        request.visit = visit  # type: ignore[attr-defined] # PersonRequest.
        request.person = person  # type: ignore[attr-defined] # As above.
        with _capacity(visit):
            return view(request, *args, **kwargs)  # type: ignore[arg-type] # As above.

    return mark(login_required(enter), Audience.FAMILY)


def family_required(
    view: Callable[Concatenate[FamilyRequest, Arguments], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]:
    """Let in adults with a household, as `request.person` and `request.household`.

    Somebody whose account is not complete yet is sent to the address page. A clerk is
    let in during a visit to the counter, as the family of that visit and no other.
    """

    @wraps(view)
    def enter(
        request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> HttpResponseBase:
        visit = visit_of(request)
        place = visit or current_household(request)
        if place is None:
            return _ask_for_address(request)
        if visit is None and _must_accept_terms(request, place):
            return _ask_for_terms(request)
        request.visit = visit  # type: ignore[attr-defined] # FamilyRequest.
        request.person = place.person  # type: ignore[attr-defined] # As above.
        request.household = place.household  # type: ignore[attr-defined] # As above.
        with _capacity(visit):
            return view(request, *args, **kwargs)  # type: ignore[arg-type] # As above.

    return mark(login_required(enter), Audience.FAMILY)


def themselves_required(
    view: Callable[Concatenate[Any, Arguments], HttpResponseBase],
) -> Callable[Concatenate[Any, Arguments], HttpResponseBase]:
    """Keep for the family what nobody does in its place; under one of the guards above.

    A signature, a payment by card, the way to sign in: a clerk is told so.
    """

    @wraps(view)
    def enter(
        request: PersonRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> HttpResponseBase:
        if request.visit is not None:
            return render(request, "families/counter/themselves.html", status=403)
        return view(request, *args, **kwargs)

    return enter


def _must_accept_terms(request: HttpRequest, who: Any) -> bool:
    """Tell whether the terms come first; `who` was read with `terms_due`."""
    match = request.resolver_match
    exempt = match is not None and match.view_name in BEFORE_TERMS
    return bool(getattr(who, "terms_due", False)) and not exempt


def _ask_for_terms(request: HttpRequest) -> HttpResponseBase:
    """Send to the terms, and back to the page afterwards."""
    wanted = request.get_full_path() if request.method == "GET" else "/my/"
    where = f"{reverse('families:terms')}?{urlencode({'next': wanted})}"
    if request.headers.get("HX-Request"):
        # The whole page goes there: a fragment would show the terms in its middle.
        return HttpResponse(status=204, headers={"HX-Redirect": where})
    return redirect(where)


def _capacity(visit: CounterVisit | None) -> AbstractContextManager[None]:
    """Mark what is journalled during a visit."""
    return acting_as(capacity_of(visit)) if visit else nullcontext()


@person_required
def _ask_for_address(request: PersonRequest) -> HttpResponseBase:
    """Ask for an address; before that, for the file the town may hold already."""
    asks = town_settings().linking_methods
    return redirect("families:link" if asks else "families:address")
