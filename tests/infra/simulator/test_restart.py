import os
import subprocess
import sys

from tests.infra.simulator.program import ROOT, Town, new_key, running


def test_a_restarted_demo_keeps_its_sessions_its_keys_and_its_time(tmp_path):
    state = ("--state", str(tmp_path / "state"))
    key = new_key()
    with running(*state) as url:
        town = Town(url, key)
        town.control("POST", "time", days=3)
        paid = town.paid_session()
        waiting = town.open_session()
        time_before = town.control("GET", "health")["now"]

    with running(*state) as url:
        town = Town(url, key)
        again = town.read(paid.id)
        town.pay(waiting)
        time_after = town.control("GET", "health")["now"]

    assert again.payment_intent == paid.payment_intent
    assert time_before <= time_after <= time_before + 60


def test_no_card_number_is_ever_written_down(tmp_path):
    with running("--state", str(tmp_path / "state")) as url:
        Town(url, new_key()).paid_session(card="4242424242424242")

    written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"4242" in written
    assert b"4242424242424242" not in written


def test_the_program_will_not_start_beside_a_live_key():
    run = subprocess.run(
        [sys.executable, "-m", "infra.simulator", "--port", "0"],
        cwd=ROOT,
        env=os.environ | {"STRIPE_KEY": "sk_live_abc"},
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )

    assert run.returncode == 2
    assert "STRIPE_KEY holds a live Stripe key" in run.stderr
    assert "sk_live_abc" not in run.stderr
