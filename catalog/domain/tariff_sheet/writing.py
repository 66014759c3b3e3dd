"""Write a sheet as the data of a tariff."""

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

from catalog.domain.tariff_sheet.values import COUNTS, PARTS, Line, Sheet, Supplement

_SIGNED = {
    "add": ("amount", ""),
    "take": ("amount", "-"),
    "add_percent": ("percent", ""),
    "take_percent": ("percent", "-"),
}


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
    for key in COUNTS:
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
