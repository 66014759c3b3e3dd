"""Billing in the back office: its part of the menu, its screens, what waits."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, SubmenuMenuItem

from billing.enums import RunStatus
from billing.models import BillingRun
from billing.policies import (
    may_collect,
    may_see_money,
    may_see_statements,
    may_set_taxes,
)
from billing.views.staff import (
    aids,
    batches,
    giving_back,
    invoices,
    regies,
    runs,
    taxes,
)
from billing.views.staff.aid_kinds import AidKindViewSet
from foundation.accounts.models import Account
from foundation.backoffice.access import holds
from foundation.backoffice.menus import AllowedMenuItem
from foundation.backoffice.waiting import HOOK, WaitingWork
from tenants.townhall.queries import scope_of

ONE = "<uuid:public_id>/"

run_urls = [
    path("", runs.run_list, name="runs"),
    path("new/", runs.run_new, name="run-new"),
    path(ONE, runs.run_page, name="run"),
    path(f"{ONE}issue/", runs.run_issue, name="run-issue"),
    path(f"{ONE}give-up/", runs.run_cancel, name="run-cancel"),
]
invoice_urls = [
    path("", invoices.invoice_list, name="invoices"),
    path(ONE, invoices.invoice_page, name="invoice"),
    path(f"{ONE}cash/", invoices.invoice_cash, name="invoice-cash"),
    path(f"{ONE}document/", invoices.invoice_document, name="invoice-document"),
    path(f"{ONE}give-back/", giving_back.give_back_lines, name="invoice-give-back"),
]
batch_urls = [
    path("", batches.batch_list, name="batches"),
    path("new/", batches.batch_new, name="batch-new"),
    path(ONE, batches.batch_page, name="batch"),
    path(f"{ONE}file/", batches.batch_file, name="batch-file"),
    path(f"{ONE}confirm/", batches.batch_confirm, name="batch-confirm"),
]
aid_urls = [
    path("", aids.statements, name="aids"),
    path("statement/", aids.statement, name="aid-statement"),
    path("of/<uuid:household>/new/", aids.grant, name="aid-grant"),
    path(f"{ONE}end/", aids.end, name="aid-end"),
]
tax_urls = [
    path("", taxes.regie_list, name="regies"),
    path(ONE, taxes.regie_taxes, name="regie-taxes"),
    path(f"{ONE}services/", regies.regie_services, name="regie-services"),
]
staff_urls = (
    [
        path("aids/", include(aid_urls)),
        path("taxes/", include(tax_urls)),
        path("runs/", include(run_urls)),
        path("invoices/", include(invoice_urls)),
        path("bank-files/", include(batch_urls)),
    ],
    "billing_staff",
)


@hooks.register("register_admin_urls")
def register_staff_urls() -> Sequence[URLPattern | URLResolver]:
    """Put the screens of billing under the back office."""
    return [path("billing/", include(staff_urls))]


@hooks.register("register_admin_viewset")
def register_aid_kinds() -> AidKindViewSet:
    """Add the list and the form of kinds of aid."""
    return AidKindViewSet()


@hooks.register("register_admin_menu_item")
def register_menu() -> Any:
    """Show billing as one part of the menu."""
    items = [
        AllowedMenuItem(
            _("Billing runs"),
            reverse_lazy("billing_staff:runs"),
            name="runs",
            icon_name="doc-full",
            order=10,
            may=may_see_money,
        ),
        AllowedMenuItem(
            _("Invoices"),
            reverse_lazy("billing_staff:invoices"),
            name="invoices",
            icon_name="doc-full-inverse",
            order=20,
            may=may_see_money,
        ),
        AllowedMenuItem(
            _("Bank files"),
            reverse_lazy("billing_staff:batches"),
            name="bank-files",
            icon_name="download",
            order=30,
            may=may_collect,
        ),
        AllowedMenuItem(
            _("Kinds of aid"),
            reverse_lazy("aid-kinds:index"),
            name="aid-kinds",
            icon_name="group",
            order=40,
            may=holds("billing.view_aidkind"),
        ),
        AllowedMenuItem(
            _("Aids to claim"),
            reverse_lazy("billing_staff:aids"),
            name="aids",
            icon_name="group",
            order=50,
            may=may_see_statements,
        ),
        AllowedMenuItem(
            _("Régies and taxes"),
            reverse_lazy("billing_staff:regies"),
            name="taxes",
            icon_name="tag",
            order=60,
            may=may_set_taxes,
        ),
    ]
    return SubmenuMenuItem(
        _("Billing"), Menu(items=items), name="billing", icon_name="doc-full", order=300
    )


@hooks.register(HOOK)
def drafts_to_issue(request: HttpRequest) -> list[WaitingWork]:
    """Remind clerks of runs that wait to be issued."""
    account = request.user
    if not (isinstance(account, Account) and may_see_money(account)):
        return []
    waiting = (
        BillingRun.objects.in_scope(scope_of(account))
        .filter(status=RunStatus.DRAFT)
        .count()
    )
    return [
        WaitingWork(
            _("billing runs to issue"),
            str(reverse_lazy("billing_staff:runs")),
            count=waiting,
            icon="doc-full",
            order=300,
        )
    ]
