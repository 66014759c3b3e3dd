"""Error reports carry the town, and nothing personal."""

import json

import pytest
import sentry_sdk
from sentry_sdk.transport import Transport

from portal.observability import scrub, start_reports

CANARY = "FR7630006000011234567890189"


class Kept(Transport):
    """Keeps reports instead of sending them."""

    reports: list[dict]

    def __init__(self, options=None):
        super().__init__(options)
        self.reports = []

    def capture_envelope(self, envelope):
        self.reports += [
            json.loads(item.payload.get_bytes()) for item in envelope.items
        ]


@pytest.fixture
def transport(settings):
    settings.SENTRY_DSN = "http://key@127.0.0.1:9/1"
    assert start_reports()
    client = sentry_sdk.get_client()
    kept = Kept(client.options)
    client.transport = kept
    yield kept
    sentry_sdk.init(dsn=None)


def test_nothing_starts_without_a_dsn(settings):
    settings.SENTRY_DSN = ""

    assert start_reports() is False


def test_a_report_names_the_town_and_nobody(transport, rochebelle):
    iban = CANARY
    try:
        int(f"cannot read {iban}")
    except ValueError:
        sentry_sdk.set_user({"email": CANARY})
        sentry_sdk.set_extra("note", CANARY)
        sentry_sdk.capture_exception()
    sentry_sdk.flush()

    (report,) = transport.reports
    assert report["tags"] == {"town": rochebelle.schema_name}
    assert report["exception"]["values"][0]["type"] == "ValueError"
    assert CANARY not in json.dumps(report)


def test_what_is_not_known_to_be_harmless_is_dropped(db):
    report = scrub({"request": {"data": CANARY}, "user": {}, "level": "error"}, {})

    assert report == {"level": "error", "tags": {"town": "public"}, "contexts": {}}
