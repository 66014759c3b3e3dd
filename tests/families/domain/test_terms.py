"""The layout of the terms."""

from hypothesis import given, strategies as st

from families.domain.terms import Block, blocks_of

BODY = """# Your account
One account for
the whole family.

- nobody else signs in
- you tell us when you move

The end.
#
"""


def test_headings_paragraphs_and_lists_are_told_apart():
    assert blocks_of(BODY) == (
        Block("heading", ("Your account",)),
        Block("paragraph", ("One account for", "the whole family.")),
        Block("list", ("nobody else signs in", "you tell us when you move")),
        Block("paragraph", ("The end.", "#")),
    )


@given(words=st.lists(st.text(alphabet="ab -#\n", max_size=30), max_size=8))
def test_no_word_of_the_text_is_lost(words):
    body = "\n\n".join(words)

    shown = [line for block in blocks_of(body) for line in block.lines]

    letters = "".join(letter for letter in body if letter in "ab")
    assert "".join(letter for line in shown for letter in line if letter in "ab") == (
        letters
    )
