"""Aids of third parties: who has one, and what each payer owes."""

from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from billing.enums import MoneyAction
from billing.forms.aids import EndForm, GrantForm, StatementForm
from billing.models import AidGrant
from billing.policies import may_grant_aids, may_see_statements
from billing.queries.aid_statements import aid_lines, payer_totals, statement_rows
from billing.services.days import local_day
from billing.services.granting import end_aid, grant_aid
from billing.services.words import month_words
from families.models import Household
from families.views.staff.one_form import Step, one_form
from foundation.backoffice.access import ClerkRequest, clerk_who
from foundation.backoffice.frame import staff_page, table_to_take_away
from foundation.journal.services import record
from tenants.queries import current_town
from tenants.townhall.queries import scope_of

HEADINGS = (
    gettext_lazy("Payer"),
    gettext_lazy("Aid"),
    gettext_lazy("File number at the payer"),
    gettext_lazy("Family file"),
    gettext_lazy("Child"),
    gettext_lazy("Day"),
    gettext_lazy("Units"),
    gettext_lazy("Amount"),
    gettext_lazy("Currency"),
    gettext_lazy("Invoice"),
)


@require_http_methods(["GET", "POST"])
@clerk_who(may_grant_aids)
def grant(request: ClerkRequest, household: UUID) -> HttpResponse:
    """Grant an aid to a family."""
    scope = scope_of(request.user)
    mine = Household.objects.in_scope(scope)
    found = get_object_or_404(mine, public_id=household)

    def act(form: GrantForm) -> None:
        grant_aid(household=found, granting=form.granting, actor=request.user)

    step = Step(found, _("Grant an aid"), "grant aid", act)
    return one_form(request, step, GrantForm, household=found, scope=scope)


@require_http_methods(["GET", "POST"])
@clerk_who(may_grant_aids)
def end(request: ClerkRequest, public_id: UUID) -> HttpResponse:
    """Let an aid end early."""
    mine = AidGrant.objects.in_scope(scope_of(request.user))
    granted = get_object_or_404(
        mine.select_related("household", "kind"), public_id=public_id
    )

    def act(form: EndForm) -> None:
        until = date.fromordinal(form.cleaned_data["last_on"].toordinal() + 1)
        end_aid(granted=granted, until_on=until, actor=request.user)

    title = _("End the aid “%(aid)s”") % {"aid": granted.kind}
    step = Step(granted.household, title, "end aid", act, about=str(granted.public_id))
    return one_form(request, step, EndForm)


@require_GET
@clerk_who(may_see_statements)
def statements(request: ClerkRequest) -> HttpResponse:
    """Show what each payer owes for the invoices of a month."""
    month = _month(request)
    totals = [
        (each, urlencode({"month": f"{month:%Y-%m}", "payer": each.payer}))
        for each in payer_totals(month=month, scope=scope_of(request.user))
    ]
    return staff_page(
        request,
        "billing/staff/aids.html",
        title=_("Aids to claim"),
        icon="group",
        form=StatementForm(initial={"month": month}),
        month=month,
        month_words=month_words(month),
        totals=totals,
        currency=current_town().currency,
    )


@require_GET
@clerk_who(may_see_statements)
def statement(request: ClerkRequest) -> HttpResponse:
    """Give the statement of one payer as a table."""
    month, payer = _month(request), request.GET.get("payer", "")
    lines = aid_lines(month=month, scope=scope_of(request.user), payer=payer)
    rows = list(statement_rows(lines))
    record(
        actor=request.user,
        action=MoneyAction.AID_STATEMENT,
        target=request.user,
        new={"month": month, "payer": payer, "lines": len(rows)},
    )
    name = "-".join(filter(None, [slugify(payer)[:60], f"{month:%Y-%m}"]))
    return table_to_take_away(name, [[str(each) for each in HEADINGS], *rows])


def _month(request: ClerkRequest) -> date:
    """Return the month asked for; the current one otherwise."""
    form = StatementForm(request.GET or None)
    if form.is_valid():
        asked: date = form.cleaned_data["month"]
        return asked
    return local_day(timezone.now()).replace(day=1)
