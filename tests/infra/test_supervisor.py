import os
import signal
import time
from pathlib import Path

import pytest

from infra.shell import StopError
from infra.supervisor import ENDINGS, Supervisor


@pytest.fixture(autouse=True)
def our_own_signals():
    before = {number: signal.getsignal(number) for number in ENDINGS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def read_soon(path: Path) -> str:
    for _turn in range(100):
        if path.exists() and path.read_text().endswith("\n"):
            return path.read_text()
        time.sleep(0.05)
    raise AssertionError(f"{path} was never written")


def test_nothing_is_left_behind_not_even_grandchildren(tmp_path):
    note = tmp_path / "grandchild"

    with Supervisor(tmp_path) as supervisor:
        supervisor.start(
            "parent", "sh", "-c", f"sleep 60 & echo $! > {note}; wait", env=os.environ
        )
        grandchild = int(read_soon(note))

    end = time.monotonic() + 5
    while is_running(grandchild) and time.monotonic() < end:
        time.sleep(0.05)
    assert not supervisor.programs[0].is_alive()
    assert not is_running(grandchild)


def test_a_program_that_ends_is_named_with_its_last_words(tmp_path):
    with Supervisor(tmp_path) as supervisor:
        supervisor.start(
            "web server", "sh", "-c", "echo unwell; exit 4", env=os.environ
        )

        with pytest.raises(StopError, match=r"web server .*code 4[\s\S]*unwell"):
            supervisor.watch()
