"""Write amounts as families read them. Amounts are minor units of two decimals."""

SIGNS = {"eur": "€", "cad": "$", "usd": "$", "gbp": "£", "chf": "CHF"}
NO_BREAK, NARROW = "\u00a0", "\u202f"


def shown(amount: int, currency: str, language: str) -> str:
    """Return `1 234,50 €` in French, `€1,234.50` in English."""
    units, cents = divmod(amount, 100)
    sign = SIGNS.get(currency, currency.upper())
    if language == "fr":
        return f"{units:,}".replace(",", NARROW) + f",{cents:02}{NO_BREAK}{sign}"
    gap = NO_BREAK if len(sign) > 1 else ""
    return f"{sign}{gap}{units:,}.{cents:02}"
