"""Staff: how the adults of a household sign in: credentials, letters, codes."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from families.models import Guardian, Household
from families.policies import may_act_for_households, may_open_accounts
from families.queries.accounts import ways_in_of
from families.services.claim_codes import revoke_code
from families.services.letters import print_letter
from families.services.made_accounts import open_account
from families.views.staff.households import get_household
from families.views.staff.trails import file_trail
from foundation.backoffice.access import ClerkRequest, clerk_who, refuse
from foundation.backoffice.frame import ask_first, staff_page
from foundation.errors import DomainError


@require_GET
@clerk_who(may_open_accounts)
def accounts(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Show how each adult signs in, the code that stands, and what can be done."""
    known = get_household(request, public_id)
    return staff_page(
        request,
        "families/staff/accounts.html",
        title=_("Accounts of the household %(number)s") % {"number": known.file_number},
        trail=file_trail(known),
        icon="key",
        ways=ways_in_of(known, at=timezone.now()),
        may_act=may_act_for_households(request.user),
    )


@require_POST
@clerk_who(may_open_accounts)
def account_open(request: ClerkRequest, public_id: UUID, person: UUID) -> HttpResponse:
    """Send user name, temporary password and link, for the first time or again."""
    known = get_household(request, public_id)
    place = get_object_or_404(
        Guardian.objects.select_related("person"),
        household=known,
        person__public_id=person,
    )
    try:
        account = open_account(
            person=place.person, actor=request.user, now=timezone.now()
        )
    except DomainError as error:
        return refuse(request, error, back=_back(known))
    messages.success(
        request, _("We wrote to %(address)s.") % {"address": account.email}
    )
    return redirect(_back(known))


@require_POST
@clerk_who(may_open_accounts)
def letter(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Give the letter with a new code; the former code ends."""
    known = get_household(request, public_id)
    content = print_letter(household=known, actor=request.user, now=timezone.now())
    return pdf_response(content, f"letter-{known.file_number}.pdf")


@require_http_methods(["GET", "HEAD", "POST"])
@clerk_who(may_open_accounts)
def code_revoke(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Ask first, then end the code that stands."""
    known = get_household(request, public_id)
    if request.method != "POST":
        return ask_first(
            request,
            title=_("End the subscriber code of %(number)s")
            % {"number": known.file_number},
            text=_(
                "The letter that the family holds opens nothing more. To give them "
                "another code, print a new letter."
            ),
            button=_("End the code"),
            trail=[*file_trail(known), (_("Accounts"), _back(known))],
        )
    if revoke_code(household=known, actor=request.user, now=timezone.now()):
        messages.success(request, _("The code opens nothing more."))
    return redirect(_back(known))


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """Give a document that is kept nowhere."""
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": content_disposition_header(
                as_attachment=True, filename=name
            )
            or "attachment",
            "Cache-Control": "no-store, private",
        },
    )


def _back(known: Household) -> str:
    return reverse("families_ways_in:accounts", args=[known.public_id])
