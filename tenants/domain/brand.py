"""A town's colours, in light and in dark, readable on every component.

A town gives one brand colour and, if it likes, an accent. All other shades are
computed here, and a colour that people could not see on our pages is refused with
the nearest one that works. Ratios are those of WCAG 2.2: 4.5 for text, 3 for the
edges of controls.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from decimal import Decimal
from hashlib import sha256

from tenants.domain.colour import BLACK, WHITE, Colour, contrast

TEXT_RATIO = Decimal("4.5")
CONTROL_RATIO = Decimal(3)


class BrandContrastError(ValueError):
    """The brand colour is too pale for our pages.

    `suggestion` is the nearest colour that passes, `ratio` the worst contrast of
    the refused one and `needed` the ratio it must reach.
    """

    def __init__(self, colour: Colour, suggestion: Colour, ratio: Decimal) -> None:
        """Keep what the form needs to say it in the town's language."""
        self.colour = colour
        self.suggestion = suggestion
        self.ratio = ratio
        self.needed = CONTROL_RATIO
        super().__init__(
            f"{colour} is too pale: its contrast is {ratio} and must be at least "
            f"{self.needed}. Choose {suggestion} or a darker colour."
        )


@dataclass(frozen=True, slots=True)
class Ground:
    """The neutral colours of a mode, the same as in the stylesheet's tokens."""

    page: Colour
    surface: Colour
    sunken: Colour
    text: Colour
    muted: Colour
    stands_out: Decimal  # The contrast of controls; in the dark, 3 looks dull.
    soft: int  # Percent of brand in the tinted ground.


LIGHT = Ground(
    page=Colour.parse("#f8f5ef"),
    surface=WHITE,
    sunken=Colour.parse("#f0ebe2"),
    text=Colour.parse("#211d2b"),
    muted=Colour.parse("#5d5768"),
    stands_out=CONTROL_RATIO,
    soft=9,
)
DARK = Ground(
    page=Colour.parse("#15131b"),
    surface=Colour.parse("#1f1c28"),
    sunken=Colour.parse("#2a2634"),
    text=Colour.parse("#f3eff7"),
    muted=Colour.parse("#bbb4c6"),
    stands_out=Decimal(5),
    soft=16,
)


@dataclass(frozen=True, slots=True)
class Shades:
    """What one mode uses: each field becomes a `--preau-...` property."""

    brand: Colour
    brand_text: Colour
    brand_hover: Colour
    brand_soft: Colour
    link: Colour
    link_hover: Colour
    focus: Colour
    accent: Colour
    accent_text: Colour
    accent_line: Colour


@dataclass(frozen=True, slots=True)
class BrandTheme:
    """A town's accepted colours."""

    light: Shades
    dark: Shades


@dataclass(frozen=True, slots=True)
class Pair:
    """Two colours that meet in a component, and the contrast they need."""

    front: Colour
    back: Colour
    needed: Decimal

    @property
    def passes(self) -> bool:
        """Tell whether people can tell the two apart."""
        return contrast(self.front, self.back) >= self.needed


def check_brand(colour: str, accent: str | None = None) -> BrandTheme:
    """Compute a town's theme from its colours.

    The accent only decorates, and carries a meaning through a shade computed from
    it: any accent will do, and without one a lighter brand serves. Raises
    InvalidColourError and BrandContrastError.
    """
    brand = Colour.parse(colour)
    second = Colour.parse(accent) if accent else brand.mixed(WHITE, 45)
    if not _shows(brand, LIGHT):
        worst = min(contrast(brand, back) for back in _backs(LIGHT))
        nearest = _first(_away(brand, LIGHT), lambda shade: _shows(shade, LIGHT))
        raise BrandContrastError(brand, nearest, worst.quantize(Decimal("0.01")))
    return BrandTheme(
        light=_shades(brand, second, LIGHT), dark=_shades(brand, second, DARK)
    )


def component_pairs(shades: Shades, ground: Ground) -> Iterator[Pair]:
    """Yield every pair of colours that our components put together."""
    backs = (*_backs(ground), shades.brand_soft)
    for back in backs:
        for text in (shades.link, shades.link_hover, ground.text, ground.muted):
            yield Pair(text, back, TEXT_RATIO)
        yield Pair(shades.focus, back, CONTROL_RATIO)
    for back in _backs(ground):
        for control in (shades.brand, shades.brand_hover, shades.accent_line):
            yield Pair(control, back, CONTROL_RATIO)
    for fill in (shades.brand, shades.brand_hover):
        yield Pair(shades.brand_text, fill, TEXT_RATIO)
    yield Pair(shades.accent_text, shades.accent, TEXT_RATIO)


def theme_css(theme: BrandTheme) -> str:
    """Write the town's stylesheet: light, dark by the device, dark by choice."""
    light, dark = _properties(theme.light), _properties(theme.dark)
    return (
        f":root{{{light}}}\n"
        "@media (prefers-color-scheme:dark){"
        f':root:not([data-appearance="light"]){{{dark}}}}}\n'
        f':root[data-appearance="dark"]{{{dark}}}\n'
    )


def theme_hash(theme: BrandTheme) -> str:
    """Return twelve letters that change with the stylesheet, for its address."""
    return sha256(theme_css(theme).encode()).hexdigest()[:12]


def _shades(colour: Colour, accent: Colour, ground: Ground) -> Shades:
    def shows(shade: Colour) -> bool:
        return _shows(shade, ground)

    brand = _first(_away(colour, ground), shows)
    text = _text_on(brand)
    soft = ground.surface.mixed(brand, ground.soft)

    def reads(shade: Colour) -> bool:
        backs = (*_backs(ground), soft)
        return all(contrast(shade, back) >= TEXT_RATIO for back in backs)

    link = _first(_away(brand, ground), reads)
    return Shades(
        brand=brand,
        brand_text=text,
        brand_hover=_hover(brand, text, ground),
        brand_soft=soft,
        link=link,
        link_hover=link.mixed(ground.text, 35),
        focus=link,
        accent=accent,
        accent_text=_text_on(accent),
        accent_line=_first(_away(accent, ground), shows),
    )


def _hover(brand: Colour, text: Colour, ground: Ground) -> Colour:
    """Return a brand that moves under the pointer; `brand` when it cannot."""
    ways = (BLACK, WHITE) if ground is LIGHT else (WHITE, BLACK)
    tries = (brand.mixed(way, percent) for percent in (16, 8) for way in ways)
    return next(
        (
            shade
            for shade in tries
            if _shows(shade, ground) and contrast(text, shade) >= TEXT_RATIO
        ),
        brand,
    )


def _text_on(fill: Colour) -> Colour:
    """Return white or black: one of the two always reads on a plain colour."""
    return WHITE if contrast(WHITE, fill) >= TEXT_RATIO else BLACK


def _shows(colour: Colour, ground: Ground) -> bool:
    """Tell whether a control of this colour stands out from the ground."""
    return all(contrast(colour, back) >= ground.stands_out for back in _backs(ground))


def _away(colour: Colour, ground: Ground) -> Iterator[Colour]:
    """Yield shades farther and farther from the ground: darker, or brighter."""
    if ground is LIGHT:
        stages = [(colour, BLACK)]
    else:
        stages = [(colour, colour.vivid), (colour.vivid, WHITE)]
    for start, end in stages:
        yield from (start.mixed(end, percent) for percent in range(101))


def _first(shades: Iterable[Colour], passes: Callable[[Colour], bool]) -> Colour:
    return next(shade for shade in shades if passes(shade))


def _backs(ground: Ground) -> tuple[Colour, Colour, Colour]:
    return (ground.page, ground.surface, ground.sunken)


def _properties(shades: Shades) -> str:
    return "".join(
        f"--preau-{field.name.replace('_', '-')}:{getattr(shades, field.name)};"
        for field in fields(shades)
    )
