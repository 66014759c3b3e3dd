"""Logos of the demo's towns: a mark in the town's own colours, drawn here."""

import io
from unicodedata import normalize

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont

from tenants.townhall.models import TownSettings
from tenants.townhall.queries import forget_town_settings

SIZE = (360, 180)


def give_logos(settings: TownSettings) -> None:
    """Draw both logos of a town that has two names; the others keep their name."""
    if not settings.second_name or settings.second_logo:
        return
    accent = settings.accent_colour or settings.brand_colour
    settings.logo.save("town.png", _mark(settings.name, settings.brand_colour))
    settings.second_logo.save("body.png", _mark(settings.second_name, accent))
    forget_town_settings()


def _mark(name: str, colour: str) -> ContentFile[bytes]:
    """Draw the first letters of a name on its colour, under a wave."""
    picture = Image.new("RGB", SIZE, colour)
    pen = ImageDraw.Draw(picture)
    # The picture's own letters have no accents.
    plain = normalize("NFD", name).encode("ascii", "ignore").decode()
    letters = "".join(word[0] for word in plain.split() if word[0].isupper())[:2]
    pen.text(
        (SIZE[0] / 2, SIZE[1] / 2 - 12),
        letters,
        fill="#ffffff",
        font=ImageFont.load_default(96),
        anchor="mm",
    )
    for start in range(-30, SIZE[0], 60):
        pen.arc((start, 138, start + 60, 170), 0, 180, fill="#ffffff", width=6)
    content = io.BytesIO()
    picture.save(content, "PNG")
    return ContentFile(content.getvalue())
