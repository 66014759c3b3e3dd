"""Refusals that a person reads."""


class DomainError(Exception):
    """A rule of the town refuses; the message says why and what to do next.

    `message` may be a lazy translation: it is turned into text when shown.
    """

    def __init__(self, message: object = "") -> None:
        super().__init__(message)
        self.message = message

    def __str__(self) -> str:
        """Return the sentence in the active language."""
        return str(self.message)
