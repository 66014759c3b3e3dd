"""Price many contexts: those that a tariff cannot tell apart are worked out once.

A town's month has a hundred thousand meals and a few thousand different ones: the
quotient of a family, the rank of a child, in time or late. Each price has its own
facts and its own proof; only the work is shared.
"""

from collections.abc import Hashable, Iterable, Iterator
from itertools import islice
from operator import attrgetter

from catalog.domain.prices.context import PriceContext
from catalog.domain.prices.errors import PriceError
from catalog.domain.prices.pricing import exactly, work_out
from catalog.domain.prices.tariff import Tariff
from catalog.domain.prices.trace import Outcome, Price

#: Facts that a proof writes as they were given: 640 and 640.0 are not alike.
WRITTEN = frozenset({"quotient", "quantity", "session_amount"})
#: Contexts priced before the first of them is given away.
AT_ONCE = 1000

#: The facts last priced, and what came of them.
Known = tuple[PriceContext, Outcome | PriceError]


def price_many(tariff: Tariff, contexts: Iterable[PriceContext]) -> list[Price]:
    """Price contexts in order. Raises the PriceError of the first without a price."""
    prices: list[Price] = []
    for answer in price_each(tariff, contexts):
        if isinstance(answer, PriceError):
            raise answer
        prices.append(answer)
    return prices


def price_each(
    tariff: Tariff, contexts: Iterable[PriceContext]
) -> Iterator[Price | PriceError]:
    """Price contexts in order, some at a time; the error of those without a price.

    Nothing is kept but what is different for this tariff, so that a year of a whole
    town can pass through.
    """
    bulk, left = _Bulk(tariff), iter(contexts)
    while some := list(islice(left, AT_ONCE)):
        yield from bulk.price(some)


class _Bulk:
    """What is already worked out: by facts, and by facts as they were written."""

    def __init__(self, tariff: Tariff) -> None:
        self._tariff = tariff
        self._key_of = attrgetter(*tariff.facts)
        # There is always a quantity and an event: the getter returns a tuple.
        written = [each for each in tariff.facts if each in WRITTEN]
        self._written = attrgetter("event", *written)
        self._latest: dict[Hashable, Known] = {}
        self._texts: dict[Hashable, Known] = {}

    def price(self, contexts: Iterable[PriceContext]) -> list[Price | PriceError]:
        """Price some contexts in order."""
        key_of, latest = self._key_of, self._latest
        answers: list[Price | PriceError] = []
        with exactly():
            for context in contexts:
                key = key_of(context)
                known = latest.get(key)
                if known is None:
                    known = latest[key] = self._work_out(context)
                elif _may_be_written_otherwise(known[0], context):
                    known = latest[key] = self._as_written(key, context)
                made = known[1]
                answers.append(
                    Price(made, context) if isinstance(made, Outcome) else made
                )
        return answers

    def _as_written(self, key: Hashable, context: PriceContext) -> Known:
        text = (key, *map(str, self._written(context)))
        if text not in self._texts:
            self._texts[text] = self._work_out(context)
        return self._texts[text]

    def _work_out(self, context: PriceContext) -> Known:
        try:
            return context, work_out(self._tariff, context)
        except PriceError as error:
            return context, error.with_traceback(None)


def _may_be_written_otherwise(one: PriceContext, other: PriceContext) -> bool:
    """Tell whether equal numbers may differ in writing: 640 and 640.0."""
    return (
        one.quotient is not other.quotient
        or one.quantity is not other.quantity
        or one.session_amount is not other.session_amount
    )
