"""Staff: the changes that families ask for, oldest first, and the decision on one."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_POST,
)

from families.forms.staff_changes import ChangeQueueForm, FileRulesForm, ReviewForms
from families.models import ChangeRequest
from families.policies import may_read_file_rules, may_review_changes, may_rule_files
from families.queries.changes import (
    change_queue,
    file_rules,
    find_next_change,
    get_change,
    get_document_beside,
    households_without_review,
    with_last_reviews,
)
from families.queries.sharing import names_of
from families.services.change_decisions import decide_changes
from families.services.change_review import queue_rows, read_document, review_page
from families.services.file_reviews import open_season
from families.services.file_rules import keep_file_rules
from foundation.backoffice.access import ClerkRequest, clerk_who
from foundation.backoffice.frame import staff_page
from foundation.errors import DomainError
from foundation.storage import private_response
from tenants.townhall.queries import scope_of

PER_PAGE = 30


@require_GET
@clerk_who(may_review_changes)
def queue(request: ClerkRequest) -> HttpResponse:
    """List the changes, what is due first on top."""
    form = ChangeQueueForm(request.GET)
    found = change_queue(
        scope_of(request.user), text=form.words, only_waiting=form.only_waiting
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return staff_page(
        request,
        "families/staff/changes.html",
        title=_("Changes by families"),
        icon="edit",
        filters=form,
        page=page,
        rows=queue_rows(page.object_list, now=timezone.now()),
    )


@require_GET
@clerk_who(may_review_changes)
def change(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Show a request: what is on file, what is asked, what differs."""
    return _show(request, _get(request, public_id))


@require_POST
@clerk_who(may_review_changes)
def decide(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Accept or refuse values of a request, then go to the next one."""
    asked = _get(request, public_id)
    page = review_page(asked, reader=request.user, now=timezone.now())
    forms = ReviewForms(page.lines, request.POST)
    if not forms.is_valid():
        return _show(request, asked, forms=forms)
    try:
        decided = decide_changes(
            request=asked,
            decisions=forms.decisions(accept_all="all" in request.POST),
            reviewer=request.user,
            now=timezone.now(),
        )
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("families_changes:change", public_id)
    if decided.closed_at is None:
        messages.success(request, _("Saved. The rest still waits."))
        return redirect("families_changes:change", public_id)
    done = _("%(number)s is answered. The family is told.")
    messages.success(request, done % {"number": decided})
    return redirect(_address_after(request, decided))


@require_GET
@clerk_who(may_review_changes)
def document(
    request: ClerkRequest, public_id: UUID, document_id: UUID
) -> HttpResponseBase:
    """Show a proof beside a change, and note who read it."""
    found = get_document_beside(_get(request, public_id), document_id)
    read_document(found, reader=request.user)
    return private_response(
        found.file,
        content_type=found.content_type,
        filename=found.original_name,
        inline=True,
    )


@require_GET
@clerk_who(may_review_changes)
def reviews(request: ClerkRequest) -> HttpResponse:
    """List the families that have not said this season that their file is right."""
    season = open_season(today=timezone.localdate())
    year = season.year if season else timezone.localdate().year
    found = households_without_review(scope_of(request.user), season=year)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    last = with_last_reviews(page.object_list)
    names = names_of([household.pk for household in page.object_list])
    return staff_page(
        request,
        "families/staff/reviews.html",
        title=_("Files to review"),
        icon="check",
        season=season,
        page=page,
        rows=[
            (household, names.get(household.pk, ""), last.get(household.pk))
            for household in page.object_list
        ],
    )


@require_http_methods(["GET", "POST"])
@clerk_who(may_read_file_rules)
def rules(request: ClerkRequest) -> HttpResponse:
    """Say what the town checks first; who sees the whole town changes it."""
    may_change = may_rule_files(request.user)
    if request.method == "POST" and not may_change:
        raise PermissionDenied
    form = FileRulesForm(request.POST or None, instance=file_rules())
    for field in form.fields.values():
        field.disabled = not may_change
    if form.is_valid():
        keep_file_rules(rules=form.save(commit=False), actor=request.user)
        messages.success(request, _("The rules are saved."))
        return redirect("families_changes:rules")
    return staff_page(
        request,
        "families/staff/rules.html",
        title=_("Rules of the families' files"),
        icon="cogs",
        form=form,
        may_change=may_change,
    )


def _show(
    request: ClerkRequest, asked: ChangeRequest, *, forms: ReviewForms | None = None
) -> HttpResponse:
    page = review_page(asked, reader=request.user, now=timezone.now())
    context: dict[str, Any] = {
        "review": page,
        "forms": forms or ReviewForms(page.lines),
    }
    return staff_page(
        request,
        "families/staff/change.html",
        title=_("Change %(number)s") % {"number": asked},
        trail=[(_("Changes by families"), reverse("families_changes:changes"))],
        icon="edit",
        status=400 if forms else 200,
        **context,
    )


def _get(request: ClerkRequest, public_id: UUID) -> ChangeRequest:
    return get_change(scope_of(request.user), public_id)


def _address_after(request: ClerkRequest, decided: ChangeRequest) -> str:
    """Return the next request that waits, else the queue."""
    following = find_next_change(scope_of(request.user), decided)
    if following is None:
        return reverse("families_changes:changes")
    return reverse("families_changes:change", args=[following.public_id])
