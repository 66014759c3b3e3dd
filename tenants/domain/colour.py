"""Colours and how well they stand out from each other, by the WCAG 2.2 formula."""

from dataclasses import dataclass
from decimal import Decimal
from re import fullmatch


class InvalidColourError(ValueError):
    """The colour is not written as `#rrggbb`."""


@dataclass(frozen=True, slots=True)
class Colour:
    """An opaque sRGB colour, each channel from 0 to 255."""

    red: int
    green: int
    blue: int

    @classmethod
    def parse(cls, text: str) -> "Colour":
        """Read `#0f5c63` or `#abc`; raises InvalidColourError."""
        digits = text.strip().lower()
        if fullmatch("#[0-9a-f]{3}", digits):
            digits = "#" + "".join(2 * digit for digit in digits[1:])
        if not fullmatch("#[0-9a-f]{6}", digits):
            raise InvalidColourError(f"{text!r} is not a colour like #0f5c63")
        return cls(int(digits[1:3], 16), int(digits[3:5], 16), int(digits[5:7], 16))

    def __str__(self) -> str:
        """Write the colour as stylesheets do."""
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"

    def mixed(self, other: "Colour", percent: int) -> "Colour":
        """Return the colour with `percent` of `other` in it."""

        def channel(mine: int, theirs: int) -> int:
            return (mine * (100 - percent) + theirs * percent + 50) // 100

        return Colour(
            channel(self.red, other.red),
            channel(self.green, other.green),
            channel(self.blue, other.blue),
        )

    @property
    def vivid(self) -> "Colour":
        """The same hue, as bright as the screen can show it."""
        peak = max(self.red, self.green, self.blue)
        if peak == 0:
            return WHITE
        return Colour(
            self.red * 255 // peak, self.green * 255 // peak, self.blue * 255 // peak
        )


BLACK = Colour(0, 0, 0)
WHITE = Colour(255, 255, 255)


def contrast(one: Colour, other: Colour) -> Decimal:
    """Return the WCAG contrast ratio, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + _FLARE) / (darker + _FLARE)


def _linear(channel: int) -> Decimal:
    """Undo the gamma of one sRGB channel (IEC 61966-2-1, as WCAG quotes it)."""
    share = Decimal(channel) / 255
    if share <= Decimal("0.04045"):
        return share / Decimal("12.92")
    return ((share + Decimal("0.055")) / Decimal("1.055")) ** Decimal("2.4")


def _luminance(colour: Colour) -> Decimal:
    return (
        Decimal("0.2126") * _LINEAR[colour.red]
        + Decimal("0.7152") * _LINEAR[colour.green]
        + Decimal("0.0722") * _LINEAR[colour.blue]
    )


_FLARE = Decimal("0.05")
_LINEAR = tuple(_linear(channel) for channel in range(256))
