"""Why a run cannot be made or issued."""

from billing.domain.errors import BillingError, gettext_noop


class DraftRunExistsError(BillingError):
    """Two drafts of a régie would bill the same bookings."""

    code = "draft_run_exists"
    sentence = gettext_noop(
        "A run of this régie is still a draft. Issue it or give it up first."
    )


class NothingToBillError(BillingError):
    """No booking of the period waits for an invoice."""

    code = "nothing_to_bill"
    sentence = gettext_noop("There is nothing to bill for this régie and month.")


class NotDraftError(BillingError):
    """The run was issued, or given up, meanwhile."""

    code = "not_draft"
    sentence = gettext_noop(
        "This run is no longer a draft. Reload the page to see where it stands."
    )


class OutdatedRunError(BillingError):
    """Bookings changed after the drafts were made."""

    code = "outdated_run"
    sentence = gettext_noop(
        "%(count)s lines changed since these drafts were made. "
        "Give the run up, then start it again."
    )
