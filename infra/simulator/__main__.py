"""Run the simulator: `python -m infra.simulator --port 8555 --webhook-url ...`."""

import argparse
import logging
import signal
import sys
import threading
from pathlib import Path

from infra.simulator.settings import LiveKeyError, Settings
from infra.simulator.simulator import Simulator


def settings_asked(arguments: list[str] | None = None) -> Settings:
    default = Settings()
    parser = argparse.ArgumentParser(
        prog="python -m infra.simulator",
        description="Play Stripe on this machine. No money moves.",
    )
    parser.add_argument("--host", default=default.host)
    parser.add_argument("--port", type=int, default=8555, help="0 takes a free one")
    parser.add_argument("--public-url", help="address browsers reach this program at")
    parser.add_argument("--state", type=Path, help="SQLite file kept between runs")
    parser.add_argument("--webhook-url", help="where signed events are sent")
    parser.add_argument("--webhook-secret", default=default.webhook_secret)
    parser.add_argument("--retry-after", type=float, default=default.retry_after)
    asked = parser.parse_args(arguments)
    if not asked.webhook_secret.startswith("whsec_"):
        parser.error("--webhook-secret starts with whsec_")
    return Settings(
        webhook_url=asked.webhook_url,
        webhook_secret=asked.webhook_secret,
        host=asked.host,
        port=asked.port,
        public_url=asked.public_url,
        state_file=asked.state,
        retry_after=asked.retry_after,
    )


def main() -> int:
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    stopped = threading.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, lambda *_: stopped.set())
    try:
        simulator = Simulator(settings_asked())
    except LiveKeyError as danger:
        print(danger, file=sys.stderr)
        return 2
    with simulator:
        print(f"Payment simulator ready at {simulator.url}", flush=True)
        stopped.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
