"""Read the data of a tariff back as a sheet, when a sheet can say all of it."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from catalog.domain.prices.context import Residence
from catalog.domain.tariff_sheet.values import (
    CODES,
    COUNTS,
    KEPT,
    PARTS,
    SAID,
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
    expanded = {**rules, "rules": list(_without_tables(rules.get("rules", [])))}
    split = rules.get("split", {})
    defaults = dict(rules.get("defaults") or {})
    sheet = Sheet(
        currency=rules.get("currency", ""),
        unit=rules.get("unit", ""),
        lines=tuple(_line_or_kept(rule) for rule in expanded["rules"]),
        supplements=tuple(
            _supplement_or_kept(each) for each in rules.get("adjustments", [])
        ),
        default_residence=defaults.pop("residence", ""),
        round_to=rules.get("round_to", ""),
        round_unit_to=rules.get("round_unit_to", ""),
        count=dict(rules.get("count") or {}),
        defaults=defaults,
        more={key: each for key, each in rules.items() if key not in SAID},
        **{part: str(split.get(part, "")) for part in PARTS},
    )
    same = _canonical(rules_of(sheet)) == _canonical(expanded)
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


def _line_of(rule: Rules) -> Line:
    when = rule.get("when") or {}
    variants = _list(when.get("variant"))
    method = rule.get("method", "")
    bands = tuple(_texts(band) for band in rule.get("bands", []))
    return Line(
        method=method,
        code=rule.get("code", ""),
        label=rule.get("label", ""),
        residences=_list(when.get("residence")),
        situations=_list(when.get("situation")),
        variant=variants[0] if len(variants) == 1 else "",
        amount=str(rule.get("amount", "")),
        bands=() if method == "effort_bands" else bands,
        columns=rule.get("columns", ""),
        of=rule.get("of", ""),
        rates=bands if method == "effort_bands" else (),
        points=tuple(_texts(point) for point in rule.get("points", [])),
        otherwise=str(rule.get("otherwise", "")),
        without_quotient=rule.get("without_quotient", ""),
        **_texts({key: rule.get(key, "") for key in ("rate", "floor", "ceiling")}),
        regimes=_list(when.get("regime")),
        period_kinds=_list(when.get("period_kind")),
        weekdays=_list(when.get("weekday")),
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
    }
    spans = {
        key: when[key] if isinstance(when.get(key), Mapping) else {} for key in COUNTS
    }
    return Supplement(
        effect=effect.get(method, ""),
        value=value.lstrip("+-"),
        code=each.get("code", ""),
        label=each.get("label", ""),
        bookings=_list(when.get("booking")),
        residences=_list(when.get("residence")),
        per=each.get("per", ""),
        child_rank_until=spans["child_rank"].get("until"),
        **{key: span.get("from") for key, span in spans.items()},
        regimes=_list(when.get("regime")),
        period_kinds=_list(when.get("period_kind")),
        weekdays=_list(when.get("weekday")),
    )


def _without_tables(rules: Sequence[Rules]) -> Iterator[Rules]:
    """Write a table that prices every residence as one line for each price."""
    for rule in rules:
        amounts = rule.get("amounts", {})
        if rule.get("method") != "table" or set(amounts) != set(Residence):
            yield rule
            continue
        by_amount: dict[str, list[str]] = {}
        for residence, amount in amounts.items():
            by_amount.setdefault(str(amount), []).append(residence)
        kept = {k: v for k, v in rule.items() if k not in {"by", "amounts", "method"}}
        for number, (amount, residences) in enumerate(by_amount.items(), start=1):
            when = {**rule.get("when", {}), "residence": residences}
            code = f"{rule['code']}-{number}"
            yield kept | {
                "code": code,
                "when": when,
                "method": "fixed",
                "amount": amount,
            }


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
    if key in {"residence", "situation", "variant", "booking", *CODES}:
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
