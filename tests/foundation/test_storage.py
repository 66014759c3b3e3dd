import io
import stat
from types import SimpleNamespace

import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile
from hypothesis import (
    HealthCheck,
    given,
    settings as hypothesis_settings,
    strategies as st,
)

from foundation.encryption import EncryptionError, NoTownKeyError, rotate
from foundation.encryption.files import CHUNK_BYTES, FILE_HEAD_BYTES
from foundation.storage import PrivateStorage, private_response

pytestmark = pytest.mark.usefixtures("in_alpha")

SEALED_CHUNK = CHUNK_BYTES + 16


@pytest.fixture(autouse=True)
def root(settings, tmp_path):
    settings.PREAU_PRIVATE_ROOT = tmp_path / "private"
    return tmp_path / "private"


@pytest.fixture
def storage():
    return PrivateStorage()


def save(storage, content):
    return storage.save("tax notice of Ms Martin.pdf", ContentFile(content))


def read(storage, name):
    with storage.open(name) as file:
        return file.read()


@pytest.mark.parametrize(
    "size",
    [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES, 200_001],
)
def test_a_file_comes_back_as_it_was_saved(storage, size):
    content = bytes(number % 251 for number in range(size))

    name = save(storage, content)

    assert read(storage, name) == content
    assert storage.size(name) == size


def test_neither_the_content_nor_the_name_is_on_the_disk(storage, root):
    name = save(storage, b"tax notice of Ms Martin" * 100)

    (path,) = [path for path in root.rglob("*") if path.is_file()]

    assert path == root / "t_alpha" / name
    assert "tax" not in str(path.relative_to(root))
    assert b"Martin" not in path.read_bytes()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_two_equal_files_have_nothing_in_common(storage, root):
    first, second = save(storage, b"same"), save(storage, b"same")

    assert first != second
    assert (root / "t_alpha" / first).read_bytes()[3:] != (
        root / "t_alpha" / second
    ).read_bytes()[3:]


def sealed_path(root, name):
    return root / "t_alpha" / name


@pytest.mark.parametrize(
    "kept",
    [0, 5, FILE_HEAD_BYTES, FILE_HEAD_BYTES + 3, FILE_HEAD_BYTES + SEALED_CHUNK, -1],
)
def test_a_file_cut_short_fails_before_its_first_byte(storage, root, kept):
    name = save(storage, b"a" * (2 * CHUNK_BYTES + 10))
    path = sealed_path(root, name)
    path.write_bytes(path.read_bytes()[:kept])

    with pytest.raises(EncryptionError):
        storage.open(name)


def test_chunks_put_in_another_order_do_not_open(storage, root):
    name = save(storage, b"a" * CHUNK_BYTES + b"b" * CHUNK_BYTES + b"c")
    path = sealed_path(root, name)
    sealed = path.read_bytes()
    head, rest = sealed[:FILE_HEAD_BYTES], sealed[FILE_HEAD_BYTES:]
    first, second = rest[:SEALED_CHUNK], rest[SEALED_CHUNK : 2 * SEALED_CHUNK]
    path.write_bytes(head + second + first + rest[2 * SEALED_CHUNK :])

    with pytest.raises(EncryptionError):
        read(storage, name)


def test_bytes_added_at_the_end_do_not_open(storage, root):
    name = save(storage, b"content")
    path = sealed_path(root, name)
    path.write_bytes(path.read_bytes() + b"more")

    with pytest.raises(EncryptionError):
        storage.open(name)


@hypothesis_settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_no_altered_byte_of_a_file_goes_unseen(storage, root, data):
    name = save(storage, b"content of the file")
    path = sealed_path(root, name)
    sealed = bytearray(path.read_bytes())
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= data.draw(st.integers(1, 255))
    path.write_bytes(bytes(sealed))

    with pytest.raises(EncryptionError):
        read(storage, name)


def test_a_file_renamed_on_the_disk_does_not_open(storage, root):
    first, second = save(storage, b"of one family"), save(storage, b"of another")
    sealed_path(root, first).replace(sealed_path(root, second))

    with pytest.raises(EncryptionError):
        storage.open(second)


def test_a_file_of_another_town_is_not_found_nor_opened_when_copied(
    storage, root, enter, alpha, beta
):
    with enter(alpha):
        name = save(storage, b"of alpha")
    copy = root / "t_beta" / name
    copy.parent.mkdir(parents=True)

    with enter(beta):
        assert not storage.exists(name)
        copy.write_bytes((root / "t_alpha" / name).read_bytes())
        with pytest.raises(EncryptionError):
            storage.open(name)


def test_a_file_copied_with_the_key_of_its_town_does_not_open(
    storage, root, enter, alpha, beta
):
    with enter(alpha):
        name = save(storage, b"of alpha")
    beta.wrapped_key = alpha.wrapped_key
    (root / "t_alpha").rename(root / "t_beta")

    with enter(beta), pytest.raises(EncryptionError):
        storage.open(name)


def test_a_file_still_opens_after_a_rotation(storage, enter, alpha):
    with enter(alpha):
        name = save(storage, b"content")

    alpha.wrapped_key = rotate(alpha.wrapped_key)

    with enter(alpha):
        assert read(storage, name) == b"content"


@pytest.mark.parametrize("schema_name", ["public", ""])
def test_operators_have_no_private_files(storage, enter, schema_name):
    with enter(SimpleNamespace(schema_name=schema_name, wrapped_key=b"key")):
        with pytest.raises(NoTownKeyError):
            save(storage, b"content")
        with pytest.raises(NoTownKeyError):
            storage.exists("ab/" + "0" * 32)


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "/etc/passwd", "ab/../" + "0" * 32, "ab/" + "0" * 32 + "\n"],
    ids=["up", "absolute", "inside", "newline"],
)
def test_a_name_we_did_not_give_is_refused(storage, name):
    for operation in (storage.open, storage.delete, storage.exists, storage.size):
        with pytest.raises(SuspiciousFileOperation):
            operation(name)


def test_a_private_file_has_no_address(storage):
    name = save(storage, b"content")

    with pytest.raises(NotImplementedError):
        storage.url(name)
    with pytest.raises(NotImplementedError):
        storage.path(name)


def test_a_private_file_is_not_opened_for_writing(storage):
    name = save(storage, b"content")

    with pytest.raises(ValueError, match="reading only"):
        storage.open(name, "wb")


def test_deleting_removes_the_file_and_may_be_repeated(storage, root):
    name = save(storage, b"content")

    storage.delete(name)
    storage.delete(name)

    assert not storage.exists(name)
    assert [path for path in root.rglob("*") if path.is_file()] == []


def test_a_save_that_fails_leaves_nothing_behind(storage, root):
    class Interrupted(ContentFile):
        def chunks(self, *_):
            yield b"a" * (2 * CHUNK_BYTES)
            raise OSError("connection lost")

    with pytest.raises(OSError, match="connection lost"):
        storage.save("x", Interrupted(b""))

    assert [path for path in root.rglob("*") if path.is_file()] == []


def test_the_names_of_a_town_are_its_own(storage, enter, alpha, beta):
    with enter(alpha):
        kept = save(storage, b"of alpha")
    with enter(beta):
        save(storage, b"of beta")

    with enter(alpha):
        assert list(storage.names()) == [kept]


@given(
    content=st.binary(max_size=300),
    moves=st.lists(
        st.tuples(st.integers(0, 3 * CHUNK_BYTES), st.integers(0, CHUNK_BYTES))
    ),
)
@hypothesis_settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_reading_anywhere_is_like_reading_a_plain_file(storage, content, moves):
    content = content * 500
    plain = io.BytesIO(content)
    name = save(storage, content)

    with storage.open(name) as file:
        for position, length in moves:
            file.seek(position)
            plain.seek(position)
            assert file.read(length) == plain.read(length)


def answer(storage, content_type, filename, *, inline):
    name = save(storage, b"content")
    return private_response(
        storage.open(name), content_type=content_type, filename=filename, inline=inline
    )


def test_the_answer_carries_the_file_and_its_defences(storage):
    response = answer(storage, "application/pdf", "attestation.pdf", inline=False)

    assert b"".join(response.streaming_content) == b"content"
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Length"] == "7"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response.headers["Cache-Control"] == "no-store, private"
    assert (
        response.headers["Content-Disposition"]
        == 'attachment; filename="attestation.pdf"'
    )
    response.close()


@pytest.mark.parametrize(
    ("content_type", "expected"),
    [
        ("image/jpeg", "inline"),
        ("application/pdf", "attachment"),
        ("text/html", "attachment"),
        ("image/svg+xml", "attachment"),
    ],
)
def test_only_our_own_pictures_are_shown_inline(storage, content_type, expected):
    response = answer(storage, content_type, "a", inline=True)

    assert response.headers["Content-Disposition"].startswith(expected)
    response.close()


@pytest.mark.parametrize(
    "filename",
    ['a"; filename="b.html', "a\r\nSet-Cookie: x=1", "é\u202egpj.exe", "\x00", ""],
    ids=["quote", "header", "right-to-left", "null", "empty"],
)
def test_a_hostile_name_cannot_break_the_header(storage, filename):
    response = answer(storage, "application/pdf", filename, inline=False)

    disposition = response.headers["Content-Disposition"]

    assert disposition.startswith("attachment")
    assert disposition.isprintable()
    assert "%E2%80%AE" not in disposition
    response.close()
