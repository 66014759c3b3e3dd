"""What an editor wrote comes back as the marks of a pack."""

import pytest
from hypothesis import given, settings, strategies as st

from cms.domain.rich_text import to_html, to_marks

WORDS = st.text(alphabet="abcé *[]()-#<>&1.", min_size=1, max_size=20)


@pytest.mark.parametrize(
    "marks",
    [
        "Une phrase.",
        "## Un titre\n\nUn **mot** fort.\n\n- un\n- deux, [ici](https://a.example/b)",
        "Écrire à [la mairie](mailto:mairie@a.example).",
    ],
)
def test_marks_come_back_from_their_html(marks):
    assert to_marks(to_html(marks)) == marks


def test_what_has_no_mark_is_plain_text():
    html = '<h3>Titre</h3><p>a<i>b</i><br/>c</p><ol><li>un</li></ol><a id="3">x</a>'

    assert to_marks(html) == "## Titre\n\nab c\n\n- un\n\nx"


@settings(max_examples=300)
@given(st.lists(WORDS, max_size=4))
def test_a_second_time_changes_nothing(paragraphs):
    once = to_marks("".join(f"<p>{text}</p>" for text in paragraphs))

    twice = to_marks(to_html(once))

    assert twice == once
