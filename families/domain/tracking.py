"""What a tracking number says: a state, a subject and a day; nothing of anybody."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Tracked:
    """A request found by its number.

    `subject` is a service of the town, never a person. `href` leads to the request,
    and is empty for those it does not belong to.
    """

    subject: str
    status: str
    tone: str
    sent_on: date
    href: str = ""
