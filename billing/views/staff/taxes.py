"""The régies, their taxes and what these bear on."""

from uuid import UUID, uuid4

from django.forms import BaseFormSet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin import messages

from billing.forms.staff import ConfirmForm
from billing.forms.taxes import RulesForm, Taxes, TaxForm, tax_rows_of, written_taxes
from billing.models import Regie
from billing.policies import may_set_taxes
from billing.services.tax_rules import write_taxes_of
from foundation.backoffice.access import ClerkRequest, clerk_who, decide, holds
from foundation.backoffice.frame import staff_page
from foundation.errors import DomainError
from tenants.townhall.queries import scope_of


@require_GET
@clerk_who(may_set_taxes)
def regie_list(request: ClerkRequest) -> HttpResponse:
    """List the régies with their taxes."""
    mine = Regie.objects.in_scope(scope_of(request.user))
    return staff_page(
        request,
        "billing/staff/regies.html",
        title=_("Régies and taxes"),
        icon="tag",
        regies=mine.order_by("name").prefetch_related("taxes", "services"),
        may_choose=holds("billing.change_regie")(request.user),
    )


@require_http_methods(["GET", "POST"])
@clerk_who(may_set_taxes)
def regie_taxes(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Write the taxes of a régie and say what they bear on."""
    mine = Regie.objects.in_scope(scope_of(request.user))
    regie = get_object_or_404(mine, public_id=public_id)
    data = request.POST or None
    taxes = Taxes(data, initial=tax_rows_of(regie), prefix="tax")
    rules = RulesForm(data, regie=regie)
    confirm = ConfirmForm(data, initial={"form_key": uuid4()})
    # Each is asked, so that each says what is wrong.
    valid = taxes.is_valid() & rules.is_valid() & confirm.is_valid()
    if data is not None and valid:
        try:
            return redirect(_write(request, regie, taxes, rules, confirm))
        except DomainError as error:
            rules.add_error(None, str(error))
    return staff_page(
        request,
        "billing/staff/taxes.html",
        title=_("Taxes of %(regie)s") % {"regie": regie},
        trail=[(_("Régies and taxes"), reverse("billing_staff:regies"))],
        taxes=taxes,
        rules=rules,
        confirm=confirm,
    )


def _write(
    request: ClerkRequest,
    regie: Regie,
    taxes: BaseFormSet[TaxForm],
    rules: RulesForm,
    confirm: ConfirmForm,
) -> str:
    def act() -> str:
        write_taxes_of(
            regie=regie,
            taxes=written_taxes(taxes),
            rules=rules.facts,
            actor=request.user,
        )
        messages.success(request, _("The taxes are written."))
        return reverse("billing_staff:regies")

    return decide(
        request,
        key=confirm.cleaned_data["form_key"],
        purpose="write taxes",
        answers={
            "regie": regie.code,
            "taxes": [str(each) for each in written_taxes(taxes)],
            "rules": [str(each) for each in rules.facts],
        },
        act=act,
    )
