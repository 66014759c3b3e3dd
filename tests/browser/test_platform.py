"""What anybody sees first."""

import pytest

from tests.browser.conftest import DESKTOP


@pytest.mark.parametrize("size", [None, DESKTOP], ids=["phone", "desk"])
def test_a_town_s_home_opens_without_a_complaint(stack, visitor, size):
    parent = visitor(size)

    parent.page.goto(stack.town("rochebelle"))

    assert "Rochebelle" in parent.page.title()
    assert parent.complaints == []
    parent.shoot(f"home-{'desk' if size else 'phone'}")


def test_an_unknown_host_names_nobody(stack, visitor):
    stranger = visitor()

    answer = stranger.page.goto(stack.town("nowhere"))

    assert answer.status == 404
    assert "Rochebelle" not in stranger.page.content()
