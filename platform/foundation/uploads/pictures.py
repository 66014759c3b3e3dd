"""Draw a picture again as a plain JPEG: pixels survive, and nothing else.

Position, camera, comments, hidden files and scripts are left behind.
"""

import io
import math
import warnings

from PIL import Image

from foundation.uploads.kinds import Kind
from foundation.uploads.limits import (
    JPEG_QUALITY,
    MAX_PIXELS,
    MAX_PIXELS_OF_HEIC,
    MAX_PIXELS_OF_WEBP,
    MAX_SIDE,
)
from foundation.uploads.reasons import Reason, Refusal

_ORIENTATION_TAG = 0x0112
_STRIP = 256
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_MAX_PIXELS_OF = {Kind.HEIC: MAX_PIXELS_OF_HEIC, Kind.WEBP: MAX_PIXELS_OF_WEBP}
# We count the pixels ourselves, before decoding. Only the child imports this module:
# the guard of the web process stays as it is.
Image.MAX_IMAGE_PIXELS = None


def redraw(data: bytes, kind: Kind) -> bytes:
    """Return the picture as a JPEG without metadata, upright, 3000 px at most.

    Raises Refusal when it has too many pixels; any error of the decoder passes.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        picture = _decode(data, kind)
        orientation = _orientation_of(picture)
        picture = _draw_on_paper(picture)
        if orientation in _UPRIGHT:
            picture = picture.transpose(_UPRIGHT[orientation])
        jpeg = io.BytesIO()
        picture.save(jpeg, "JPEG", quality=JPEG_QUALITY)
    return jpeg.getvalue()


def square(picture: bytes, *, side: int) -> bytes:
    """Return the middle of a picture of ours as a square JPEG of `side` pixels."""
    whole = Image.open(io.BytesIO(picture), formats=["JPEG"])
    edge = min(whole.size)
    # Faces are above the middle of an upright photo.
    left, top = (whole.width - edge) // 2, (whole.height - edge) // 3
    middle = whole.resize(
        (side, side),
        Image.Resampling.BICUBIC,
        box=(left, top, left + edge, top + edge),
    )
    jpeg = io.BytesIO()
    middle.save(jpeg, "JPEG", quality=JPEG_QUALITY)
    return jpeg.getvalue()


def _decode(data: bytes, kind: Kind) -> Image.Image:
    if kind is Kind.HEIC:
        _learn_heic()
    picture = Image.open(io.BytesIO(data), formats=[kind.value])
    limit = _MAX_PIXELS_OF.get(kind, MAX_PIXELS)
    if picture.width * picture.height > limit:
        raise Refusal(Reason.TOO_MANY_PIXELS, limit=limit // 1_000_000)
    if kind is Kind.JPEG:
        # JPEG can be decoded at a half or a quarter: less memory for large photos.
        scale = max(1.0, max(picture.size) / MAX_SIDE)
        picture.draft(None, (int(picture.width / scale), int(picture.height / scale)))
    picture.load()
    return picture


def _learn_heic() -> None:
    import pillow_heif  # noqa: PLC0415 - 20 MB that other kinds do not need.

    pillow_heif.options.DECODE_THREADS = 1
    pillow_heif.options.THUMBNAILS = False
    pillow_heif.register_heif_opener()


def _orientation_of(picture: Image.Image) -> int:
    try:
        return int(picture.getexif().get(_ORIENTATION_TAG, 1))
    except Exception:  # noqa: BLE001 - broken metadata is no reason to lose a photo.
        return 1


def _draw_on_paper(picture: Image.Image) -> Image.Image:
    """Scale the picture down onto white paper, a strip at a time.

    The paper is a new picture: no metadata comes along.
    A large picture is never held twice: its decoder already took its share of memory.
    """
    scale = max(1.0, max(picture.size) / MAX_SIDE)
    width, height = (max(1, round(side / scale)) for side in picture.size)
    paper = Image.new("RGB", (width, height), "white")
    for top in range(0, height, _STRIP):
        bottom = min(top + _STRIP, height)
        strip = _strip(picture, (top, bottom), width, picture.height / height)
        paper.paste(strip, (0, top))
    return paper


def _strip(
    picture: Image.Image, rows: tuple[int, int], width: int, scale: float
) -> Image.Image:
    start, end = rows[0] * scale, rows[1] * scale
    # The filter looks a few rows beyond the strip: without them, seams would show.
    margin = math.ceil(2 * scale) + 1
    above = max(0, math.floor(start) - margin)
    below = min(picture.height, math.ceil(end) + margin)
    source = _flatten(picture.crop((0, above, picture.width, below)))
    return source.resize(
        (width, rows[1] - rows[0]),
        Image.Resampling.BICUBIC,
        box=(0, start - above, picture.width, min(end - above, source.height)),
    )


def _flatten(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):
        # 16 bits of grey: keep the 8 most significant.
        picture = picture.convert("I").point(lambda level: level / 256).convert("L")
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    # A scan with a transparent background is read on white paper.
    layer = picture.convert("RGBA")
    paper = Image.new("RGB", layer.size, "white")
    paper.paste(layer, mask=layer)
    return paper
