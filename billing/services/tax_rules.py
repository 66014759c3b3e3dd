"""Write the taxes of a régie, and what they bear on: all of its services or none."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, ProtectedError

from billing.domain.errors import BillingError, gettext_noop
from billing.enums import MoneyAction, TaxCategory
from billing.models import Regie, RegieTax, TaxRule
from catalog.models import Activity, Service
from foundation.accounts.models import Account
from foundation.journal.services import record


class TaxTwiceError(BillingError):
    """Two rates of a tax hold on the same day."""

    code = "tax_twice"
    sentence = gettext_noop("The tax “%(tax)s” has two rates on the same day.")


class TaxInUseError(BillingError):
    """A tax that invoices bear is ended, never deleted."""

    code = "tax_in_use"
    sentence = gettext_noop("Invoices bear the tax “%(tax)s”: give it a last day.")


class TaxRuleMissingError(BillingError):
    """A régie with taxes says of each service whether it bears them."""

    code = "tax_rule_missing"
    sentence = gettext_noop("Say of each service whether it is taxed: %(services)s.")


@dataclass(frozen=True, slots=True)
class TaxFacts:
    """One tax as a clerk or a pack writes it; `until_on` is the first day without."""

    code: str
    label: str
    rate: Decimal
    registration: str
    from_on: date
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """Whether a service bears taxes, or one of its activities when it is given."""

    service: Service
    activity: Activity | None
    category: str
    reason: str = ""


@transaction.atomic
def write_taxes_of(
    *,
    regie: Regie,
    taxes: Iterable[TaxFacts],
    rules: Iterable[RuleFacts],
    actor: Account | None,
) -> None:
    """Replace the taxes of a régie and what they bear on.

    Raises TaxTwiceError, TaxInUseError and TaxRuleMissingError; nothing is then
    written.
    """
    Regie.objects.select_for_update(of=("self",)).get(pk=regie.pk)
    listed, ruled = list(taxes), list(rules)
    _check_rates(listed)
    _check_rules(regie, listed, ruled)
    old = tax_facts(regie)
    _drop_others(regie, {(each.code, each.from_on) for each in listed})
    for each in listed:
        RegieTax.objects.update_or_create(
            regie=regie,
            code=each.code,
            from_on=each.from_on,
            defaults={
                "label": each.label,
                "rate": each.rate,
                "registration": each.registration,
                "until_on": each.until_on,
            },
        )
    TaxRule.objects.filter(regie=regie).delete()
    TaxRule.objects.bulk_create(_rule(regie, each) for each in ruled)
    record(
        actor=actor,
        action=MoneyAction.TAXES_WRITTEN,
        target=regie,
        old=old,
        new=tax_facts(regie),
    )


def tax_facts(regie: Regie) -> dict[str, Any]:
    """Return the taxes of a régie and what they bear on, as plain data of a pack."""
    taxes = RegieTax.objects.filter(regie=regie).order_by("from_on", "id")
    rules = TaxRule.objects.filter(regie=regie).select_related("service", "activity")
    ordered = rules.order_by(
        "service__position",
        "service__code",
        F("activity__code").asc(nulls_first=True),
    )
    return {
        "taxes": [
            {
                "code": each.code,
                "label": each.label,
                "rate": f"{each.rate.normalize():f}",
                "registration": each.registration,
                "from": each.from_on,
                "until": each.until_on,
            }
            for each in taxes
        ],
        "taxed": [
            {
                "service": each.service.code,
                "activity": each.activity.code if each.activity else None,
                "category": TaxCategory(each.category).name.lower(),
                "reason": each.reason,
            }
            for each in ordered
        ],
    }


def _rule(regie: Regie, facts: RuleFacts) -> TaxRule:
    is_exempt = facts.category == TaxCategory.EXEMPT
    return TaxRule(
        regie=regie,
        service=facts.service,
        activity=facts.activity,
        category=facts.category,
        reason=facts.reason if is_exempt else "",
    )


def _drop_others(regie: Regie, kept: set[tuple[str, date]]) -> None:
    for row in RegieTax.objects.filter(regie=regie):
        if (row.code, row.from_on) not in kept:
            try:
                row.delete()
            except ProtectedError as error:
                raise TaxInUseError(tax=row.label) from error


def _check_rates(taxes: list[TaxFacts]) -> None:
    for index, one in enumerate(taxes):
        for other in taxes[:index]:
            if one.code == other.code and _overlap(one, other):
                raise TaxTwiceError(tax=one.label)


def _overlap(one: TaxFacts, other: TaxFacts) -> bool:
    def before(first: TaxFacts, second: TaxFacts) -> bool:
        return first.until_on is not None and first.until_on <= second.from_on

    return not (before(one, other) or before(other, one))


def _check_rules(regie: Regie, taxes: list[TaxFacts], rules: list[RuleFacts]) -> None:
    if not taxes:
        return
    ruled = {each.service.pk for each in rules if each.activity is None}
    missing = regie.services.exclude(pk__in=ruled)
    if names := list(missing.values_list("name", flat=True)):
        raise TaxRuleMissingError(services=", ".join(names))


def categories() -> Mapping[str, str]:
    """Return the categories of a pack, by their word."""
    return {each.name.lower(): each.value for each in TaxCategory}
