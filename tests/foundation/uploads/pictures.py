"""Pictures made by code: honest ones, and hostile ones."""

import io
import struct
import zlib

import pillow_heif
from PIL import Image, PngImagePlugin

from tests.foundation.uploads.words import HTML, PHP, SCRIPT, ZIP

pillow_heif.register_heif_opener()

CAMERA = "PreauTestCamera"


def draw(mode="RGB", size=(64, 48)):
    """Draw a gradient, so that rotation and scale can be seen."""
    ramp = Image.linear_gradient("L").resize(size)
    return Image.merge("RGB", (ramp, ramp.rotate(180), ramp)).convert(mode)


def encode(picture, form, **options):
    target = io.BytesIO()
    picture.save(target, form, **options)
    return target.getvalue()


def exif_with_position(orientation=1):
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = CAMERA
    position = exif.get_ifd(0x8825)
    position[1], position[2] = "N", (48.0, 51.0, 24.0)
    position[3], position[4] = "E", (2.0, 21.0, 3.0)
    return exif


def chunk(kind, data):
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def png_bomb(width, height):
    """Declare enormous dimensions with about a kilobyte of zeros."""
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    zeros = zlib.compress(b"\0" * 1_000_000, 9)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zeros)
        + chunk(b"IEND", b"")
    )


def png_text_bomb():
    """Hide 50 MB of text in a compressed note."""
    note = b"Comment\0\0" + zlib.compress(b"a" * 50_000_000, 9)
    return PNG[:33] + chunk(b"zTXt", note) + PNG[33:]


def png_profile_bomb():
    """Hide 50 MB of colour profile."""
    profile = b"icc\0\0" + zlib.compress(b"a" * 50_000_000, 9)
    return PNG[:33] + chunk(b"iCCP", profile) + PNG[33:]


def png_notes():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", SCRIPT)
    notes.add_itxt("XML:com.adobe.xmp", SCRIPT)
    return encode(draw(), "PNG", pnginfo=notes)


def jpeg_resized_header(width, height):
    """Change the dimensions that the file declares, and nothing else."""
    start = JPEG.index(b"\xff\xc0") + 5
    return JPEG[:start] + struct.pack(">HH", height, width) + JPEG[start + 4 :]


def jpeg_scan_bomb():
    """Repeat the scans of a progressive picture."""
    picture = encode(draw(size=(2000, 2000)), "JPEG", progressive=True)
    scans = picture[picture.index(b"\xff\xda") : -2]
    return picture[:-2] + scans * (9_000_000 // len(scans)) + b"\xff\xd9"


JPEG = encode(draw(), "JPEG", quality=90)
PNG = encode(draw(), "PNG")
WEBP = encode(draw(), "WEBP")
HEIC = encode(draw(), "HEIF")


def honest():
    return {
        "jpeg": JPEG,
        "jpeg progressive": encode(draw(), "JPEG", progressive=True),
        "jpeg cmyk": encode(draw("CMYK"), "JPEG"),
        "jpeg grey": encode(draw("L"), "JPEG"),
        "jpeg with position": encode(draw(), "JPEG", exif=exif_with_position()),
        "png": PNG,
        "png palette": encode(draw("P"), "PNG"),
        "png transparent": encode(draw("RGBA"), "PNG"),
        "png grey 16 bits": encode(Image.new("I;16", (40, 30), 40_000), "PNG"),
        "png black and white": encode(draw("1"), "PNG"),
        "webp": WEBP,
        "webp with position": encode(draw(), "WEBP", exif=exif_with_position()),
        "webp moving": encode(
            draw(), "WEBP", save_all=True, append_images=[draw("L").convert("RGB")]
        ),
        "heic": HEIC,
        "heic with position": encode(draw(), "HEIF", exif=exif_with_position()),
    }


def neutralised():
    """Return pictures that hide something which must not survive."""
    broken_exif = b"Exif\0\0MM\0*\xff\xff\xff\xff" + SCRIPT.encode()
    return {
        "jpeg then html": JPEG + HTML,
        "jpeg then zip": JPEG + ZIP,
        "jpeg then php": JPEG + PHP,
        "jpeg with html in a comment": encode(draw(), "JPEG", comment=HTML),
        "jpeg with script in exif": encode(draw(), "JPEG", exif=broken_exif),
        "jpeg with script as profile": encode(
            draw(), "JPEG", icc_profile=SCRIPT.encode() * 10
        ),
        "png then zip": PNG + ZIP,
        "png then html": PNG + HTML,
        "png with notes": png_notes(),
        "png with an unknown chunk": PNG[:33] + chunk(b"prVt", HTML) + PNG[33:],
        "webp then html": WEBP + HTML,
        "heic then html": HEIC + HTML,
    }


def refused():
    return {
        "png bomb": (png_bomb(30_000, 30_000), "too_many_pixels"),
        "png long bomb": (png_bomb(2_000_000_000, 1), "too_many_pixels"),
        "png declares more than it has": (png_bomb(6_000, 6_000), "unreadable"),
        "png without width": (png_bomb(0, 10), "unreadable"),
        "jpeg declares 65500 square": (
            jpeg_resized_header(65_500, 65_500),
            "too_many_pixels",
        ),
        "jpeg without height": (jpeg_resized_header(64, 0), "unreadable"),
        "jpeg cut in its head": (JPEG[:100], "unreadable"),
        "jpeg cut in its picture": (JPEG[: len(JPEG) // 2 + 200], "unreadable"),
        "png cut": (PNG[: len(PNG) // 2], "unreadable"),
        "webp cut": (WEBP[: len(WEBP) // 2], "unreadable"),
        "heic cut": (HEIC[: len(HEIC) // 2], "unreadable"),
        "heic cut in its boxes": (HEIC[:60], "unreadable"),
        "heic brand on another content": (
            b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + HTML * 20,
            "unreadable",
        ),
        "gif": (encode(draw("P"), "GIF"), "wrong_kind"),
        "gif and script": (b"GIF89a/*" + SCRIPT.encode() + b"*/=0;", "wrong_kind"),
        "bmp": (encode(draw(), "BMP"), "wrong_kind"),
        "tiff": (encode(draw(), "TIFF"), "wrong_kind"),
        "avif": (encode(draw(), "AVIF"), "wrong_kind"),
        "ico": (encode(draw(), "ICO"), "wrong_kind"),
        "svg": (
            b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
            "wrong_kind",
        ),
        "html then jpeg": (HTML + JPEG, "wrong_kind"),
        "webp of sound": (b"RIFF\x24\0\0\0WAVEfmt " + bytes(40), "wrong_kind"),
    }
