"""Staff: the account of an adult, what they accepted, closing and reopening it."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from families.forms.closing import AccountReasonForm
from families.models import Guardian, Household
from families.policies import may_open_accounts
from families.queries.terms import acceptances_by
from families.services.closing import close_account, reopen_account
from families.views.staff.trails import file_trail
from foundation.accounts.models import Account
from foundation.backoffice.access import ClerkRequest, clerk_who, refuse
from foundation.backoffice.frame import staff_page
from foundation.errors import DomainError
from tenants.townhall.queries import scope_of


@require_http_methods(["GET", "POST"])
@clerk_who(may_open_accounts)
def account(request: ClerkRequest, public_id: UUID, person: UUID) -> HttpResponse:
    """Show the account, and close or reopen it with a reason."""
    place = _place(request, public_id, person)
    known = place.person.account
    if known is None:
        raise Http404
    form = AccountReasonForm(request.POST or None)
    here = reverse("families_accounts:account", args=[public_id, person])
    if form.is_valid():
        try:
            return _decide(request, known, form.cleaned_data["reason"], here)
        except DomainError as error:
            return refuse(request, error, back=here)
    return staff_page(
        request,
        "families/staff/account.html",
        title=_("Account of %(person)s") % {"person": place.person},
        trail=file_trail(place.household),
        icon="user",
        account=known,
        acceptances=acceptances_by(known),
        form=form,
    )


def _decide(
    request: ClerkRequest, known: Account, reason: str, here: str
) -> HttpResponse:
    """Close an open account, or reopen a closed one: as the button said."""
    if "close" in request.POST:
        close_account(
            account=known, reason=reason, actor=request.user, now=timezone.now()
        )
        messages.success(request, _("The account is closed, and the person is told."))
    elif "reopen" in request.POST:
        reopen_account(account=known, reason=reason, actor=request.user)
        messages.success(request, _("The account is open again."))
    return redirect(here)


def _place(request: ClerkRequest, household: UUID, person: UUID) -> Guardian:
    """Return an adult of a household that the clerk may see, or raise Http404."""
    seen = Household.objects.in_scope(scope_of(request.user))
    return get_object_or_404(
        Guardian.objects.select_related("household", "person__account"),
        household__in=seen.filter(public_id=household),
        person__public_id=person,
    )
