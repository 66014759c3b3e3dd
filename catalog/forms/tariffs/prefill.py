"""What the forms of a version start from: a sheet, and the town's own words."""

from dataclasses import asdict
from typing import Any

from catalog.domain.tariff_sheet import DEFAULTED, PARTS, Line, Sheet, Supplement
from catalog.models import Situation


def of_line(line: Line) -> dict[str, Any]:
    """Return the fields of a price."""
    shares = {part: line.split.get(part, "") for part in PARTS}
    amounts = [{"amounts": line.amounts}] if line.amounts else ""
    return {**asdict(line), **_counted(line.count), **shares, "amounts": amounts}


def of_supplement(each: Supplement) -> dict[str, Any]:
    """Return the fields of a supplement; the last child is included there."""
    until = each.child_rank_until
    last = None if until is None else until - 1
    return {**asdict(each), "child_rank_last": last}


def of_whole(sheet: Sheet) -> dict[str, Any]:
    """Return the fields of the whole."""
    names = ("unit", "default_residence", "round_to", "round_unit_to", *PARTS)
    defaults = {f"default_{fact}": sheet.defaults.get(fact, "") for fact in DEFAULTED}
    plain = {name: getattr(sheet, name) for name in names}
    return plain | defaults | _counted(sheet.count)


def of_situations(sheet: Sheet) -> list[tuple[str, str]]:
    """Return the situations of the services, and those that the sheet names."""
    found = dict(Situation.objects.order_by("code").values_list("code", "name"))
    named = [code for line in sheet.lines for code in line.situations]
    named += [code for each in sheet.supplements for code in each.situations]
    for code in named:
        found.setdefault(code, code)
    if default := sheet.defaults.get("situation"):
        found.setdefault(str(default), str(default))
    return list(found.items())


def _counted(count: Any) -> dict[str, Any]:
    return {f"count_{name}": value for name, value in count.items()}


def of_variants(sheet: Sheet) -> list[str]:
    """Return the special cases that the sheet names."""
    named = [code for line in sheet.lines for code in line.variants]
    named += [code for each in sheet.supplements for code in each.variants]
    tables = [line for line in sheet.lines if line.by == "variant"]
    return named + [each["code"] for line in tables for each in line.prices]
