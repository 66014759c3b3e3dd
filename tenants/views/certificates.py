"""The operators' console: the certificates of official papers."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from foundation.accounts.models import Account
from foundation.errors import DomainError
from tenants.models import IssuerCertificate
from tenants.services.certificates import (
    is_valid_on,
    load_certificate,
    remove_certificate,
)
from tenants.views.console import operators_only


class CertificateForm(forms.Form):
    """A certificate, and how codes name it when it does not say so itself."""

    file = forms.FileField(label=gettext_lazy("Certificate (PEM or DER)"))
    authority = forms.CharField(
        label=gettext_lazy("Authority, four characters"), required=False, max_length=4
    )
    name = forms.CharField(
        label=gettext_lazy("Certificate, four characters"),
        required=False,
        max_length=4,
    )
    issuer = forms.FileField(
        label=gettext_lazy("Certificate of the authority"),
        required=False,
        help_text=gettext_lazy("With it, what it did not issue is refused."),
    )


@operators_only
@require_http_methods(["GET", "HEAD", "POST"])
def certificates(request: HttpRequest) -> HttpResponse:
    """List the certificates, and take one more."""
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = CertificateForm(*sent)
    if form.is_valid():
        try:
            kept = _load(request, form.cleaned_data)
        except DomainError as error:
            form.add_error("file", str(error))
        else:
            messages.success(request, _("%(name)s is trusted.") % {"name": kept})
            return redirect("console:certificates")
    today = timezone.now().date()
    rows = [
        {"certificate": each, "is_valid": is_valid_on(each, today)}
        for each in IssuerCertificate.objects.order_by("authority", "name", "id")
    ]
    return render(request, "console/certificates.html", {"form": form, "rows": rows})


@operators_only
@require_POST
def remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Trust a certificate no more."""
    found = get_object_or_404(IssuerCertificate, public_id=public_id)
    remove_certificate(certificate=found, actor=_actor(request))
    messages.success(request, _("%(name)s is not trusted any more.") % {"name": found})
    return redirect("console:certificates")


def _load(request: HttpRequest, given: dict[str, Any]) -> IssuerCertificate:
    issuer = given["issuer"]
    return load_certificate(
        content=given["file"].read(),
        authority=given["authority"],
        name=given["name"],
        issuer=issuer.read() if issuer else None,
        actor=_actor(request),
    )


def _actor(request: HttpRequest) -> Account:
    if not isinstance(request.user, Account):
        raise PermissionDenied
    return request.user
