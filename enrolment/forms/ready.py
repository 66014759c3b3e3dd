"""The list of ready sentences: each choice carries its words, for the page to show."""

from collections.abc import Mapping
from typing import Any

from django import forms


class ReadySelect(forms.Select):
    """A list whose choices hold the sentence they stand for."""

    def __init__(self, *args: Any, sentences: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sentences = sentences

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Write the sentence on the choice: a script copies it into the field."""
        option: dict[str, Any] = super().create_option(*args, **kwargs)
        sentence = self.sentences.get(str(option["value"]))
        if sentence:
            option["attrs"]["data-sentence"] = sentence
        return option
