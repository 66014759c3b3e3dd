"""Say why a row of an invoice is what it is: price, ceiling, aid or correction."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _, gettext_lazy

from billing.domain.aid_traces import AidTrace
from billing.models import Invoice, InvoiceTax
from billing.queries.lines import Row, Section
from billing.services.words import amount_words, day_words
from catalog.domain.prices import Trace
from catalog.domain.prices.caps import CapTrace
from catalog.services.price_wording import explain_price

_COUNTED = {
    "unit": gettext_lazy("%(payer)s pays %(rate)s for each unit: %(units)s here."),
    "day": gettext_lazy("%(payer)s pays %(rate)s a day: %(units)s days here."),
    "half_day": gettext_lazy(
        "%(payer)s pays %(rate)s a half-day: %(units)s half-days here."
    ),
    "percent": gettext_lazy("%(payer)s pays %(rate)s of the price."),
}
_LIMITS = {
    "price": gettext_lazy("An aid never pays more than the price."),
    "ceiling": gettext_lazy("The aid has reached its ceiling."),
    "units": gettext_lazy("All the days of the aid are used."),
    "back": gettext_lazy("The price was given back to you: the aid too."),
}


def explain_row(row: Row) -> list[str]:
    """Return the sentences that say why, the total last."""
    if not row.traces:
        return []
    if row.kind == "cap":
        return _explain_cap([CapTrace.from_data(each) for each in row.traces], row)
    if row.kind == "aid":
        return _explain_aid([AidTrace.from_data(each) for each in row.traces], row)
    if row.kind == "credit":
        given = row.traces[0]
        words = {"number": given["invoice"], "reason": given["reason"]}
        return [
            _("Billed on the invoice %(number)s, given back now.") % words,
            words["reason"],
        ]
    return explain_price(Trace.from_data(row.traces[0]))


def tax_rows(invoice: Invoice, sections: Sequence[Section]) -> list[dict[str, str]]:
    """Return the sum before taxes, then each tax; nothing where none is borne.

    `sections` are the lines of the invoice: without taxes they make its total, and
    nothing more is read.
    """
    if sum(section.total_minor for section in sections) == invoice.total_minor:
        return []
    taxes = list(InvoiceTax.objects.filter(invoice=invoice).order_by("tax_id", "id"))
    if not taxes:
        return []
    before = invoice.total_minor - sum(each.amount_minor for each in taxes)
    subtotal = {
        "label": _("Total before taxes"),
        "note": "",
        "amount": amount_words(before, invoice.currency),
    }
    return [subtotal, *(_tax_row(each, invoice.currency) for each in taxes)]


def exemption_words(invoice: Invoice) -> list[str]:
    """Return why some lines bear no tax, a sentence for each reason."""
    text = _("Exempt from taxes: %(reason)s")
    return [text % {"reason": reason} for reason in invoice.exemptions]


def percent_words(rate: Decimal) -> str:
    """Write a rate with the decimals it has, in the active language."""
    exact = rate.normalize()
    digits = max(0, -int(exact.as_tuple().exponent))
    return _("%(rate)s %%") % {"rate": number_format(exact, decimal_pos=digits)}


def _tax_row(tax: InvoiceTax, currency: str) -> dict[str, str]:
    words = {
        "tax": tax.label,
        "rate": percent_words(tax.rate),
        "base": amount_words(tax.base_minor, currency),
        "number": tax.registration,
    }
    return {
        "label": _("%(tax)s, %(rate)s of %(base)s") % words,
        "note": _("No. %(number)s") % words,
        "amount": amount_words(tax.amount_minor, currency),
    }


def _explain_cap(traces: Sequence[CapTrace], row: Row) -> list[str]:
    first = traces[0]
    words = {
        "ceiling": amount_words(first.ceiling, row.currency),
        "first": day_words(first.period.start),
        "last": day_words(first.period.last or first.period.start),
        "before": amount_words(first.before, row.currency),
        "price": amount_words(sum(each.price for each in traces), row.currency),
        "taken": amount_words(abs(row.amount_minor), row.currency),
    }
    most = (
        _("At most %(ceiling)s for each child, from %(first)s to %(last)s.")
        if first.per == "child"
        else _("At most %(ceiling)s for the household, from %(first)s to %(last)s.")
    )
    if row.amount_minor > 0:
        return [
            most % words,
            _("A price was given back: %(taken)s less are above the ceiling.") % words,
        ]
    return [
        most % words,
        _("Counted before these days: %(before)s.") % words,
        _("These days cost %(price)s: %(taken)s are above and taken off.") % words,
    ]


def _explain_aid(traces: Sequence[AidTrace], row: Row) -> list[str]:
    first = traces[0]
    rate = (
        percent_words(Decimal(first.rate))
        if first.method == "percent"
        else amount_words(int(first.rate), row.currency)
    )
    units = sum((Decimal(each.units) for each in traces), Decimal(0)).normalize()
    words = {"payer": first.payer, "rate": rate, "units": f"{units:f}"}
    limits = dict.fromkeys(each.limit for each in traces if each.limit)
    paid = _("Paid for you: %(amount)s.") % {
        "amount": amount_words(-row.amount_minor, row.currency)
    }
    return [
        str(_COUNTED[first.method]) % words,
        *(str(_LIMITS[limit]) for limit in limits),
        paid,
    ]
