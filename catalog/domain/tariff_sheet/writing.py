"""Write a sheet as the data of a tariff."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from catalog.domain.tariff_sheet.values import (
    CODES,
    COUNTS,
    PARTS,
    Ceiling,
    Line,
    Sheet,
    Supplement,
)

_SIGNED = {
    "add": ("amount", ""),
    "take": ("amount", "-"),
    "add_percent": ("percent", ""),
    "take_percent": ("percent", "-"),
}


def rules_of(sheet: Sheet) -> dict[str, Any]:
    """Write a sheet as the data of a tariff; codes are made where they miss."""
    rules: dict[str, Any] = {"currency": sheet.currency, "unit": sheet.unit}
    if defaults := _defaults(sheet):
        rules["defaults"] = defaults
    if sheet.count:
        rules["count"] = dict(sheet.count)
    rules["rules"] = [
        rule_of(line, code)
        for line, code in zip(sheet.lines, _line_codes(sheet.lines), strict=True)
    ]
    if sheet.supplements:
        codes = _codes(
            [(each.code, each.label) for each in sheet.supplements], "change"
        )
        rules["adjustments"] = [
            adjustment_of(each, code)
            for each, code in zip(sheet.supplements, codes, strict=True)
        ]
    if sheet.ceilings:
        rules["caps"] = _caps(sheet.ceilings)
    for key in ("round_unit_to", "round_to"):
        if getattr(sheet, key):
            rules[key] = getattr(sheet, key)
    rules["split"] = shares_of({part: getattr(sheet, part) for part in PARTS})
    return {**rules, **sheet.more}


def shares_of(shares: Mapping[str, str]) -> dict[str, str]:
    """Return the shares that are not zero."""
    return {part: share for part, share in shares.items() if _filled(share)}


def _caps(ceilings: Sequence[Ceiling]) -> list[dict[str, Any]]:
    codes = _codes([(each.code, each.label) for each in ceilings], "ceiling")
    return [_cap_of(each, code) for each, code in zip(ceilings, codes, strict=True)]


def _cap_of(each: Ceiling, code: str) -> dict[str, Any]:
    cap: dict[str, Any] = {"code": code, "label": each.label, "amount": each.amount}
    cap |= {"period": each.period, "per": each.per}
    return cap | ({"activities": list(each.activities)} if each.activities else {})


def _defaults(sheet: Sheet) -> dict[str, Any]:
    residence = sheet.default_residence
    return {**({"residence": residence} if residence else {}), **sheet.defaults}


def rule_of(line: Line, code: str) -> dict[str, Any]:
    """Write one line as a rule of the tariff."""
    if line.kept is not None:
        return {**line.kept, "code": code}
    rule: dict[str, Any] = {"code": code}
    if line.label:
        rule["label"] = line.label
    if when := _when_of(line):
        rule["when"] = when
    rule["method"] = line.method
    rule |= _METHODS.get(line.method, _amount)(line)
    if line.without_quotient and line.method in BY_QUOTIENT:
        rule["without_quotient"] = line.without_quotient
    own = {"split": dict(line.split), "count": dict(line.count)}
    return rule | {key: each for key, each in own.items() if each}


def _when_of(source: Line | Supplement) -> dict[str, Any]:
    named = {key: list(getattr(source, name)) for key, name in CODES.items()}
    when: dict[str, Any] = {key: codes for key, codes in named.items() if codes}
    for span in source.spans:
        bounds = {key: span[key] for key in ("from", "until") if key in span}
        when.setdefault(span["fact"], {}).update(bounds)
    return when


def _amount(line: Line) -> dict[str, Any]:
    return {"amount": line.amount}


def _grid(line: Line) -> dict[str, Any]:
    return {**_columns(line), "bands": [dict(band) for band in line.bands]}


def _bands_of_fact(line: Line) -> dict[str, Any]:
    bounds = ("from", "until")
    bands = [
        {key: _whole(each) if key in bounds else each for key, each in band.items()}
        for band in line.bands
    ]
    return {"of": line.of, **_grid(line), "bands": bands}


def _whole(value: Any) -> Any:
    """Write a bound as a whole number; anything else is left to be refused."""
    return int(value) if str(value).isdigit() else value


def _effort(line: Line) -> dict[str, Any]:
    bounds = {"floor": line.floor, "ceiling": line.ceiling}
    rates = [rate.strip() for rate in line.rate.split("/")]
    named: dict[str, Any] = {"rate": line.rate}
    if line.columns or len(rates) > 1:
        named = {**_columns(line), "rates": rates}
    return named | {key: bound for key, bound in bounds.items() if bound}


def _columns(line: Line) -> dict[str, str]:
    return {"columns": line.columns} if line.columns else {}


_METHODS: Mapping[str, Callable[[Line], dict[str, Any]]] = {
    "quotient_bands": _grid,
    "bands": _bands_of_fact,
    "effort_rate": _effort,
    "by_child": lambda line: {**_columns(line), "amounts": list(line.amounts)},
    "effort_bands": lambda line: {
        **_columns(line),
        "bands": [dict(each) for each in line.rates],
    },
    "table": lambda line: {
        "by": line.by,
        "amounts": {each["code"]: each["amount"] for each in line.prices},
    },
    "linear": lambda line: {"points": [dict(each) for each in line.points]},
    "session_amount": lambda line: (
        {"otherwise": line.otherwise} if line.otherwise else {}
    ),
}
BY_QUOTIENT = frozenset({"quotient_bands", "effort_rate", "effort_bands", "linear"})


def adjustment_of(each: Supplement, code: str) -> dict[str, Any]:
    """Write one supplement or reduction as an adjustment of the tariff."""
    if each.kept is not None:
        return {**each.kept, "code": code}
    adjustment: dict[str, Any] = {"code": code}
    if each.label:
        adjustment["label"] = each.label
    when = _when_of(each)
    for key in COUNTS:
        if getattr(each, key) is not None:
            when.setdefault(key, {})["from"] = getattr(each, key)
    if each.child_rank_until is not None:
        when.setdefault("child_rank", {})["until"] = each.child_rank_until
    if when:
        adjustment["when"] = when
    return adjustment | _effect_of(each)


def _effect_of(each: Supplement) -> dict[str, Any]:
    if each.effect == "free":
        return {"method": "zero"}
    if each.effect == "band_below":
        return {"method": "band_below", "bands": _whole(each.value or 1)}
    if each.effect == "limit":
        limits = {"at_least": each.floor, "at_most": each.ceiling}
        limits["per"] = each.per
        return {"method": "limit", **{key: one for key, one in limits.items() if one}}
    method, sign = _SIGNED.get(each.effect, (each.effect, ""))
    key = "percent" if method == "percent" else "amount"
    effect = {"method": method, key: f"{sign}{each.value}"}
    if each.per and method != "percent":
        effect["per"] = each.per
    return effect


def _filled(share: str) -> bool:
    return bool(share) and share.strip("0.") != ""


def _line_codes(lines: Sequence[Line]) -> list[str]:
    """Make the code of each line from its name, or from whom it is for."""
    wished = [
        (line.code, line.label or " ".join([*line.residences[:2], *line.variants[:1]]))
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
