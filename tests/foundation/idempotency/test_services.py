"""The key of a form: read from what was sent, or said to be lost."""

from uuid import UUID, uuid4

import pytest

from foundation.idempotency.services import (
    LostFormError,
    form_key_of,
    form_key_to_show,
)

BROKEN = [{}, {"form_key": ""}, {"form_key": "1' OR '1'='1"}, {"form_key": "x" * 36}]


def test_the_key_of_a_form_is_read():
    key = uuid4()

    assert form_key_of({"form_key": str(key)}) == key
    assert form_key_to_show({"form_key": str(key)}) == key


@pytest.mark.parametrize("sent", BROKEN)
def test_a_key_that_was_lost_is_said_in_plain_words(sent):
    with pytest.raises(LostFormError, match="Please send it once more") as caught:
        form_key_of(sent)

    assert "UUID" not in str(caught.value)


@pytest.mark.parametrize("sent", BROKEN)
def test_a_form_shown_again_gets_a_key_that_works(sent):
    assert isinstance(form_key_to_show(sent), UUID)
