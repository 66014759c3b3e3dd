"""Staff: lines of an issued invoice are given back, with a reason."""

from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages

from billing.forms.giving_back import GiveBackForm
from billing.models import Invoice
from billing.policies import may_give_back
from billing.queries.lines import prices_of
from billing.services.giving_back import give_back_each
from billing.services.words import amount_words
from foundation.backoffice.access import ClerkRequest, clerk_who, decide
from foundation.backoffice.frame import staff_page
from foundation.errors import DomainError
from tenants.townhall.queries import scope_of


@require_http_methods(["GET", "POST"])
@clerk_who(may_give_back)
def give_back_lines(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Ask which lines and why, then give them back once."""
    scope = scope_of(request.user)
    issued = Invoice.objects.in_scope(scope).issued()
    invoice = get_object_or_404(issued, public_id=public_id)
    back = reverse("billing_staff:invoice", args=[public_id])
    form = GiveBackForm(
        request.POST or None,
        initial={"form_key": uuid4()},
        charges=prices_of(invoice, scope),
    )
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_give_back(request, invoice, form, back=back))
        except DomainError as error:
            form.add_error(None, str(error))
    number = invoice.reference
    invoices = reverse("billing_staff:invoices")
    return staff_page(
        request,
        "billing/staff/give_back.html",
        title=_("Give lines back"),
        trail=[(_("Invoices"), invoices), (number, back)],
        form=form,
        back=back,
    )


def _give_back(
    request: ClerkRequest, invoice: Invoice, form: GiveBackForm, *, back: str
) -> str:
    def act() -> str:
        given = give_back_each(
            charges=form.chosen,
            reason=form.cleaned_data["reason"],
            actor=request.user,
        )
        text = _("%(amount)s will be taken off the next invoice of the family.")
        amount = amount_words(given, invoice.currency)
        messages.success(request, text % {"amount": amount})
        return back

    return decide(
        request,
        key=form.cleaned_data["form_key"],
        purpose="give lines back",
        answers={
            "invoice": invoice.public_id,
            "lines": form.cleaned_data["lines"],
            "reason": form.cleaned_data["reason"],
        },
        act=act,
    )
