"""The refusal that a family reads: what is wrong, and what to do next."""

from collections.abc import Mapping

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from foundation.errors import DomainError
from foundation.uploads.reasons import Reason

_MESSAGES = {
    Reason.EMPTY: _("This file is empty. Choose it again, or take a new photo."),
    Reason.TOO_HEAVY: _(
        "This file weighs {size} MB. The limit is {limit} MB. Take the photo again in "
        "a smaller size, or send one page at a time."
    ),
    Reason.WRONG_KIND: _(
        "We cannot read this kind of file. Send a PDF or a photo (JPEG, PNG, HEIC or "
        "WebP)."
    ),
    Reason.NOT_A_PHOTO: _(
        "This is a document. Take a photo of the child, or choose one."
    ),
    Reason.UNREADABLE: _(
        "This file is damaged or incomplete. Save it again, or take a photo of the "
        "document."
    ),
    Reason.TOO_MANY_PIXELS: _(
        "This picture is too large: the limit is {limit} million pixels. Take the "
        "photo again in a smaller size."
    ),
    Reason.TOO_MANY_PAGES: _(
        "This document has {pages} pages. The limit is {limit}. Send only the pages "
        "that we ask for."
    ),
    Reason.PDF_LOCKED: _(
        "This PDF is protected. Print it to a new PDF without protection, or take a "
        "photo of each page."
    ),
    Reason.PDF_DYNAMIC_FORM: _(
        "This PDF is an interactive form that only one program can read. Print it to a "
        "new PDF, or take a photo of each page."
    ),
    Reason.TOO_COMPLEX: _(
        "This file is too complex for us to check. Take a photo of the document and "
        "send the photo."
    ),
    Reason.BUSY: _(
        "Many files are arriving at this moment. Wait one minute, then send it again."
    ),
}


class UploadRefusedError(DomainError):
    """A file was not accepted; nothing of it was kept.

    `reason_code` is stable, for logs and tests; `params` complete the message.
    """

    def __init__(
        self, reason_code: Reason, params: Mapping[str, object] | None = None
    ) -> None:
        self.reason_code = reason_code
        self.params = dict(params or {})
        super().__init__(format_lazy(_MESSAGES[reason_code], **self.params))
