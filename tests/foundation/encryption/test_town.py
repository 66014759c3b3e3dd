from types import SimpleNamespace
from uuid import uuid4

import pytest

from foundation.encryption import (
    EncryptionError,
    NoTownKeyError,
    Sealed,
    blind_index,
    new_wrapped_key,
    rotate,
)


@pytest.mark.parametrize(
    "tenant",
    [
        None,
        SimpleNamespace(schema_name="public", wrapped_key=b"whatever"),
        SimpleNamespace(schema_name="t_alpha"),
        SimpleNamespace(schema_name="t_alpha", wrapped_key=b""),
        SimpleNamespace(schema_name="t_alpha", wrapped_key=None),
    ],
)
def test_nothing_is_sealed_outside_a_town_that_carries_its_key(enter, tenant):
    with enter(tenant), pytest.raises(NoTownKeyError):
        Sealed.close("secret", binding="b", row_id=uuid4())


def test_the_key_may_come_as_a_memory_view(enter, alpha):
    alpha.wrapped_key = memoryview(alpha.wrapped_key)

    with enter(alpha):
        assert len(blind_index("FR76", "iban")) == 32


def test_a_value_copied_to_another_town_does_not_open(enter, alpha, beta):
    row_id = uuid4()
    with enter(alpha):
        sealed = Sealed.close("secret", binding="b", row_id=row_id)

    with enter(beta), pytest.raises(EncryptionError):
        sealed.open(row_id)


def test_a_value_copied_with_its_key_to_another_town_does_not_open(enter, alpha, beta):
    row_id = uuid4()
    with enter(alpha):
        sealed = Sealed.close("secret", binding="b", row_id=row_id)
    beta.wrapped_key = alpha.wrapped_key

    with enter(beta), pytest.raises(EncryptionError):
        sealed.open(row_id)


def test_a_value_does_not_open_once_the_key_of_its_town_is_destroyed(enter, alpha):
    row_id = uuid4()
    with enter(alpha):
        sealed = Sealed.close("secret", binding="b", row_id=row_id)

    alpha.wrapped_key = new_wrapped_key()

    with enter(alpha), pytest.raises(EncryptionError):
        sealed.open(row_id)


def test_an_old_value_opens_after_a_rotation(enter, alpha):
    row_id = uuid4()
    with enter(alpha):
        sealed = Sealed.close("secret", binding="b", row_id=row_id)

    alpha.wrapped_key = rotate(alpha.wrapped_key)

    with enter(alpha):
        assert sealed.open(row_id) == "secret"


def test_equal_values_share_a_blind_index_in_one_town_for_one_purpose(
    enter, alpha, beta
):
    with enter(alpha):
        index = blind_index("FR7630006", "iban")
        same = blind_index("FR7630006", "iban")
        other_value = blind_index("FR7630007", "iban")
        other_purpose = blind_index("FR7630006", "email")
    with enter(beta):
        other_town = blind_index("FR7630006", "iban")

    assert index == same
    assert len({index, other_value, other_purpose, other_town}) == 4


def test_blind_indexes_survive_a_rotation(enter, alpha):
    with enter(alpha):
        before = blind_index("FR7630006", "iban")

    alpha.wrapped_key = rotate(alpha.wrapped_key)

    with enter(alpha):
        assert blind_index("FR7630006", "iban") == before
