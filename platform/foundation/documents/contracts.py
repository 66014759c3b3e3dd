"""What every document wants to be told.

Every value is text ready to be read: amounts and dates are already written in the
reader's language. The one exception is `date`, the ISO day that dates the file.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, NotRequired, TypedDict


class Logo(TypedDict):
    """An image of the town; `data` is its bytes as a list of numbers (JSON)."""

    format: Literal["png", "jpg"]
    data: Sequence[int]


class Town(TypedDict):
    """The letterhead; `accent` is the brand colour, such as #1f6f78."""

    name: str
    lines: Sequence[str]
    accent: str
    logo: NotRequired[Logo]


class Person(TypedDict):
    """A name and the lines of an address."""

    name: str
    lines: Sequence[str]


class Document(TypedDict):
    """What every document has; `labels` are the words of its fixed parts."""

    title: str
    lang: str
    paper: Literal["a4", "us-letter"]
    date: str
    town: Town
    labels: Mapping[str, str]
    legal: Sequence[str]
