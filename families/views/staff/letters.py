"""Staff: letters with subscriber codes for many households, as one file."""

from typing import Any
from uuid import UUID, uuid4

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from wagtail.admin import messages

from families.enums import LettersState
from families.forms.letters import LettersForm
from families.models import Household, LetterRun
from families.policies import may_open_accounts
from families.queries.accounts import households_without_account
from families.services.letters import KEPT, ask_letters, remove_letters
from foundation.backoffice.access import ClerkRequest, clerk_who, decide, refuse
from foundation.backoffice.frame import staff_page
from foundation.errors import DomainError
from foundation.journal.services import record
from foundation.storage import private_response
from tenants.townhall.queries import scope_of

PER_PAGE = 50
RUNS = 20

may_enter = clerk_who(may_open_accounts)


@require_http_methods(["GET", "POST"])
@may_enter
def letters(request: ClerkRequest) -> HttpResponse:
    """List who has no account, and print for some of them or for all."""
    within = Household.objects.in_scope(scope_of(request.user))
    waiting = households_without_account(within)
    listed = waiting.order_by("postal_code", "city", "street", "id")
    page = Paginator(listed.prefetch_related("guardians__person"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    form = LettersForm(request.POST or None, households=page.object_list)
    if request.method == "POST" and form.is_valid():
        chosen = waiting
        if not form.cleaned_data["everybody"]:
            chosen = waiting.filter(public_id__in=form.cleaned_data["households"])
        try:
            return redirect(_ask_once(request, form, chosen))
        except DomainError as error:
            return refuse(request, error, back=reverse("families_ways_in:letters"))
    return staff_page(
        request,
        "families/staff/letters.html",
        title=_("Letters to families"),
        icon="mail",
        form=form,
        page=page,
        form_key=uuid4(),
        **_made_before(request),
    )


@require_GET
@may_enter
def letters_file(request: ClerkRequest, public_id: UUID) -> HttpResponseBase:
    """Give the file to who asked for it; each time is journalled."""
    run = _get(request, public_id)
    if run.state != LettersState.READY:
        raise Http404
    record(actor=request.user, action="letters downloaded", target=run)
    return private_response(
        run.document.open(),
        content_type="application/pdf",
        filename=f"letters-{timezone.localtime(run.asked_at):%Y-%m-%d-%H%M}.pdf",
        inline=False,
    )


@require_POST
@may_enter
def letters_remove(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Remove a file that was printed."""
    if remove_letters(run=_get(request, public_id), actor=request.user):
        messages.success(request, _("The file is removed. The codes stay valid."))
    return redirect("families_ways_in:letters")


def _ask_once(request: ClerkRequest, form: LettersForm, chosen: object) -> str:
    def act() -> str:
        run = ask_letters(households=chosen, actor=request.user, now=timezone.now())  # type: ignore[arg-type] # Households.
        messages.success(
            request,
            _("%(count)s letters are being made. Reload the page in a minute.")
            % {"count": run.letters},
        )
        return reverse("families_ways_in:letters")

    return decide(
        request,
        key=form.cleaned_data["form_key"],
        purpose="letters",
        answers={
            "everybody": form.cleaned_data["everybody"],
            "households": sorted(form.cleaned_data["households"]),
        },
        act=act,
    )


def _made_before(request: ClerkRequest) -> dict[str, Any]:
    return {"runs": _runs(request), "days": KEPT.days}


def _runs(request: ClerkRequest) -> list[LetterRun]:
    """Return the clerk's own printings: a file holds codes of the whole selection."""
    return list(
        LetterRun.objects.filter(asked_by=request.user).order_by("-asked_at")[:RUNS]
    )


def _get(request: ClerkRequest, public_id: UUID) -> LetterRun:
    mine = LetterRun.objects.filter(asked_by=request.user)
    return get_object_or_404(mine, public_id=public_id)
