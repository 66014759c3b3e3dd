"""Every file of the corpus, in the real child process, with its cost measured."""

import io
import json
import subprocess
import sys

import pikepdf
import pytest
from PIL import Image

from foundation.uploads.cleaning import child_command
from foundation.uploads.documents import ACTIVE_KEYS
from foundation.uploads.limits import MAX_SIDE
from tests.foundation.uploads import documents, pictures
from tests.foundation.uploads.words import SMUGGLED

HONEST = documents.honest() | pictures.honest()
NEUTRALISED = documents.neutralised() | pictures.neutralised()
REFUSED = documents.refused() | pictures.refused()

# A small process of its own: the memory counted is the child's, not pytest's.
LAUNCHER = """
import json, os, subprocess, sys, time
command, environment = json.loads(sys.argv[1])
started = time.monotonic()
child = subprocess.Popen(command, env=environment, cwd="/")
_, status, usage = os.wait4(child.pid, 0)
report = {"code": os.waitstatus_to_exitcode(status), "kilobytes": usage.ru_maxrss,
          "seconds": time.monotonic() - started}
sys.stderr.write("\\n" + json.dumps(report))
"""


def run(data):
    """Return the verdict, the content and the cost."""
    launched = subprocess.run(
        [sys.executable, "-I", "-c", LAUNCHER, json.dumps(child_command())],
        input=data,
        capture_output=True,
        check=True,
    )
    cost = json.loads(launched.stderr.splitlines()[-1])
    head, _, content = launched.stdout.partition(b"\n")
    verdict = json.loads(head) if head else {"refused": "too_complex"}
    return verdict, content, cost


def assert_within_limits(cost):
    assert cost["kilobytes"] <= 300 * 1024
    assert cost["seconds"] <= 5


def active_keys(content):
    """Return the active keys left anywhere in a document."""
    found = set()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for item in [*pdf.objects, pdf.trailer]:
            found |= keys_of(item) & (ACTIVE_KEYS | {"/Info"})
    return found


def keys_of(item):
    if isinstance(item, pikepdf.Array):
        return set().union(*map(keys_of, item)) if len(item) else set()
    if not isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        return set()
    keys = set(item.keys())
    direct = [item[key] for key in keys]
    nested = [keys_of(child) for child in direct if not indirect(child)]
    return keys.union(*nested)


def indirect(item):
    return isinstance(item, pikepdf.Object) and item.is_indirect


def assert_harmless(verdict, content):
    if verdict["content_type"] == "application/pdf":
        assert active_keys(content) == set()
    else:
        assert_bare_jpeg(content)
    assert [word for word in SMUGGLED if word in content] == []


def assert_bare_jpeg(content):
    picture = Image.open(io.BytesIO(content), formats=["JPEG"])
    picture.load()
    assert not picture.getexif()
    assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert max(picture.size) <= MAX_SIDE
    assert content.endswith(b"\xff\xd9")
    assert pictures.CAMERA.encode() not in content


def test_the_corpus_is_large_enough():
    assert len(NEUTRALISED) + len(REFUSED) >= 80


@pytest.mark.parametrize("name", HONEST)
def test_an_honest_file_is_accepted_and_rewritten(name):
    verdict, content, cost = run(HONEST[name])

    assert "refused" not in verdict
    assert_harmless(verdict, content)
    assert_within_limits(cost)


@pytest.mark.parametrize("name", NEUTRALISED)
def test_what_a_file_smuggles_does_not_survive(name):
    verdict, content, cost = run(NEUTRALISED[name])

    assert "refused" not in verdict
    assert_harmless(verdict, content)
    assert_within_limits(cost)


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_we_cannot_make_safe_is_refused_for_its_reason(name):
    data, reason = REFUSED[name]

    verdict, content, cost = run(data)

    assert verdict["refused"] == reason
    assert content == b""
    assert_within_limits(cost)


def large(mode, size=(7_300, 5_470)):
    return Image.new(mode, size)


LARGE: dict[str, tuple[str, str, dict[str, object]]] = {
    "jpeg of 40 million pixels": ("JPEG", "RGB", {"quality": 80}),
    "progressive jpeg": ("JPEG", "RGB", {"progressive": True}),
    "transparent png": ("PNG", "RGBA", {}),
    "grey transparent png": ("PNG", "LA", {}),
    "palette png": ("PNG", "P", {}),
    "16 bits png": ("PNG", "I;16", {}),
}


@pytest.mark.parametrize("name", LARGE)
def test_the_largest_picture_stays_within_its_memory(name):
    form, mode, options = LARGE[name]
    data = pictures.encode(large(mode), form, **options)

    verdict, content, cost = run(data)

    assert "refused" not in verdict
    assert max(Image.open(io.BytesIO(content)).size) == MAX_SIDE
    assert_within_limits(cost)


def test_a_large_telephone_photo_in_heic_stays_within_its_memory():
    data = pictures.encode(large("RGB", (5_712, 4_284)), "HEIF")

    verdict, _, cost = run(data)

    assert verdict == {"content_type": "image/jpeg", "pages": 1}
    assert_within_limits(cost)


def test_a_picture_that_never_ends_is_stopped():
    _, _, cost = run(pictures.jpeg_scan_bomb())

    assert_within_limits(cost)


def test_the_child_starts_without_django_and_without_our_secrets(monkeypatch):
    monkeypatch.setenv("PREAU_MASTER_KEYS", "secret")
    command, environment = child_command()
    code = (
        "import sys, os, foundation.uploads.child, foundation.uploads.documents, "
        "foundation.uploads.pictures; "
        "print('django' in sys.modules, sorted(os.environ))"
    )

    printed = subprocess.run(
        [*command[:-2], "-c", code],
        env=environment,
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert printed.startswith("False ")
    assert "PYTHONPATH" in printed
    assert "MASTER" not in printed
    assert "DATABASE" not in printed
