"""Write a grid as it is typed: one band a line, with the decimal sign given."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from catalog.domain.pasted.values import write_bound

Bands = Sequence[Mapping[str, Any]]


def write_bands(bands: Bands, *, mark: str = ".", of: str = "quotient") -> str:
    """Write a grid of prices; `of` is the fact whose bands they are."""
    lowest = "0" if of == "quotient" else ""
    return _write(
        (
            [
                _bound(of, band.get("from", lowest), mark),
                _bound(of, band.get("until", ""), mark),
                *_marked(band.get("amounts") or [band.get("amount", "")], mark),
            ]
            for band in bands
        ),
    )


def write_rates(bands: Bands, *, mark: str = ".") -> str:
    """Write a grid of rates."""
    return _write(
        _marked(
            [
                band.get("from", "0"),
                band.get("until", ""),
                " / ".join(band.get("rates") or [band.get("rate", "")]),
                band.get("floor", ""),
                band.get("ceiling", ""),
            ],
            mark,
        )
        for band in bands
    )


def write_points(points: Bands, *, mark: str = ".") -> str:
    """Write a scale."""
    return _write(_marked([each["quotient"], each["amount"]], mark) for each in points)


def write_codes(prices: Bands, *, names: Mapping[str, str], mark: str = ".") -> str:
    """Write a table; `names` gives the name of each code that has one."""
    return _write(
        [names.get(each["code"], each["code"]), *_marked([each["amount"]], mark)]
        for each in prices
    )


def write_amounts(amounts: Bands, *, mark: str = ".") -> str:
    """Write the prices of the first child, the next..."""
    return _write(_marked(each["amounts"], mark) for each in amounts)


def _bound(of: str, value: Any, mark: str) -> str:
    shown = write_bound(of, value)
    return shown.replace(".", mark)


def _marked(values: Sequence[object], mark: str) -> list[str]:
    return [str(value).replace(".", mark) for value in values]


def _write(rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(" ; ".join(row).strip() for row in rows)
