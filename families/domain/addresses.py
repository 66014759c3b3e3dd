"""Small help with addresses: postal codes by country, slips in e-mail addresses."""

import re

_POSTAL_CODES = {
    "FR": re.compile(r"\d{5}"),
    "MC": re.compile(r"980\d{2}"),
    "DE": re.compile(r"\d{5}"),
    "US": re.compile(r"\d{5}(-\d{4})?"),
    "BE": re.compile(r"\d{4}"),
    "CH": re.compile(r"\d{4}"),
    "LU": re.compile(r"\d{4}"),
    "CA": re.compile(r"[ABCEGHJ-NPRSTVXY]\d[A-Z] \d[A-Z]\d"),
}

# Where most families receive their mail, in France and in Québec.
_USUAL_HOSTS = (
    *("gmail.com", "orange.fr", "wanadoo.fr", "free.fr", "sfr.fr", "laposte.net"),
    *("hotmail.com", "hotmail.fr", "outlook.com", "outlook.fr", "live.fr"),
    *("yahoo.fr", "yahoo.com", "yahoo.ca", "icloud.com", "bbox.fr", "neuf.fr"),
    *("videotron.ca", "bell.net", "sympatico.ca", "protonmail.com"),
)


def tidy_postal_code(text: str, country: str) -> str | None:
    """Return the postal code as the country writes it, or None if it is not one.

    A country without a known pattern accepts any text.
    """
    code = " ".join(text.upper().split())
    if country == "CA":
        joined = code.replace(" ", "")
        code = f"{joined[:3]} {joined[3:]}"
    elif country in _POSTAL_CODES:
        code = code.replace(" ", "")
    pattern = _POSTAL_CODES.get(country)
    return code if pattern is None or pattern.fullmatch(code) else None


def likely_address(email: str) -> str | None:
    """Return the address probably meant, or None when nothing looks like a slip.

    Only one letter away from a usual host counts: `gmial.com`, `orange.f`.
    """
    name, _at, host = email.strip().lower().rpartition("@")
    if not name or host in _USUAL_HOSTS:
        return None
    for usual in _USUAL_HOSTS:
        if _is_one_slip_away(host, usual):
            return f"{name}@{usual}"
    return None


def _is_one_slip_away(typed: str, meant: str) -> bool:
    """Tell whether one letter was changed, added, forgotten or swapped."""
    start = 0
    while start < min(len(typed), len(meant)) and typed[start] == meant[start]:
        start += 1
    rest, wanted = typed[start:], meant[start:]
    swapped = rest[1:2] + rest[:1] + rest[2:]
    return wanted in (rest[1:], swapped) or wanted[1:] in (rest, rest[1:])
