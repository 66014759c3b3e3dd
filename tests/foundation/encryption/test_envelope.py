from uuid import uuid4

import pytest
from hypothesis import given, strategies as st

from foundation.encryption import Sealed, UnreadableValueError
from foundation.encryption.envelope import pack_context, seal, unseal
from foundation.encryption.errors import EncryptionError

pytestmark = pytest.mark.usefixtures("in_alpha")

KEY_ID, KEY = b"\x00\x07", bytes(range(32))


@given(plain=st.binary(max_size=200), parts=st.lists(st.text(max_size=10), max_size=4))
def test_what_is_sealed_opens_in_the_same_context(plain, parts):
    context = pack_context(*parts)

    sealed = seal(plain, key_id=KEY_ID, key=KEY, context=context)

    assert unseal(sealed, keys={KEY_ID: KEY}, context=context) == plain


@given(data=st.data())
def test_no_altered_byte_goes_unseen(data):
    sealed = bytearray(seal(b"FR7630006", key_id=KEY_ID, key=KEY, context=b"row"))
    position = data.draw(st.integers(0, len(sealed) - 1))
    sealed[position] ^= data.draw(st.integers(1, 255))

    with pytest.raises(EncryptionError):
        unseal(bytes(sealed), keys={KEY_ID: KEY}, context=b"row")


@given(st.binary(max_size=80))
def test_arbitrary_bytes_are_refused_and_nothing_else(garbage):
    with pytest.raises(EncryptionError):
        unseal(garbage, keys={KEY_ID: KEY}, context=b"row")


@given(
    st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4)
)
def test_two_contexts_are_equal_only_when_their_parts_are(left, right):
    assert (pack_context(*left) == pack_context(*right)) == (left == right)


def test_equal_texts_never_give_equal_bytes():
    row_id = uuid4()

    values = {
        Sealed.close("arachide", binding="b", row_id=row_id).payload for _ in "abcd"
    }

    assert len(values) == 4


def test_the_bytes_do_not_contain_the_text():
    sealed = Sealed.close("FR7630006000011234567890189", binding="b", row_id=uuid4())

    assert b"FR76" not in sealed.payload
    assert "FR76" not in repr(sealed)


def test_a_value_does_not_open_under_another_binding():
    row_id = uuid4()
    sealed = Sealed.close("secret", binding="mandate.iban", row_id=row_id)

    with pytest.raises(UnreadableValueError):
        Sealed(sealed.payload, "mandate.bic").open(row_id)
