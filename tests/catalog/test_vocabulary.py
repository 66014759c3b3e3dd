"""The engine's codes and those kept on file are the same words."""

from catalog.domain.prices import Residence
from families.enums import Residence as ResidenceOnFile


def test_a_residence_is_written_the_same_on_file_and_in_a_tariff():
    assert set(ResidenceOnFile.values) == set(Residence)


def test_a_residence_on_file_meets_the_condition_of_a_tariff():
    assert ResidenceOnFile.WORKS_HERE in frozenset({Residence.WORKS_HERE})
