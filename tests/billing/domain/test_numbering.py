from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given, strategies as st

from billing.domain.numbering import (
    GENESIS,
    DocumentNumber,
    NotCanonicalError,
    NumberRefusedError,
    canonical_json,
    chain_hash,
    first_broken_link,
    parse_number,
)


def test_a_number_shows_series_year_and_six_digits():
    assert str(DocumentNumber("CANT", 2026, 42)) == "CANT-2026-000042"


@given(
    st.from_regex(r"[A-Z0-9]{1,12}", fullmatch=True),
    st.integers(1000, 9999),
    st.integers(1, 10**9 - 1),
)
def test_a_printed_number_reads_back(series, year, number):
    printed = str(DocumentNumber(series, year, number))

    assert parse_number(f" {printed.lower()} ") == DocumentNumber(series, year, number)


@pytest.mark.parametrize(
    "text", ["", "CANT-26-000042", "CANT-2026-42", "É-2026-000001"]
)
def test_text_that_is_no_number_is_refused(text):
    with pytest.raises(NumberRefusedError):
        parse_number(text)


@pytest.mark.parametrize(("series", "number"), [("cant", 1), ("CANT", 0), ("", 1)])
def test_a_number_that_could_not_be_read_back_is_refused(series, number):
    with pytest.raises(NumberRefusedError):
        DocumentNumber(series, 2026, number)


def test_the_same_facts_are_always_written_the_same_way():
    one = {"b": Decimal("1.50"), "a": date(2026, 11, 30), "é": [None, True]}
    two = {"é": (None, True), "a": date(2026, 11, 30), "b": Decimal("1.50")}

    assert canonical_json(one) == canonical_json(two)
    assert (
        canonical_json(one) == '{"a":"2026-11-30","b":"1.50","é":[null,true]}'.encode()
    )


def test_identifiers_are_written_as_text():
    assert canonical_json({"id": UUID(int=1)}).endswith(b'000000000001"}')


@pytest.mark.parametrize("value", [1.5, {1: "a"}, {"a": {2.5}}, object()])
def test_a_value_without_exact_form_is_refused(value):
    with pytest.raises(NotCanonicalError):
        canonical_json({"value": value})


DOCUMENTS = st.lists(
    st.dictionaries(st.text(max_size=5), st.integers(), min_size=1),
    min_size=1,
    max_size=6,
)


def chained(documents):
    links, previous = [], GENESIS
    for document in documents:
        previous = chain_hash(previous, document)
        links.append((document, previous))
    return links


@given(DOCUMENTS)
def test_an_untouched_chain_is_whole(documents):
    assert first_broken_link(chained(documents)) is None


@given(DOCUMENTS, st.data())
def test_an_altered_document_is_found_where_it_stands(documents, data):
    links = chained(documents)
    position = data.draw(st.integers(0, len(links) - 1))
    document, stored = links[position]

    links[position] = (document | {"altered": 1}, stored)

    assert first_broken_link(links) == position


def test_a_removed_document_breaks_the_chain():
    links = chained([{"n": 1}, {"n": 2}, {"n": 3}])

    assert first_broken_link([links[0], links[2]]) == 1
