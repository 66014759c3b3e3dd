import pytest

from billing.domain.returns import ReturnAction, action_for


@pytest.mark.parametrize(
    ("code", "action"),
    [
        ("MD01", ReturnAction.SUSPEND_MANDATE),
        ("AC04", ReturnAction.SUSPEND_MANDATE),
        ("am04 ", ReturnAction.MAY_COLLECT_AGAIN),
        ("MD06", ReturnAction.ASK_FAMILY),
        ("RC01", ReturnAction.REVIEW),
        ("ZZ99", ReturnAction.REVIEW),
        ("", ReturnAction.REVIEW),
    ],
)
def test_a_reason_code_says_what_to_do_next(code, action):
    assert action_for(code) is action
