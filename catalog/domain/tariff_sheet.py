"""A tariff as staff fill it in: lines of prices, then supplements and reductions.

A sheet says the usual; `rules_of` writes it in the vocabulary of
docs/algorithms/prices.md. `sheet_of` reads rules back, or answers None when a sheet
cannot say them: they are then edited as they are. Nothing here checks the rules:
`parse_tariff` does, and `place_of` leads its problems back to the sheet.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from catalog.domain.prices.context import Residence

Rules = Mapping[str, Any]
PARTS = ("care", "meal", "other")
EFFECTS = ("add", "take", "add_percent", "take_percent", "replace", "free")
_SIGNED = {"add": ("amount", ""), "take": ("amount", "-")}
_SIGNED |= {"add_percent": ("percent", ""), "take_percent": ("percent", "-")}
_COUNTS = ("child_rank", "children_registered", "occurrence")
_RULE = re.compile(r"(rules|adjustments)\[(\d+)\](?:\.(\w+))?(?:\[(\d+)\])?")


@dataclass(frozen=True, slots=True)
class Line:
    """One price: for whom, and how it is found. Empty means everybody."""

    method: str
    code: str = ""
    label: str = ""
    residences: tuple[str, ...] = ()
    situations: tuple[str, ...] = ()
    variant: str = ""
    amount: str = ""
    bands: tuple[Mapping[str, str], ...] = ()
    without_quotient: str = ""
    rate: str = ""
    floor: str = ""
    ceiling: str = ""


@dataclass(frozen=True, slots=True)
class Supplement:
    """What changes the price: when, and by how much. Values are never negative."""

    effect: str
    value: str = ""
    code: str = ""
    label: str = ""
    bookings: tuple[str, ...] = ()
    residences: tuple[str, ...] = ()
    child_rank: int | None = None
    children_registered: int | None = None
    occurrence: int | None = None
    per: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole tariff; shares are in percent."""

    currency: str
    unit: str
    lines: tuple[Line, ...]
    supplements: tuple[Supplement, ...] = ()
    default_residence: str = ""
    round_to: str = ""
    care: str = ""
    meal: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a problem of the rules stands in the sheet.

    `part` is "lines", "supplements" or "sheet"; `band` counts from 0.
    """

    part: str
    index: int = 0
    field: str = ""
    band: int | None = None


def rules_of(sheet: Sheet) -> dict[str, Any]:
    """Write a sheet as the data of a tariff; codes are made where they miss."""
    rules: dict[str, Any] = {"currency": sheet.currency, "unit": sheet.unit}
    if sheet.default_residence:
        rules["defaults"] = {"residence": sheet.default_residence}
    rules["rules"] = [
        _rule_of(line, code)
        for line, code in zip(sheet.lines, _line_codes(sheet.lines), strict=True)
    ]
    if sheet.supplements:
        codes = _codes(
            [(each.code, each.label) for each in sheet.supplements], "change"
        )
        rules["adjustments"] = [
            _adjustment_of(each, code)
            for each, code in zip(sheet.supplements, codes, strict=True)
        ]
    if sheet.round_to:
        rules["round_to"] = sheet.round_to
    rules["split"] = {
        part: getattr(sheet, part) for part in PARTS if _filled(getattr(sheet, part))
    }
    return rules


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


def place_of(path: str) -> Place:
    """Return where a path of the rules is filled in: `rules[1].bands[0].from`."""
    found = _RULE.match(path)
    if found is None:
        key = path.partition(".")[0]
        return Place("sheet", field="care" if key == "split" else key)
    part = "lines" if found[1] == "rules" else "supplements"
    field, band = found[3] or "", found[4]
    names = {"percent": "value", "when": "label", "code": "label"}
    if part == "supplements":
        names["amount"] = "value"
    return Place(
        part,
        int(found[2]),
        names.get(field, field),
        None if band is None else int(band),
    )


def _rule_of(line: Line, code: str) -> dict[str, Any]:
    rule: dict[str, Any] = {"code": code}
    if line.label:
        rule["label"] = line.label
    when = {
        "residence": list(line.residences),
        "situation": list(line.situations),
        "variant": [line.variant] if line.variant else [],
    }
    if any(when.values()):
        rule["when"] = {key: codes for key, codes in when.items() if codes}
    rule["method"] = line.method
    if line.method == "quotient_bands":
        rule["bands"] = [dict(band) for band in line.bands]
    elif line.method == "effort_rate":
        keys = ("rate", "floor", "ceiling")
        rule |= {key: getattr(line, key) for key in keys if getattr(line, key)}
    else:
        rule["amount"] = line.amount
    if line.without_quotient and line.method != "fixed":
        rule["without_quotient"] = line.without_quotient
    return rule


def _adjustment_of(each: Supplement, code: str) -> dict[str, Any]:
    adjustment: dict[str, Any] = {"code": code}
    if each.label:
        adjustment["label"] = each.label
    when: dict[str, Any] = {}
    if each.bookings:
        when["booking"] = list(each.bookings)
    if each.residences:
        when["residence"] = list(each.residences)
    for key in _COUNTS:
        if getattr(each, key) is not None:
            when[key] = {"from": getattr(each, key)}
    if when:
        adjustment["when"] = when
    return adjustment | _effect_of(each)


def _effect_of(each: Supplement) -> dict[str, Any]:
    if each.effect == "free":
        return {"method": "zero"}
    method, sign = _SIGNED.get(each.effect, (each.effect, ""))
    key = "percent" if method == "percent" else "amount"
    effect = {"method": method, key: f"{sign}{each.value}"}
    if each.per and method != "percent":
        effect["per"] = each.per
    return effect


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
        for key in _COUNTS
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


def _filled(share: str) -> bool:
    return bool(share) and share.strip("0.") != ""


def _line_codes(lines: Sequence[Line]) -> list[str]:
    """Make the code of each line from its name, or from whom it is for."""
    wished = [
        (line.code, line.label or " ".join([*line.residences[:2], line.variant]))
        for line in lines
    ]
    return _codes(wished, "price")


def _codes(wished: Sequence[tuple[str, str]], fallback: str) -> list[str]:
    codes: list[str] = []
    for code, words in wished:
        base = code or _slug(words) or fallback
        tries = (base, *(f"{base}-{number}" for number in range(2, 1000)))
        codes.append(next(each for each in tries if each not in codes))
    return codes


def _slug(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:50].strip("-")


def blank_sheet(currency: str) -> Sheet:
    """Return what a first version starts from: residents and the others."""
    resident = Line("quotient_bands", residences=(Residence.RESIDENT,))
    outside = replace(resident, method="fixed", residences=())
    return Sheet(currency, "meal", (resident, outside), meal="100")
