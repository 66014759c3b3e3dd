"""Forms are sent with what is somebody else's: they answer as for what is not there.

Forms, links and their fields are read from the pages: nothing is listed by hand.
"""

import pytest

from tests.hostile.asking import tell
from tests.hostile.swapping import Swaps
from tests.hostile.world import World

LEAST = 250


@pytest.fixture(scope="module")
def swaps(standing_world: World) -> Swaps:
    """Send the forms as a family, and as an administrator."""
    run = Swaps(standing_world)
    run.run("parent", "administrator")
    return run


def test_a_form_with_what_is_somebody_else_s_answers_as_with_nothing(
    swaps: Swaps, capsys: pytest.CaptureFixture[str]
) -> None:
    tell(capsys, swaps.tried, f"in {len(swaps.forms)} fields of forms and links")

    assert swaps.tried >= LEAST
    assert sorted(set(swaps.wrong)) == []
