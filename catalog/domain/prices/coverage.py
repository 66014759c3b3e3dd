"""Find the rules that can never apply, because those before take everything.

Each rule covers a box: for every condition, a set of values. Spans are cut at all
the bounds the tariff names, so that every set is finite and the answer exact.
"""

from collections.abc import Iterator, Mapping, Sequence

from catalog.domain.prices.conditions import CONDITIONS, Codes, Matcher, Span, When

Box = Mapping[str, frozenset[object]]


def unreachable(rules: Sequence[When]) -> Iterator[int]:
    """Go through the positions of the rules that no context can reach."""
    universe = _universe(rules)
    boxes = [_box(when, universe) for when in rules]
    for index, box in enumerate(boxes):
        left = [box]
        for earlier in boxes[:index]:
            left = [part for each in left for part in _minus(each, earlier)]
        if not left:
            yield index


def _minus(box: Box, taken: Box) -> Iterator[Box]:
    """Cut out of `box` what `taken` covers; the parts do not overlap."""
    if any(not box[key] & taken[key] for key in box):
        yield box
        return
    rest = dict(box)
    for key in box:
        outside = rest[key] - taken[key]
        if outside:
            yield {**rest, key: outside}
        rest[key] &= taken[key]


def _universe(rules: Sequence[When]) -> Box:
    keys = {key for when in rules for key in when.matchers}
    return {
        key: _values(key, [when.matchers.get(key) for when in rules]) for key in keys
    }


def _values(key: str, matchers: Sequence[Matcher | None]) -> frozenset[object]:
    kind = CONDITIONS[key]
    if kind.universe is not None:
        named = [each.codes for each in matchers if isinstance(each, Codes)]
        return frozenset(kind.universe).union(*named)
    spans = [each for each in matchers if isinstance(each, Span)]
    bounds = {bound for span in spans for bound in (span.start, span.until)}
    # Each bound opens the piece above it; the lowest value, or None when there is
    # no lowest, stands for the piece below all of them.
    return frozenset(bounds - {None} | {kind.lowest})


def _box(when: When, universe: Box) -> Box:
    return {
        key: _accepted(when.matchers.get(key), values)
        for key, values in universe.items()
    }


def _accepted(matcher: Matcher | None, values: frozenset[object]) -> frozenset[object]:
    if matcher is None:
        return values
    endless = isinstance(matcher, Span) and matcher.start is None
    return frozenset(
        each for each in values if (endless if each is None else matcher.accepts(each))
    )
