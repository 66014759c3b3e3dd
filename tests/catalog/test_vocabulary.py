"""The engine's codes and those kept on file are the same words."""

from catalog.domain.prices import Residence, replay
from families.enums import Residence as ResidenceOnFile
from tests.catalog.domain.prices.builders import context, priced, rule, tariff


def test_a_residence_is_written_the_same_on_file_and_in_a_tariff():
    assert set(ResidenceOnFile.values) == set(Residence)


def test_a_residence_taken_from_the_file_is_priced_and_replayed():
    works_here = rule(when={"residence": "works_here"}, amount="3.00")
    data = tariff(works_here, rule("others"))

    price = priced(data, context(residence=ResidenceOnFile.WORKS_HERE))

    assert price.minor == 300
    assert replay(data, price.trace.to_data()) == price
