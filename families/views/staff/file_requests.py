"""Staff: the requests for file numbers, what is late on top, and their answers."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from wagtail.admin import messages

from families.forms.file_requests import AnswerForm
from families.forms.household_staff import ReasonForm
from families.models import FileRequest
from families.policies import may_answer_file_requests
from families.queries.linking import answered_requests, files_like
from families.services.file_requests import (
    open_asked_file,
    refuse_file_request,
    tell_known_file,
)
from foundation.backoffice.access import ClerkRequest, clerk_who, decide
from foundation.backoffice.frame import staff_page
from foundation.errors import DomainError
from foundation.idempotency.services import form_key_of, form_key_to_show

PER_PAGE = 30


@require_GET
@clerk_who(may_answer_file_requests)
def request_list(request: ClerkRequest) -> HttpResponse:
    """List what waits, the first to be late on top; then what was answered."""
    now = timezone.now()
    waiting = FileRequest.objects.waiting().select_related("account__person")
    answered = Paginator(answered_requests(), PER_PAGE)
    return staff_page(
        request,
        "families/staff/file_requests.html",
        title=_("File numbers asked for"),
        icon="mail",
        waiting=[{"asked": each, "is_late": each.is_late(now)} for each in waiting],
        page=answered.get_page(request.GET.get("page")),
    )


@require_GET
@clerk_who(may_answer_file_requests)
def request_page(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Show the people named, the files they may be in, and the two answers."""
    return _show(request, _get(public_id))


@require_POST
@clerk_who(may_answer_file_requests)
def request_accept(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Open a file, or tell the number of the one the town has."""
    asked = _get(public_id)
    form = AnswerForm(request.POST, files=files_like(asked))
    if not form.is_valid():
        return _show(request, asked, accept=form)

    def accept() -> str:
        now = timezone.now()
        if form.found is not None:
            tell_known_file(
                request=asked, household=form.found, actor=request.user, now=now
            )
        else:
            today = timezone.localdate()
            open_asked_file(request=asked, actor=request.user, now=now, today=today)
        messages.success(request, _("The number is sent by e-mail."))
        return reverse("families_requests:requests")

    return _decide(request, asked, "file number given", form.cleaned_data, accept)


@require_POST
@clerk_who(may_answer_file_requests)
def request_refuse(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Refuse with a reason."""
    asked = _get(public_id)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _show(request, asked, refuse=form)

    def refuse() -> str:
        refuse_file_request(
            request=asked,
            reason=form.cleaned_data["reason"],
            actor=request.user,
            now=timezone.now(),
        )
        messages.success(request, _("Refused. The family is told by e-mail."))
        return reverse("families_requests:requests")

    return _decide(request, asked, "file number refused", form.cleaned_data, refuse)


def _decide(
    request: ClerkRequest,
    asked: FileRequest,
    purpose: str,
    answers: Mapping[str, object],
    act: Callable[[], str],
) -> HttpResponse:
    """Decide once, however often the button is pressed; say why not."""
    try:
        key = form_key_of(request.POST)
        answers = {**answers, "request": str(asked.public_id)}
        return redirect(
            decide(request, key=key, purpose=purpose, answers=answers, act=act)
        )
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("families_requests:request", asked.public_id)


def _show(
    request: ClerkRequest,
    asked: FileRequest,
    *,
    accept: AnswerForm | None = None,
    refuse: ReasonForm | None = None,
) -> HttpResponse:
    return staff_page(
        request,
        "families/staff/file_request.html",
        title=_("Request %(number)s") % {"number": asked.tracking_number},
        trail=[(_("File numbers asked for"), reverse("families_requests:requests"))],
        icon="mail",
        asked=asked,
        members=list(asked.members.order_by("position")),
        is_late=asked.is_late(timezone.now()),
        accept=accept or AnswerForm(files=files_like(asked)),
        refuse=refuse or ReasonForm(),
        form_key=form_key_to_show(request.POST),
    )


def _get(public_id: UUID) -> FileRequest:
    found = FileRequest.objects.select_related(
        "account__person", "household", "commune", "decided_by"
    )
    return get_object_or_404(found, public_id=public_id)
