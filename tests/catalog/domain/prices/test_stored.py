"""Prices stored before the engine learnt its later methods are still replayed."""

import json
from pathlib import Path

import pytest

from catalog.domain.prices import ReplayDiffersError, Trace, replay
from tests.catalog.domain.towns import tariff_of

STORED = json.loads(Path(__file__).with_name("stored_traces.json").read_text())


@pytest.mark.parametrize("stored", STORED)
def test_an_old_price_is_worked_out_again_to_the_same_cent(stored):
    price = replay(tariff_of(stored["town"], stored["tariff"]), stored["trace"])

    assert price.minor == stored["trace"]["minor"]
    assert price.trace == Trace.from_data(stored["trace"])
    assert price.trace.to_data() == stored["trace"]


def test_an_old_price_with_another_amount_is_found():
    first = STORED[0]
    changed = {**first["trace"], "minor": first["trace"]["minor"] + 1}

    with pytest.raises(ReplayDiffersError):
        replay(tariff_of(first["town"], first["tariff"]), changed)
