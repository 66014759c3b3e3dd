import pytest
from django.core.exceptions import ImproperlyConfigured

from foundation.encryption import (
    UnknownKeyError,
    UnreadableValueError,
    new_wrapped_key,
    rewrap,
    rotate,
    unwrap,
)
from foundation.encryption.keyring import forget_old_keys
from tests.foundation.conftest import MASTER_KEYS


def test_each_town_gets_its_own_keys():
    first, second = unwrap(new_wrapped_key()), unwrap(new_wrapped_key())

    assert first.search_key != second.search_key
    assert not set(first.data_keys.values()) & set(second.data_keys.values())


def test_a_key_ring_does_not_print_its_keys():
    assert repr(unwrap(new_wrapped_key())) == "KeyRing()"


def test_a_wrapped_key_still_opens_while_its_old_master_key_is_listed(settings):
    wrapped = new_wrapped_key()

    settings.PREAU_MASTER_KEYS = [MASTER_KEYS[1], MASTER_KEYS[0]]

    assert len(unwrap(wrapped).data_keys) == 1


def test_after_a_rewrap_the_old_master_key_can_leave_the_settings(settings):
    wrapped = new_wrapped_key()
    before = unwrap(wrapped)
    settings.PREAU_MASTER_KEYS = [MASTER_KEYS[1], MASTER_KEYS[0]]

    rewrapped = rewrap(wrapped)
    settings.PREAU_MASTER_KEYS = [MASTER_KEYS[1]]

    assert unwrap(rewrapped) == before
    with pytest.raises(UnknownKeyError, match="first"):
        unwrap(wrapped)


def test_rotating_adds_a_current_key_and_keeps_the_older_ones():
    wrapped = new_wrapped_key()
    before = unwrap(wrapped)

    after = unwrap(rotate(wrapped))

    assert after.current != before.current
    assert before.data_keys.items() <= after.data_keys.items()
    assert after.search_key == before.search_key


def test_forgetting_keeps_the_current_key_alone():
    rotated = rotate(new_wrapped_key())

    kept = unwrap(forget_old_keys(rotated))

    assert list(kept.data_keys.items()) == [unwrap(rotated).current]


@pytest.mark.parametrize("position", range(0, 100, 3))
def test_a_key_ring_with_one_altered_byte_does_not_open(position):
    wrapped = bytearray(new_wrapped_key())
    wrapped[position % len(wrapped)] ^= 1

    with pytest.raises((UnreadableValueError, UnknownKeyError)):
        unwrap(bytes(wrapped))


@pytest.mark.parametrize("length", [0, 1, 2, 7, 20, 60])
def test_a_truncated_key_ring_does_not_open(length):
    with pytest.raises((UnreadableValueError, UnknownKeyError)):
        unwrap(new_wrapped_key()[:length])


@pytest.mark.parametrize(
    "configured",
    [
        [],
        "first:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        ["first"],
        ["first:c2hvcnQ="],
        ["first:not base64 at all"],
        ["First Key:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="],
        [MASTER_KEYS[0], MASTER_KEYS[0]],
    ],
)
def test_malformed_master_keys_are_refused_without_being_shown(settings, configured):
    settings.PREAU_MASTER_KEYS = configured

    with pytest.raises(ImproperlyConfigured) as refusal:
        new_wrapped_key()

    assert "AAECAwQF" not in str(refusal.value)
    assert "c2hvcnQ" not in str(refusal.value)
