"""Direct debits: the mandates of a household, signing one, stopping one."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from billing.domain.iban import mask_iban
from billing.forms.mandates import AccountForm, SignatureForm
from billing.models import Mandate, Regie
from billing.queries.debits import mandates_of, regies_to_sign
from billing.services.mandates import (
    Signature,
    mandate_wording,
    revoke_mandate,
    sign_mandate,
    takes_debits,
)
from families.views.access import (
    FamilyRequest,
    family_required,
    themselves_required,
)
from foundation.accounts.proof import fresh_password_required
from foundation.errors import DomainError
from foundation.idempotency.services import once
from foundation.storage import private_response


@require_GET
@family_required
def debits(request: FamilyRequest) -> HttpResponse:
    """Show what the household signed, and what it may sign."""
    regies = [each for each in regies_to_sign(request.household) if takes_debits(each)]
    context = {"mandates": mandates_of(request.household), "regies": regies}
    return render(request, "billing/debits.html", context)


@require_http_methods(["GET", "POST"])
@family_required
@themselves_required
@fresh_password_required(restart="billing:debit-sign")
def sign(request: FamilyRequest, code: str) -> HttpResponse:
    """Ask for the account; a good one leads to the text to sign."""
    regie = _regie(code)
    form = AccountForm(request.POST or None, initial={"holder": str(request.person)})
    if request.method == "POST" and form.is_valid():
        signature = SignatureForm(
            initial={**form.cleaned_data, "form_key": uuid4(), "agreed": False}
        )
        return _show_check(request, regie, signature, form.cleaned_data)
    context = {"form": form, "regie": regie}
    return render(request, "billing/mandate_account.html", context)


@require_POST
@family_required
@themselves_required
@fresh_password_required(restart="billing:debit-sign")
def confirm(request: FamilyRequest, code: str) -> HttpResponseBase:
    """Keep the signature, once."""
    regie = _regie(code)
    form = SignatureForm(request.POST)
    if not form.is_valid():
        if form.errors.keys() & {"iban", "holder", "form_key"}:
            return redirect("billing:debit-sign", code)
        return _show_check(request, regie, form, form.cleaned_data)
    answers = {"holder": form.cleaned_data["holder"], "iban": form.cleaned_data["iban"]}
    try:
        location = _sign_once(
            request, regie, answers, key=form.cleaned_data["form_key"]
        )
    except DomainError as error:
        form.add_error(None, str(error))
        return _show_check(request, regie, form, answers)
    messages.success(request, _("You signed. We wrote to you to confirm it."))
    return redirect(location)


@require_http_methods(["GET", "POST"])
@family_required
@themselves_required
def revoke(request: FamilyRequest, public_id: UUID) -> HttpResponse:
    """Ask, then stop a mandate."""
    mandate = _mandate(request, public_id)
    if request.method == "GET":
        return render(request, "billing/mandate_revoke.html", {"mandate": mandate})
    try:
        revoke_mandate(mandate=mandate, actor=request.user, now=timezone.now())
    except DomainError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Direct debits are stopped."))
    return redirect("billing:debits")


@require_GET
@family_required
def mandate_document(request: FamilyRequest, public_id: UUID) -> HttpResponseBase:
    """Give the signed mandate."""
    mandate = _mandate(request, public_id)
    if not mandate.document:
        messages.info(request, _("The document is being made. Try again in a minute."))
        return redirect("billing:debits")
    return private_response(
        mandate.document.open(),
        content_type="application/pdf",
        filename=f"{mandate.reference}.pdf",
        inline=False,
    )


def _sign_once(
    request: FamilyRequest, regie: Regie, answers: dict[str, str], *, key: UUID
) -> str:
    """Sign, unless this very form was signed before; return where to go."""
    signature = Signature(
        holder=answers["holder"],
        iban=answers["iban"],
        wording=mandate_wording(regie),
        seen=_seen(request),
    )

    def act() -> str:
        sign_mandate(
            household=request.household,
            regie=regie,
            account=request.user,
            signature=signature,
            now=timezone.now(),
        )
        return reverse("billing:debits")

    return once(
        account=request.user,
        key=key,
        purpose="mandate",
        answers={**answers, "regie": regie.code},
        act=act,
    )


def _regie(code: str) -> Regie:
    """Return a régie one may sign for, or raise Http404."""
    regie = get_object_or_404(Regie, code=code)
    if not takes_debits(regie):
        raise Http404
    return regie


def _mandate(request: FamilyRequest, public_id: UUID) -> Mandate:
    return get_object_or_404(mandates_of(request.household), public_id=public_id)


def _show_check(
    request: FamilyRequest, regie: Regie, form: SignatureForm, answers: dict[str, Any]
) -> HttpResponse:
    """Show the answers, the text, and the box; the number is masked on the screen."""
    change = {
        "text": _("Change"),
        "href": reverse("billing:debit-sign", args=[regie.code]),
    }
    rows = [
        (_("Account holder"), answers["holder"]),
        (_("IBAN"), mask_iban(answers["iban"])),
        (_("Creditor"), regie.creditor_name),
        (_("Creditor identifier (ICS)"), regie.creditor_id),
        (_("Type of payment"), _("Recurrent")),
    ]
    context = {
        "form": form,
        "regie": regie,
        "rows": [
            {"key": key, "value": value, "actions": [change] if index < 2 else []}
            for index, (key, value) in enumerate(rows)
        ],
        "wording": mandate_wording(regie),
    }
    return render(request, "billing/mandate_check.html", context)


def _seen(request: HttpRequest) -> dict[str, str]:
    """Return the trace of the browser that signs."""
    return {
        "address": request.META.get("REMOTE_ADDR", ""),
        "browser": request.headers.get("User-Agent", "")[:200],
    }
