"""What enrolment says in a pack: the sentences that clerks write often."""

from dataclasses import dataclass

from foundation.reading import Node
from tenants.domain.packs import Register, Section

USES = ("refuse_proof", "ask_for_more", "refuse_request")


@dataclass(frozen=True, slots=True)
class SentenceFacts:
    """A sentence as the family reads it, and the short name clerks choose it by."""

    use: str
    title: str
    sentence: str


def read_sentences(root: Node, _register: Register) -> tuple[SentenceFacts, ...] | None:
    """Read `ready_sentences`; None when the pack leaves them to the platform."""
    if not root.has("ready_sentences"):
        return None
    found: list[SentenceFacts] = []
    for node in root.children("ready_sentences", required=False):
        facts = _read_sentence(node)
        if facts.title and any(
            (each.use, each.title) == (facts.use, facts.title) for each in found
        ):
            node.refuse("title", "repeated_code")
        found.append(facts)
        node.close()
    return tuple(found)


def _read_sentence(node: Node) -> SentenceFacts:
    return SentenceFacts(
        use=node.choice("use", USES) or "",
        title=node.text("title", at_most=80),
        sentence=node.text("sentence", at_most=2_000),
    )


SENTENCES = Section(("ready_sentences",), read_sentences)
