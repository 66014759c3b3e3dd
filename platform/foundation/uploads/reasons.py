"""Why a file is refused, in words that cross from the child process to the parent."""

from enum import StrEnum


class Reason(StrEnum):
    """One per sentence that a family may read."""

    EMPTY = "empty"
    TOO_HEAVY = "too_heavy"
    WRONG_KIND = "wrong_kind"
    NOT_A_PHOTO = "not_a_photo"
    UNREADABLE = "unreadable"
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_MANY_PAGES = "too_many_pages"
    PDF_LOCKED = "pdf_locked"
    PDF_DYNAMIC_FORM = "pdf_dynamic_form"
    TOO_COMPLEX = "too_complex"
    BUSY = "busy"


class Refusal(Exception):  # noqa: N818 - a verdict of the child, not the public error.
    """A verdict reached while reading the file; `params` complete the sentence."""

    def __init__(self, reason: Reason, **params: int) -> None:
        super().__init__(reason, params)
        self.reason = reason
        self.params = params
