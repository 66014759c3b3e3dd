"""Reads of the terms of use."""

from django.db.models import Count, QuerySet

from families.models import Terms, TermsAcceptance
from foundation.accounts.models import Account


def find_current_terms() -> Terms | None:
    """Return the version in force; None where the town has no terms of use."""
    return Terms.objects.published().first()


def find_draft() -> Terms | None:
    """Return the version being written, if any."""
    return Terms.objects.filter(published_at=None).first()


def published_terms() -> QuerySet[Terms]:
    """Return the published versions, newest first, with their `accepted` counts."""
    versions = Terms.objects.published().select_related("published_by")
    return versions.annotate(accepted=Count("acceptances"))


def acceptances_by(account: Account) -> QuerySet[TermsAcceptance]:
    """Return what an account accepted, the latest first."""
    return (
        TermsAcceptance.objects.filter(account=account)
        .select_related("terms")
        .order_by("-terms__number")
    )
