"""Who stays in the same class."""

from uuid import UUID

from django.http import QueryDict


class KeptBackForm:
    """Children kept back, by public ids, and the words of a search."""

    def __init__(self, data: QueryDict) -> None:
        self.words = data.get("q", "").strip()[:80]
        self.kept_back = [
            public_id for text in data.getlist("keep") if (public_id := _read(text))
        ]


def _read(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
