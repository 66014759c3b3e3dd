"""What billing does when something happens elsewhere."""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db.models import F, QuerySet, Sum
from django.dispatch import receiver
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.enums import InvoiceStatus
from billing.models import Charge, Invoice, LedgerEntry
from billing.policies import may_see_money
from billing.queries.gaps import gaps_of_billing
from billing.queries.invoices import credit_of, latest_and_to_pay, totals_to_pay
from billing.queries.late_pickups import invoices_of_late_pickups
from billing.queries.owners import find_owner
from billing.services.aids_on_file import aids_part
from billing.services.balances import services_billed, write_balances
from billing.services.basket_extras import extras_of_basket
from billing.services.days import local_day
from billing.services.family_words import row_of
from billing.services.invoice_document import period_words
from billing.services.mandate_proofs import prove_known_mandates, prove_mandate
from billing.services.merging import carry_balances
from billing.services.opening import put_regies, regies_facts
from billing.services.papers import papers_made
from billing.services.retention import forget_unused_mandates, kept_of
from billing.services.words import amount_words
from billing.signals import mandate_signed
from catalog.domain.checklist import Gap
from catalog.models import Service
from catalog.signals import services_checked
from enrolment.domain.basket_extras import Extra
from enrolment.models import Booking, LatePickup
from enrolment.signals import basket_shown, late_pickups_asked
from families.domain.erasure import Kept
from families.domain.home import Card, Line, Link, Panel, Task
from families.domain.imports import Balance
from families.domain.invoices import InvoiceFacts, InvoiceOwner
from families.domain.staff_file import FilePart, FileSection
from families.domain.vault import Paper
from families.enums import Alike
from families.models import Household
from families.signals import (
    account_closing,
    balances_expected,
    balances_imported,
    file_shown,
    home_shown,
    households_erased,
    households_in_use_asked,
    invoice_shown,
    kept_after_erasure_asked,
    merging,
    signed_type_made,
    vault_shown,
)
from foundation.accounts.models import Account
from tenants.domain.packs import Pack
from tenants.domain.scope import Scope
from tenants.queries import current_town
from tenants.signals import pack_asked, pack_imported, town_filling

MOST = 3
MOST_FOR_CLERKS = 20


@receiver(town_filling, dispatch_uid="billing")
def fill(pack: Pack, **_kwargs: Any) -> None:
    """Write the régies."""
    put_regies(pack=pack)


@receiver(pack_imported, dispatch_uid="billing")
def put(pack: Pack, **_kwargs: Any) -> None:
    """Write the régies of a pack onto an open town."""
    put_regies(pack=pack)


@receiver(pack_asked, dispatch_uid="billing")
def tell(**_kwargs: Any) -> dict[str, Any]:
    """Answer the régies, without their accounts."""
    return regies_facts()


@receiver(home_shown, dispatch_uid="billing-invoices")
def show_invoices(household: Household, today: date, **_kwargs: Any) -> Panel | None:
    """Show what is to pay first, and the latest invoices.

    A family that never had an invoice sees nothing of it.
    """
    found = latest_and_to_pay(household, most=MOST)
    if not found:
        return None
    due = [each for each in found if each.status == InvoiceStatus.OPEN]
    due.sort(key=_urgency)
    card = Card(
        title=_("My invoices"),
        icon="invoice",
        lines=tuple(_line(invoice, today) for invoice in found[:MOST]),
        links=(Link(_("All my invoices"), reverse("billing:invoices")),),
    )
    return Panel(
        position=50,
        tasks=tuple(_task(invoice, today) for invoice in due[:MOST]),
        cards=(card,),
    )


@receiver(file_shown, dispatch_uid="billing-file")
def show_to_clerks(
    household: Household, account: Account, scope: Scope, today: date, **_kwargs: Any
) -> FilePart | None:
    """Show the balance and the latest invoices in scope: three queries."""
    if not may_see_money(account):
        return None
    mine = Invoice.objects.in_scope(scope).filter(household=household).issued()
    left = mine.filter(status=InvoiceStatus.OPEN).aggregate(
        left=Sum("total_minor", default=0) - Sum("paid_minor", default=0)
    )["left"]
    found = list(mine.select_related("regie")[: MOST_FOR_CLERKS + 1])
    currency = current_town().currency
    facts = [Line(_("To pay"), status=amount_words(left, currency))]
    if scope.is_everything and (credit := credit_of(household)):
        facts.append(Line(_("Credit"), status=amount_words(credit, currency)))
    lines = [_line_for_clerks(each, today) for each in found[:MOST_FOR_CLERKS]]
    return FilePart(
        position=40,
        sections=(
            FileSection(
                key="invoices",
                title=_("Invoices and balance"),
                lines=(*facts, *lines),
                more=_("Older ones are left out.")
                if len(found) > MOST_FOR_CLERKS
                else "",
            ),
        ),
    )


@receiver(basket_shown, dispatch_uid="billing-basket-extras")
def tell_extras(bookings: list[Booking], **_kwargs: Any) -> list[Extra]:
    """Say what ceilings take off the invoices of a basket, and the taxes they bear."""
    return extras_of_basket(bookings)


@receiver(late_pickups_asked, dispatch_uid="billing-late-pickups")
def tell_invoices(
    late_pickups: list[LatePickup], *, to_change: bool, **_kwargs: Any
) -> dict[int, str]:
    """Say which late pick-ups stand on an issued invoice, and on which."""
    return invoices_of_late_pickups(late_pickups, to_change=to_change)


@receiver(file_shown, dispatch_uid="billing-aids")
def show_aids_to_clerks(
    household: Household, account: Account, scope: Scope, today: date, **_kwargs: Any
) -> FilePart | None:
    """Show the aids of a family, and lead to granting one: one query."""
    return aids_part(household, account=account, scope=scope, today=today)


def _line_for_clerks(invoice: Invoice, today: date) -> Line:
    row = row_of(invoice, today=today)
    return Line(
        text=f"{invoice.reference}, {row.period}",
        href=reverse("billing_staff:invoice", args=[invoice.public_id]),
        meta=row.amount,
        status=row.status,
        tone=row.tone,
    )


@receiver(merging, dispatch_uid="billing-merging")
def carry(kind: str, kept: Any, lost: Any, **_kwargs: Any) -> list[str]:
    """Carry the balances of a file that is merged."""
    if kind == Alike.HOUSEHOLD:
        carry_balances(kept=kept, lost=lost, on=local_day(timezone.now()))
    return []


@receiver(account_closing, dispatch_uid="billing-to-pay")
def ask_to_pay_first(household: Household, **_kwargs: Any) -> list[str]:
    """Name what is left to pay, and what the town would have to pay back."""
    left = [
        _("You have %(amount)s to pay.") % {"amount": amount_words(minor, code)}
        for code, minor in totals_to_pay(household)
        if minor > 0
    ]
    if credit_of(household) > 0:
        left.append(_("You have a credit: ask the town to pay it back."))
    return left


@receiver(invoice_shown, dispatch_uid="billing-owner")
def tell_owner(facts: InvoiceFacts, **_kwargs: Any) -> InvoiceOwner | None:
    """Say whose invoice has all four facts."""
    return find_owner(facts)


@receiver(mandate_signed, dispatch_uid="billing-mandate-proof")
def count_as_proof(mandate_id: int, **_kwargs: Any) -> None:
    """Count a mandate just signed as the proof that services ask for."""
    prove_mandate(mandate_id=mandate_id)


@receiver(signed_type_made, dispatch_uid="billing-known-mandates")
def count_known_mandates(**_kwargs: Any) -> None:
    """Count the mandates signed before the town asked for one as a proof."""
    prove_known_mandates()


@receiver(vault_shown, dispatch_uid="billing-papers")
def show_papers(household: Household, **_kwargs: Any) -> list[Paper]:
    """List the invoices, the receipts and the mandates of a household."""
    return papers_made(household)


def _urgency(invoice: Invoice) -> tuple[date, int]:
    """Put the most pressing first."""
    return invoice.due_on or date.max, invoice.pk


def _task(invoice: Invoice, today: date) -> Task:
    row = row_of(invoice, today=today)
    title = _("Pay %(amount)s for %(period)s")
    return Task(
        title=title % {"amount": row.left, "period": period_words(invoice)},
        href=row.href,
        status=row.status,
        tone=row.tone,
        hint=row.note,
    )


def _line(invoice: Invoice, today: date) -> Line:
    row = row_of(invoice, today=today)
    return Line(
        text=row.period,
        href=row.href,
        meta=row.amount,
        status=row.status,
        tone=row.tone,
    )


@receiver(balances_expected, dispatch_uid="billing-services-billed")
def tell_services_billed(**_kwargs: Any) -> dict[str, int]:
    """Say for which services a balance may be brought."""
    return services_billed()


@receiver(balances_imported, dispatch_uid="billing-balances")
def keep_balances(balances: list[Balance], **_kwargs: Any) -> None:
    """Write the balances of an import."""
    write_balances(balances=balances)


@receiver(households_in_use_asked, dispatch_uid="billing-in-use")
def tell_who_is_billed(since: datetime, **_kwargs: Any) -> list[QuerySet[Any]]:
    """Name who was billed since then, who owes, and whom the town owes."""
    open_accounts = (
        LedgerEntry.objects.filter(household__isnull=False)
        .values("household", "account")
        .annotate(left=Sum("amount_minor"))
        .exclude(left=0)
    )
    return [
        Invoice.objects.filter(issued_on__gte=since.date()).values("household"),
        Invoice.objects.filter(
            status=InvoiceStatus.OPEN, paid_minor__lt=F("total_minor")
        ).values("household"),
        Charge.objects.filter(invoice=None).values("household"),
        open_accounts.values("household"),
    ]


@receiver(kept_after_erasure_asked, dispatch_uid="billing-kept")
def tell_what_is_kept(household: Household, **_kwargs: Any) -> list[Kept]:
    """Say what the law makes the books keep."""
    return kept_of(household)


@receiver(households_erased, dispatch_uid="billing-erased")
def end_mandates(households: list[int], now: datetime, **_kwargs: Any) -> None:
    """Let go of bank details that were never used."""
    forget_unused_mandates(households, now=now)


@receiver(services_checked, dispatch_uid="billing-gaps")
def tell_gaps(services: Collection[Service], **_kwargs: Any) -> dict[int, list[Gap]]:
    """Say what misses on the side of money before services open."""
    return gaps_of_billing(services)
