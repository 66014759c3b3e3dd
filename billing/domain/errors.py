"""Refusals of the billing office, each with a sentence for people.

Nothing here knows Django. A sentence is its English source with named places; the
billing app installs the translator when it starts (`Sentence.translate`), so the
same error reads in the language of whoever sees it.
"""

from collections.abc import Callable, Mapping
from typing import ClassVar

from foundation.errors import DomainError


def gettext_noop(message: str) -> str:
    """Mark a sentence for the translation catalogue and leave it unchanged."""
    return message


class Sentence:
    """A sentence that is translated, then filled in, each time it is shown."""

    translate: ClassVar[Callable[[str], str]] = staticmethod(gettext_noop)

    def __init__(self, source: str, params: Mapping[str, object]) -> None:
        """Keep the English source and the values of its named places."""
        self.source = source
        self.params = params

    def __str__(self) -> str:
        """Return the sentence in the active language; its `reason` is one too."""
        translate = type(self).translate
        params = dict(self.params)
        if "reason" in params:
            params["reason"] = translate(str(params["reason"]))
        return translate(self.source) % params


class BillingError(DomainError):
    """A request that the rules of billing refuse; `code` is for programs."""

    code: ClassVar[str] = "refused"
    sentence: ClassVar[str] = gettext_noop("This cannot be done.")

    def __init__(self, **params: object) -> None:
        """Keep the values that fill the named places of the sentence."""
        self.params = params
        super().__init__(Sentence(self.sentence, params))
