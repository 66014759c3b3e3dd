"""What a demo family answers to the forms that a request asks for."""

from foundation.reading import Node


def read_answers(node: Node) -> dict[str, str]:
    """Return the answers, by the code of the question."""
    child = node.child("answers", required=False)
    if child is None:
        return {}
    found = {key: child.text(key) for key in child.data}
    child.close()
    return found
