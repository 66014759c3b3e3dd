"""Papers that demo families hand in: a picture that says what it stands for."""

import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from foundation.uploads.cleaning import CleanFile, clean_upload

PAGE = (1000, 1400)
# The portal's own letters: those of the picture library have no accents.
LETTERS = Path(__file__).parents[1] / "static" / "build" / "fonts" / "figtree.woff2"
MEDIUM = 500


def paper(title: str, name: str, day: str) -> CleanFile:
    """Return a checked picture with a title, a person's name and a day."""
    picture = Image.new("RGB", PAGE, "#fbfaf6")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((60, 60, 940, 1340), outline="#9aa3ab", width=4)
    lines = (("EXEMPLE", 34, 120), (title, 46, 220), (name, 40, 330), (day, 34, 410))
    for text, size, height in lines:
        pen.text((120, height), text, fill="#26303a", font=_letters(size))
    for height in range(560, 1200, 70):
        pen.line((120, height, 880, height), fill="#d8d4ca", width=6)
    content = io.BytesIO()
    picture.save(content, "JPEG", quality=80)
    return clean_upload(content.getvalue(), declared_name="document.jpg")


def _letters(size: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(LETTERS, size)
    font.set_variation_by_axes([MEDIUM])
    return font
