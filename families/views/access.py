"""Who enters the family space. Every family page of every application uses this."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from families.models import Household, Person
from families.queries import find_guardian, find_person
from foundation.access import Audience, mark
from foundation.accounts.models import Account

Arguments = ParamSpec("Arguments")


class PersonRequest(HttpRequest):
    """A request of somebody signed in who is a person of the town."""

    user: Account  # Never anonymous here.
    person: Person


class FamilyRequest(PersonRequest):
    """A request of an adult who answers for a household."""

    household: Household


def person_required(
    view: Callable[Concatenate[PersonRequest, Arguments], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]:
    """Let in people who signed in; a clerk's account is told where to go."""

    @wraps(view)
    def enter(
        request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> HttpResponseBase:
        person = find_person(request.user)  # type: ignore[arg-type] # login_required.
        if person is None:
            return render(request, "families/no_person.html", status=403)
        request.person = person  # type: ignore[attr-defined] # PersonRequest.
        return view(request, *args, **kwargs)  # type: ignore[arg-type] # As above.

    return mark(login_required(enter), Audience.FAMILY)


def family_required(
    view: Callable[Concatenate[FamilyRequest, Arguments], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]:
    """Let in adults with a household, as `request.person` and `request.household`.

    Somebody whose account is not complete yet is sent to the address page.
    """

    @wraps(view)
    def enter(
        request: HttpRequest, /, *args: Arguments.args, **kwargs: Arguments.kwargs
    ) -> HttpResponseBase:
        guardian = find_guardian(request.user)  # type: ignore[arg-type] # login_required.
        if guardian is None:
            return _ask_for_address(request)
        request.person = guardian.person  # type: ignore[attr-defined] # FamilyRequest.
        request.household = guardian.household  # type: ignore[attr-defined] # As above.
        return view(request, *args, **kwargs)  # type: ignore[arg-type] # As above.

    return mark(login_required(enter), Audience.FAMILY)


@person_required
def _ask_for_address(request: PersonRequest) -> HttpResponseBase:
    return redirect("families:address")
