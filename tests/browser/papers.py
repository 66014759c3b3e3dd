"""Papers as families have them: a scan, a photo of a phone."""

import io
from pathlib import Path

import pikepdf
from PIL import Image, ImageDraw


def pdf(folder: Path) -> Path:
    """Return a one-page PDF."""
    file = folder / "justificatif.pdf"
    document = pikepdf.new()
    document.add_blank_page(page_size=(595, 842))
    document.save(file)
    return file


def photo(folder: Path) -> Path:
    """Return a photo that still says where it was taken."""
    file = folder / "IMG_2041.jpg"
    picture = Image.new("RGB", (1600, 1200), "#e8e2d4")
    ImageDraw.Draw(picture).text((200, 200), "Assurance scolaire", fill="black")
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (50.0, 45.0, 0.0)}  # Where the phone was.
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif)
    file.write_bytes(out.getvalue())
    return file
