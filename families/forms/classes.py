"""Who stays in the same class."""

from uuid import UUID

from django.http import QueryDict


class KeptBackForm:
    """Children kept back, by public ids, and the words of a search."""

    def __init__(self, data: QueryDict) -> None:
        # PostgreSQL refuses texts with a NUL, even to compare with.
        self.words = data.get("q", "").replace("\0", "").strip()[:80]
        self.kept_back = [
            public_id for text in data.getlist("keep") if (public_id := _read(text))
        ]


def _read(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
