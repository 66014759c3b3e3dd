"""Read the data of a tariff back as a sheet, when a sheet can say all of it."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from catalog.domain.prices.context import Residence
from catalog.domain.tariff_sheet.values import COUNTS, PARTS, Line, Sheet, Supplement
from catalog.domain.tariff_sheet.writing import rules_of

Rules = Mapping[str, Any]


def sheet_of(rules: Rules) -> Sheet | None:
    """Read sound rules as a sheet, or return None when it cannot say all of them."""
    expanded = {**rules, "rules": list(_without_tables(rules.get("rules", [])))}
    split = rules.get("split", {})
    sheet = Sheet(
        currency=rules.get("currency", ""),
        unit=rules.get("unit", ""),
        lines=tuple(_line_of(rule) for rule in expanded["rules"]),
        supplements=tuple(
            _supplement_of(each) for each in rules.get("adjustments", [])
        ),
        default_residence=rules.get("defaults", {}).get("residence", ""),
        round_to=rules.get("round_to", ""),
        **{part: str(split.get(part, "")) for part in PARTS},
    )
    same = _canonical(rules_of(sheet)) == _canonical(expanded)
    return sheet if same else None


def _line_of(rule: Rules) -> Line:
    when = rule.get("when", {})
    variants = _list(when.get("variant"))
    return Line(
        method=rule.get("method", ""),
        code=rule.get("code", ""),
        label=rule.get("label", ""),
        residences=_list(when.get("residence")),
        situations=_list(when.get("situation")),
        variant=variants[0] if len(variants) == 1 else "",
        amount=str(rule.get("amount", "")),
        bands=tuple(
            {key: str(value) for key, value in band.items()}
            for band in rule.get("bands", [])
        ),
        without_quotient=rule.get("without_quotient", ""),
        **{key: str(rule.get(key, "")) for key in ("rate", "floor", "ceiling")},
    )


def _supplement_of(each: Rules) -> Supplement:
    when = each.get("when", {})
    method = each.get("method", "")
    value = str(each.get("percent" if method == "percent" else "amount", ""))
    is_less = value.startswith("-")
    effect = {
        "amount": "take" if is_less else "add",
        "percent": "take_percent" if is_less else "add_percent",
        "replace": "replace",
        "zero": "free",
    }
    counts = {
        key: when[key].get("from") if isinstance(when.get(key), Mapping) else None
        for key in COUNTS
    }
    return Supplement(
        effect=effect.get(method, ""),
        value=value.lstrip("+-"),
        code=each.get("code", ""),
        label=each.get("label", ""),
        bookings=_list(when.get("booking")),
        residences=_list(when.get("residence")),
        per=each.get("per", ""),
        **counts,
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
    if key in {"residence", "situation", "variant", "booking"}:
        return sorted(_list(value))
    if isinstance(value, list | tuple):
        return [_canonical(each) for each in value]
    try:
        return str(Decimal(str(value)).normalize())
    except ArithmeticError:
        return value


def _is_default(key: str, value: Any) -> bool:
    defaults: dict[str, tuple[Any, ...]] = {
        "without_quotient": ("highest_band", "ceiling"),
        "round_to": ("0.01",),
        "per": ("total",),
        "from": ("0",),
        "floor": ("0",),
        "defaults": ({},),
        "adjustments": ([],),
    }
    return value in defaults.get(key, ()) or (key in PARTS and value == "0")


def _list(codes: Any) -> tuple[str, ...]:
    if codes is None:
        return ()
    return (codes,) if isinstance(codes, str) else tuple(codes)
