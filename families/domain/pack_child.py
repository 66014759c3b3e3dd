"""What a pack says of children: the meals served, the authorisations asked."""

from dataclasses import dataclass

from families.domain.meal_labels import find_refused_word
from families.enums import CLASS_LABELS
from foundation.reading import Node
from tenants.domain.packs import Register, Section


@dataclass(frozen=True, slots=True)
class MealTypeFacts:
    """A type of meal; the names are those of the record's fields."""

    code: str
    name: str
    is_offered: bool


@dataclass(frozen=True, slots=True)
class AuthorisationFacts:
    """An authorisation asked; the names are those of the record's fields."""

    code: str
    name: str
    text: str
    minimum_age: int | None
    is_on_day_list: bool
    is_asked: bool


@dataclass(frozen=True, slots=True)
class ChildFileFacts:
    """Lists of the child's file; None where the pack leaves the default one."""

    meals: tuple[MealTypeFacts, ...] | None
    authorisations: tuple[AuthorisationFacts, ...] | None


def read_child_file(root: Node, register: Register) -> ChildFileFacts:
    """Read `meal_types` and `authorisations`."""
    # Activities of the catalogue name the classes they admit.
    register.note("school_classes", CLASS_LABELS)
    meals = authorisations = None
    if root.has("meal_types"):
        meals = tuple(
            _read_meal(node, register)
            for node in root.children("meal_types", required=False)
        )
    if root.has("authorisations"):
        authorisations = tuple(
            _read_authorisation(node, register)
            for node in root.children("authorisations", required=False)
        )
    return ChildFileFacts(meals, authorisations)


def _read_meal(node: Node, register: Register) -> MealTypeFacts:
    name = node.text("name", at_most=60)
    refused = find_refused_word(name)
    if refused is not None:
        node.refuse("name", f"label_tells_{refused.subject}", value=refused.word)
    facts = MealTypeFacts(
        code=register.declare("meal_types", node),
        name=name,
        is_offered=node.flag("offered", default=True),
    )
    node.close()
    return facts


def _read_authorisation(node: Node, register: Register) -> AuthorisationFacts:
    facts = AuthorisationFacts(
        code=register.declare("authorisations", node),
        name=node.text("name", at_most=120),
        text=node.text("text"),
        minimum_age=node.integer("minimum_age", at_least=1, at_most=18)
        if node.has("minimum_age")
        else None,
        is_on_day_list=node.flag("day_list", default=False),
        is_asked=node.flag("asked", default=True),
    )
    node.close()
    return facts


CHILD_FILE = Section(("meal_types", "authorisations"), read_child_file)
