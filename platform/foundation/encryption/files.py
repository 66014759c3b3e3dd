"""Encrypted files: sealed chunk by chunk, so that a large file is never in memory.

A file is `version (1) | key id (2) | salt (16)`, then chunks of 64 KiB, each with its
tag. Every file has a key of its own, derived from the town's key and the salt. Each
chunk is bound to the town, the file's name, its number and whether it is the last:
a chunk moved, dropped or added, or a file cut short, does not open.
"""

import io
import secrets
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from foundation.encryption.envelope import (
    HEAD_BYTES,
    NONCE_BYTES,
    TAG_BYTES,
    VERSION,
    derive,
    pack_context,
)
from foundation.encryption.errors import UnknownKeyError, UnreadableValueError
from foundation.encryption.town import TownKeys

CHUNK_BYTES = 64 * 1024
SALT_BYTES = 16
FILE_HEAD_BYTES = HEAD_BYTES + SALT_BYTES
_SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES


def plain_size(sealed_size: int) -> int:
    """Return the size of the content, in bytes, from the size on disk."""
    return sealed_size - FILE_HEAD_BYTES - _chunk_count(sealed_size) * TAG_BYTES


def seal_chunks(
    pieces: Iterable[bytes], *, keys: TownKeys, name: str
) -> Iterator[bytes]:
    """Yield the bytes of the encrypted file."""
    key_id, key = keys.ring.current
    head = VERSION + key_id + secrets.token_bytes(SALT_BYTES)
    cipher = _file_cipher(key, head, keys.schema_name, name)
    yield head
    buffer, number = b"", 0
    for piece in pieces:
        buffer += piece
        # The last chunk is sealed apart: it must be known to be the last.
        while len(buffer) > CHUNK_BYTES:
            chunk, buffer = buffer[:CHUNK_BYTES], buffer[CHUNK_BYTES:]
            yield cipher.encrypt(_nonce(number, last=False), chunk, head)
            number += 1
    yield cipher.encrypt(_nonce(number, last=True), buffer, head)


class SealedReader(io.RawIOBase):
    """Read an encrypted file in clear, at any position, one chunk in memory.

    The last chunk is opened first: a file cut short fails before its first byte.
    Raises UnreadableValueError or UnknownKeyError.
    """

    def __init__(self, sealed: BinaryIO, *, keys: TownKeys, name: str) -> None:
        super().__init__()
        self._sealed = sealed
        sealed_size = sealed.seek(0, io.SEEK_END)
        sealed.seek(0)
        self._head = sealed.read(FILE_HEAD_BYTES)
        self._cipher = _file_cipher(
            _key_of(self._head, keys), self._head, keys.schema_name, name
        )
        self._chunk_count = _chunk_count(sealed_size)
        self._size = plain_size(sealed_size)
        self._position = 0
        self._open_number, self._open_chunk = -1, b""
        self._chunk(self._chunk_count - 1)

    def readable(self) -> bool:
        """Say yes."""
        return True

    def seekable(self) -> bool:
        """Say yes."""
        return True

    def tell(self) -> int:
        """Return the position in the content, in bytes."""
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move in the content."""
        start = {
            io.SEEK_SET: 0,
            io.SEEK_CUR: self._position,
            io.SEEK_END: self._size,
        }[whence]
        if start + offset < 0:
            raise ValueError("A position cannot be negative.")
        self._position = start + offset
        return self._position

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override] # typeshed's WriteableBuffer has no len().
        """Fill the buffer with the end of the current chunk, at most."""
        if self._position >= self._size:
            return 0
        number, start = divmod(self._position, CHUNK_BYTES)
        piece = self._chunk(number)[start : start + len(buffer)]
        buffer[: len(piece)] = piece
        self._position += len(piece)
        return len(piece)

    def close(self) -> None:
        """Close the encrypted file too."""
        self._sealed.close()
        super().close()

    def _chunk(self, number: int) -> bytes:
        if number != self._open_number:
            self._sealed.seek(FILE_HEAD_BYTES + number * _SEALED_CHUNK_BYTES)
            nonce = _nonce(number, last=number == self._chunk_count - 1)
            sealed = self._sealed.read(_SEALED_CHUNK_BYTES)
            self._open_chunk = _open(self._cipher, nonce, sealed, self._head)
            self._open_number = number
        return self._open_chunk


def _open(cipher: AESGCM, nonce: bytes, sealed: bytes, head: bytes) -> bytes:
    try:
        return cipher.decrypt(nonce, sealed, head)
    except InvalidTag:
        raise UnreadableValueError(
            "The file was altered or cut short, or belongs to another place."
        ) from None


def _key_of(head: bytes, keys: TownKeys) -> bytes:
    if len(head) < FILE_HEAD_BYTES or head[:1] != VERSION:
        raise UnreadableValueError("These bytes are not an encrypted file.")
    key_id = head[len(VERSION) : HEAD_BYTES]
    key = keys.ring.data_keys.get(key_id)
    if key is None:
        raise UnknownKeyError(f"No key {key_id.hex()} in this town's key ring.")
    return key


def _file_cipher(key: bytes, head: bytes, schema_name: str, name: str) -> AESGCM:
    info = pack_context("file", schema_name, name)
    return AESGCM(derive(key, salt=head[HEAD_BYTES:], info=info))


def _nonce(number: int, *, last: bool) -> bytes:
    # Unique under the file's own key; number and flag are authenticated by it.
    return number.to_bytes(NONCE_BYTES - 1, "big") + bytes([last])


def _chunk_count(sealed_size: int) -> int:
    return max(1, -(-(sealed_size - FILE_HEAD_BYTES) // _SEALED_CHUNK_BYTES))
