"""The simulator inside the process of a test, as other tests of the product use it."""

from infra.simulator.settings import Settings
from infra.simulator.simulator import Simulator
from tests.infra.simulator.listener import SECRET, listening
from tests.infra.simulator.program import Town, eventually, new_key


def test_a_test_starts_its_own_simulator_and_stops_it(tmp_path):
    state = tmp_path / "made on the way" / "state"
    with listening() as listener:
        settings = Settings(
            webhook_url=listener.url, webhook_secret=SECRET, state_file=state
        )
        with Simulator(settings) as simulator:
            session = Town(simulator.url, new_key()).paid_session()
            events = eventually(lambda: listener.events("checkout.session.completed"))

    assert [event.data.object["id"] for event in events] == [session.id]
    assert state.exists()
