"""Staff: families that ask to be erased, the last day to answer, and the answer."""

from collections.abc import Callable
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from families.enums.privacy import ErasureStatus
from families.forms.erasure import AnswerErasureForm, RefuseErasureForm
from families.models import ErasureRequest
from families.policies import may_erase_data
from families.services.privacy.asking import accept_erasure, refuse_erasure
from families.services.privacy.outlook import outlook_of
from foundation.backoffice.access import ClerkRequest, clerk_who, decide
from foundation.backoffice.frame import staff_page
from foundation.errors import DomainError
from foundation.idempotency.services import form_key_of, form_key_to_show

PER_PAGE = 30
HOME = "families_erasure:requests"
FORMS: dict[str, type[AnswerErasureForm]] = {
    "erasure accepted": AnswerErasureForm,
    "erasure refused": RefuseErasureForm,
}


@require_safe
@clerk_who(may_erase_data)
def request_list(request: ClerkRequest) -> HttpResponse:
    """List what waits, the first to be late on top; then what was answered."""
    today = timezone.localdate()
    known = ErasureRequest.objects.select_related("household", "decided_by")
    answered = known.exclude(status=ErasureStatus.ASKED).order_by("-decided_at", "-pk")
    return staff_page(
        request,
        "families/staff/erasure_requests.html",
        title=_("Families that ask to be erased"),
        icon="bin",
        waiting=[
            {"asked": each, "is_late": each.due_on < today} for each in known.waiting()
        ],
        page=Paginator(answered, PER_PAGE).get_page(request.GET.get("page")),
    )


@require_safe
@clerk_who(may_erase_data)
def request_page(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Show what goes, what stays, what stands in the way, and the two answers."""
    return _show(request, _get(public_id))


@require_POST
@clerk_who(may_erase_data)
def accept(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Erase the file; a job does it at once."""
    asked = _get(public_id)

    def act(reason: str) -> str:
        accept_erasure(
            request=asked,
            reason=reason,
            actor=request.user,
            today=timezone.localdate(),
            now=timezone.now(),
        )
        return _("Accepted. The file is being erased, and the family is told.")

    return _answer(request, asked, "erasure accepted", act)


@require_POST
@clerk_who(may_erase_data)
def refuse(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Keep the file, with a reason that the family reads."""
    asked = _get(public_id)

    def act(reason: str) -> str:
        refuse_erasure(
            request=asked, reason=reason, actor=request.user, now=timezone.now()
        )
        return _("Refused. The family is told why.")

    return _answer(request, asked, "erasure refused", act)


def _answer(
    request: ClerkRequest,
    asked: ErasureRequest,
    purpose: str,
    act: Callable[[str], str],
) -> HttpResponse:
    """Answer once, however often the button is pressed; say why not."""
    form = FORMS[purpose](request.POST)
    if not form.is_valid():
        return _show(request, asked, form=form, answer=purpose)
    reason = form.cleaned_data["reason"]

    def once() -> str:
        messages.success(request, act(reason))
        return reverse(HOME)

    answers = {"request": str(asked.public_id), "reason": reason}
    try:
        key = form_key_of(request.POST)
        return redirect(
            decide(request, key=key, purpose=purpose, answers=answers, act=once)
        )
    except DomainError as error:
        messages.error(request, str(error))
        return redirect("families_erasure:request", asked.public_id)


def _show(
    request: ClerkRequest,
    asked: ErasureRequest,
    *,
    form: AnswerErasureForm | None = None,
    answer: str = "",
) -> HttpResponse:
    today = timezone.localdate()
    return staff_page(
        request,
        "families/staff/erasure_request.html",
        title=_("Erase file %(number)s") % {"number": asked.household.file_number},
        trail=[(_("Families that ask to be erased"), reverse(HOME))],
        icon="bin",
        asked=asked,
        is_late=asked.status == ErasureStatus.ASKED and asked.due_on < today,
        outlook=outlook_of(asked.household, today=today),
        accept=form if answer == "erasure accepted" and form else AnswerErasureForm(),
        refuse=form if answer == "erasure refused" and form else RefuseErasureForm(),
        form_key=form_key_to_show(request.POST),
    )


def _get(public_id: UUID) -> ErasureRequest:
    found = ErasureRequest.objects.select_related("household", "decided_by")
    return get_object_or_404(found, public_id=public_id)
