"""The parts of the home page."""

from families.domain.home import Card, Home, Panel, Task


def test_panels_follow_their_positions():
    late = Panel(50, cards=(Card("Invoices", "invoice"),))
    early = Panel(
        20, tasks=(Task("Add", "/", "To do"),), cards=(Card("Kids", "child"),)
    )

    home = Home.of([late, early])

    assert [card.title for card in home.cards] == ["Kids", "Invoices"]
    assert home.remaining


def test_nothing_remains_once_every_task_is_done():
    home = Home.of([Panel(1, tasks=(Task("Add", "/", "2 children", "success"),))])

    assert not home.remaining
