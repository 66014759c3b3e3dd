"""Every action of the journal has a name that people read."""

import ast
from pathlib import Path

from billing.enums import MoneyAction
from foundation.journal.actions import action_name, is_named
from tenants.enums import TownAction

ROOT = Path(__file__).parents[2]
FOLDERS = ("platform", "tenants", "families", "catalog", "enrolment", "billing", "cms")
JOURNAL = {"record", "record_each"}
ACTION = "action"


def written_actions():
    """Yield the actions that the code writes as texts, with their places."""
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and _name_of(node) in JOURNAL:
                    given = [each.value for each in node.keywords if each.arg == ACTION]
                    yield from _texts(given, path.relative_to(ROOT))
                elif isinstance(node, ast.Assign) and _is_action(node):
                    yield from _texts([node.value], path.relative_to(ROOT))


def _name_of(call):
    return getattr(call.func, "id", getattr(call.func, "attr", ""))


def _is_action(assigned):
    return any(getattr(each, "id", "") == ACTION for each in assigned.targets)


def _texts(given, path):
    for value in given:
        # What is composed ("school changed") is named by its verb.
        if isinstance(value, ast.Constant | ast.IfExp):
            for each in ast.walk(value):
                text = getattr(each, "value", None)
                if isinstance(text, str) and not text.startswith(" "):
                    yield str(path), text


def test_every_action_written_in_the_code_has_a_name():
    written = list(written_actions())

    assert len(written) > 40
    assert sorted({each for each in written if not is_named(each[1])}) == []


def test_the_actions_of_money_and_towns_have_names():
    kept = [*MoneyAction.values, *TownAction.values]

    assert [each for each in kept if not is_named(each)] == []


def test_records_that_staff_write_are_named_by_what_happened():
    assert action_name("school changed") == "Changed"
    assert action_name("household moved") == "Household moved"
    assert action_name("something else") == "something else"
