"""Files that should open a town, and files that should not."""

import pytest

from foundation.problems import ConfigurationError, explain
from tenants.gateways.pack_files import MAX_BYTES, read_pack_file

LAUGHS = b"a: &a [lol, lol]\nb: &b [*a, *a]\nc: [*b, *b]\n"


def test_days_hours_and_words_stay_texts():
    data = read_pack_file(b"day: 2026-03-09\nhour: 14:00\nno: no\nnumber: 012\n")

    assert data == {"day": "2026-03-09", "hour": "14:00", "no": "no", "number": "012"}


def test_whole_numbers_flags_and_nothing_have_their_type():
    data = read_pack_file(b"n: 12\nyes: true\nnothing: null\nempty:\nhalf: 2.50\n")

    assert data == {"n": 12, "yes": True, "nothing": None, "empty": None, "half": 2.5}


@pytest.mark.parametrize(
    ("content", "place", "reason"),
    [
        (b"a: 1\nb: [1,\n", "line 3, column 1", "yaml_syntax"),
        (b"a: 1\n\tb: 2\n", "line 2, column 1", "yaml_syntax"),
        (b"a: 1\n---\nb: 2\n", "line 2, column 1", "yaml_syntax"),
        (b"a: 1\nb: 2\na: 3\n", "line 3, column 1", "yaml_twice"),
        (b"a: {b: 1, b: 2}\n", "line 1, column 11", "yaml_twice"),
        (b"a: {<<: {b: 1}}\n<<: 2\n<<: 3", "line 3, column 1", "yaml_twice"),
        (LAUGHS, "line 1, column 4", "yaml_alias"),
        (b"a: &a [*a]\n", "line 1, column 4", "yaml_alias"),
        (b"a: !!python/name:os.system x\n", "line 1, column 4", "yaml_tag"),
        (b"a: !custom x\n", "line 1, column 4", "yaml_tag"),
        (b"[" * 5000, "line 1, column 31", "yaml_too_deep"),
        (b"1: one\n", "line 1, column 1", "yaml_key"),
        (b"? [a, b]\n: c\n", "line 1, column 3", "yaml_key"),
        (b"name: \xff\xfe\n", "file", "file_not_utf8"),
        (b"name: \x00\n", "file", "file_strange_character"),
        (b"a" * (MAX_BYTES + 1), "file", "file_too_large"),
    ],
)
def test_a_hostile_file_is_refused_with_its_place_and_reason(content, place, reason):
    with pytest.raises(ConfigurationError) as refused:
        read_pack_file(content)

    (problem,) = refused.value.problems
    assert (problem.path, problem.reason) == (place, reason)
    assert explain(problem)[-1] in ".)"
    assert "%" not in explain(problem)
