"""Read the data of a tariff back as a sheet, when a sheet can say all of it."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from catalog.domain.tariff_sheet.values import (
    CODES,
    COUNTS,
    KEPT,
    PARTS,
    SAID,
    SPANS,
    Ceiling,
    Line,
    Sheet,
    Supplement,
)
from catalog.domain.tariff_sheet.writing import adjustment_of, rule_of, rules_of

Rules = Mapping[str, Any]


def sheet_of(rules: Rules) -> Sheet | None:
    """Read sound rules as a sheet; what it has no words for is kept as it is.

    Returns None when the sheet would lose something of the whole.
    """
    split = rules.get("split", {})
    defaults = dict(rules.get("defaults") or {})
    sheet = Sheet(
        currency=rules.get("currency", ""),
        unit=rules.get("unit", ""),
        lines=tuple(_line_or_kept(rule) for rule in rules.get("rules", [])),
        supplements=tuple(
            _supplement_or_kept(each) for each in rules.get("adjustments", [])
        ),
        ceilings=tuple(_ceiling_of(each) for each in rules.get("caps", [])),
        default_residence=defaults.pop("residence", ""),
        round_to="" if rules.get("round_to") == "0.01" else rules.get("round_to", ""),
        round_unit_to=rules.get("round_unit_to", ""),
        count=_count_of(rules),
        defaults=defaults,
        more={key: each for key, each in rules.items() if key not in SAID},
        **{part: str(split.get(part, "")) for part in PARTS},
    )
    same = _canonical(rules_of(sheet)) == _canonical(rules)
    return sheet if same else None


def _line_or_kept(rule: Rules) -> Line:
    line, code = _line_of(rule), rule.get("code", "")
    if _canonical(rule_of(line, code)) == _canonical(rule):
        return line
    return Line(KEPT, code, rule.get("label", ""), kept=rule)


def _supplement_or_kept(each: Rules) -> Supplement:
    supplement, code = _supplement_of(each), each.get("code", "")
    if _canonical(adjustment_of(supplement, code)) == _canonical(each):
        return supplement
    return Supplement(KEPT, code=code, label=each.get("label", ""), kept=each)


def _ceiling_of(cap: Rules) -> Ceiling:
    names = ("label", "amount", "period", "per", "code")
    texts = {name: str(cap.get(name, "")) for name in names}
    return Ceiling(activities=_list(cap.get("activities")), **texts)


def _line_of(rule: Rules) -> Line:
    when = rule.get("when") or {}
    method = rule.get("method", "")
    return Line(
        method=method,
        code=rule.get("code", ""),
        label=rule.get("label", ""),
        spans=_spans(when),
        amount=str(rule.get("amount", "")),
        columns=rule.get("columns", ""),
        of=rule.get("of", ""),
        otherwise=str(rule.get("otherwise", "")),
        by=rule.get("by", ""),
        **_grids_of(rule, method),
        # The other words for it are what holds when nothing is said.
        without_quotient="refuse" if rule.get("without_quotient") == "refuse" else "",
        rate=" / ".join(map(str, rule.get("rates") or [rule.get("rate", "")])),
        split=_texts(rule.get("split") or {}),
        count=_count_of(rule),
        **_texts({key: rule.get(key, "") for key in ("floor", "ceiling")}),
        **_codes_of(when),
    )


def _grids_of(rule: Rules, method: str) -> dict[str, Any]:
    """Return the grids of a rule, each under the name that its method gives it."""
    bands = tuple(_texts(band) for band in rule.get("bands", []))
    amounts = rule.get("amounts") or ()
    return {
        "rates" if method == "effort_bands" else "bands": bands,
        "points": tuple(_texts(point) for point in rule.get("points", [])),
        "prices": _prices_of(rule),
        "amounts": tuple(map(str, amounts)) if method == "by_child" else (),
    }


def _count_of(rules: Rules) -> dict[str, Any]:
    """Return how minutes are counted, without what holds when nothing is said."""
    count = dict(rules.get("count") or {})
    if count.get("rounding") == "started":
        del count["rounding"]
    return count


def _prices_of(rule: Rules) -> tuple[Mapping[str, str], ...]:
    """Return the prices of a table, in the order in which they are written."""
    is_table = rule.get("method") == "table"
    amounts = rule.get("amounts", {}) if is_table else {}
    return tuple(
        {"code": code, "amount": str(amount)} for code, amount in amounts.items()
    )


def _codes_of(when: Rules) -> dict[str, Any]:
    """Return the conditions by codes, by the names of the sheet."""
    return {name: _list(when.get(key)) for key, name in CODES.items()}


def _spans(when: Rules, but: Collection[str] = ()) -> tuple[Rules, ...]:
    """Return the conditions between bounds, but those with a field of their own."""
    return tuple(
        {"fact": fact, **when[fact]}
        for fact in SPANS
        if isinstance(when.get(fact), Mapping) and fact not in but
    )


def _texts(band: Rules) -> dict[str, Any]:
    return {
        key: list(map(str, value)) if isinstance(value, list) else str(value)
        for key, value in band.items()
    }


def _supplement_of(each: Rules) -> Supplement:
    when = each.get("when") or {}
    method = each.get("method", "")
    keys = {"percent": "percent", "band_below": "bands"}
    value = str(each.get(keys.get(method, "amount"), ""))
    is_less = value.startswith("-")
    effect = {
        "amount": "take" if is_less else "add",
        "percent": "take_percent" if is_less else "add_percent",
        "replace": "replace",
        "zero": "free",
        "band_below": "band_below",
        "limit": "limit",
    }
    spans = {key: when[key] for key in COUNTS if _has_own_field(key, when.get(key))}
    return Supplement(
        effect=effect.get(method, ""),
        value=value.lstrip("+-"),
        code=each.get("code", ""),
        label=each.get("label", ""),
        per="unit" if each.get("per") == "unit" else "",
        floor=str(each.get("at_least", "")),
        ceiling=str(each.get("at_most", "")),
        child_rank_until=spans.get("child_rank", {}).get("until"),
        spans=_spans(when, but=spans),
        **{key: span.get("from") for key, span in spans.items()},
        **_codes_of(when),
    )


def _has_own_field(key: str, span: Any) -> bool:
    """Tell whether a supplement has fields that say a condition on a number."""
    return isinstance(span, Mapping) and (key == "child_rank" or set(span) == {"from"})


def _canonical(value: Any, key: str = "") -> Any:
    """Write rules in one way: lists in order, plain numbers, no default spelt out."""
    if isinstance(value, Mapping):
        pairs = {
            # A default residence is one code, a condition may name several.
            name: each if key == "defaults" else _canonical(each, name)
            for name, each in value.items()
        }
        return {
            name: each for name, each in pairs.items() if not _is_default(name, each)
        }
    if key in {"activities", *CODES}:
        return sorted(_list(value))
    if isinstance(value, list | tuple):
        return [_canonical(each) for each in value]
    try:
        return str(Decimal(str(value)).normalize())
    except ArithmeticError:
        return value


def _is_default(key: str, value: Any) -> bool:
    defaults: dict[str, tuple[Any, ...]] = {
        "without_quotient": ("highest_band", "ceiling", "highest_price"),
        "round_to": ("0.01",),
        "per": ("total",),
        "rounding": ("started",),
        "from": ("0",),
        "floor": ("0",),
        "defaults": ({},),
        "adjustments": ([],),
        "bands": ("1",),
        "when": ({},),
    }
    return value in defaults.get(key, ()) or (key in PARTS and value == "0")


def _list(codes: Any) -> tuple[str, ...]:
    if codes is None:
        return ()
    return (codes,) if isinstance(codes, str) else tuple(codes)
