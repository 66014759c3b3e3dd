import io

import pytest
from PIL import Image, ImageChops, ImageOps

from foundation.uploads.kinds import Kind
from foundation.uploads.limits import JPEG_QUALITY, MAX_SIDE
from foundation.uploads.pictures import redraw
from tests.foundation.uploads import pictures


def opened(content):
    return Image.open(io.BytesIO(content)).convert("RGB")


def difference(left, right):
    """Return the largest difference of any pixel, from 0 to 255."""
    bands = ImageChops.difference(left, right).split()
    return max(max(band.tobytes()) for band in bands)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_is_turned_upright_for_every_orientation(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = pictures.encode(pictures.draw(), "JPEG", quality=95, exif=exif)
    expected = ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")

    result = opened(redraw(data, Kind.JPEG))

    assert result.size == expected.size
    assert difference(result, expected) < 16


@pytest.mark.parametrize(
    ("form", "kind"),
    [("JPEG", Kind.JPEG), ("WEBP", Kind.WEBP), ("HEIF", Kind.HEIC)],
)
def test_the_position_of_the_photo_is_lost(form, kind):
    data = pictures.encode(
        pictures.draw(), form, exif=pictures.exif_with_position(), quality=95
    )
    assert pictures.CAMERA.encode() in data

    content = redraw(data, kind)

    assert pictures.CAMERA.encode() not in content
    assert not Image.open(io.BytesIO(content)).getexif()


def test_a_transparent_scan_is_read_on_white_paper():
    scan = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    scan.paste((200, 0, 0, 255), (0, 0, 10, 20))

    result = opened(redraw(pictures.encode(scan, "PNG"), Kind.PNG))

    assert (
        difference(result.crop((14, 0, 20, 20)), Image.new("RGB", (6, 20), "white")) < 9
    )
    assert result.getpixel((3, 10))[0] > 180
    assert result.getpixel((3, 10))[1] < 30


@pytest.mark.parametrize("level", [0, 20_000, 40_000, 65_535])
def test_16_bits_of_grey_keep_their_brightness(level):
    data = pictures.encode(Image.new("I;16", (16, 16), level), "PNG")

    result = opened(redraw(data, Kind.PNG))

    assert abs(result.getpixel((8, 8))[0] - level // 256) <= 2


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "1"])
@pytest.mark.parametrize("size", [(4_000, 1_500), (1_000, 3_301), (6_001, 900)])
def test_a_large_picture_is_scaled_without_seams(mode, size):
    picture = pictures.draw(mode, size)
    smaller = tuple(round(side * MAX_SIDE / max(size)) for side in size)
    expected = picture.convert("RGB").resize(smaller, Image.Resampling.BICUBIC)

    result = opened(redraw(pictures.encode(picture, "PNG"), Kind.PNG))

    assert result.size == smaller
    # Few colours are dithered: neighbours differ there, whatever we do.
    assert difference(result, expected) < (100 if mode in {"1", "P"} else 12)


def test_a_detailed_picture_shows_no_seam_between_two_strips():
    grain = Image.effect_noise((4_500, 1_800), 120).convert("RGB")
    expected = grain.resize((3_000, 1_200), Image.Resampling.BICUBIC)

    result = opened(redraw(pictures.encode(grain, "PNG"), Kind.PNG))

    # Both pass through the same encoder: what differs is not its doing.
    expected = opened(pictures.encode(expected, "JPEG", quality=JPEG_QUALITY))
    assert difference(result, expected) <= 8


def test_a_small_picture_keeps_its_size():
    content = redraw(pictures.encode(pictures.draw(size=(1, 1)), "PNG"), Kind.PNG)

    assert opened(content).size == (1, 1)


def test_a_ribbon_keeps_at_least_one_pixel():
    data = pictures.encode(Image.new("L", (20_000, 2)), "PNG")

    assert opened(redraw(data, Kind.PNG)).size == (MAX_SIDE, 1)
