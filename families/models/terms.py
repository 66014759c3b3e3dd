"""The terms of use: versions of the town, and who accepted which, when and from where.

A published version never changes, and an acceptance is never rewritten: triggers say
so. Only its network address may be emptied, once it is no longer needed.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from foundation.records import Record


class TermsQuerySet(models.QuerySet["Terms"]):
    """Subsets of the versions."""

    def published(self) -> "TermsQuerySet":
        """Return the versions that families were asked to accept, newest first."""
        return self.filter(published_at__isnull=False).order_by("-number")


class Terms(Record):
    """One version; a draft has no number yet."""

    number = models.IntegerField(_("version"), null=True, unique=True, editable=False)
    body = models.TextField(
        _("text"),
        help_text=_("Leave an empty line between paragraphs. A # begins a heading."),
    )
    published_at = models.DateTimeField(_("published on"), null=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("published by"),
    )

    objects = TermsQuerySet.as_manager()

    class Meta:
        verbose_name = _("terms of use")
        verbose_name_plural = _("terms of use")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(number__isnull=True, published_at__isnull=True)
                | models.Q(number__gte=1, published_at__isnull=False),
                name="published_terms_have_a_number",
            ),
            models.UniqueConstraint(
                models.Value(1),
                condition=models.Q(published_at__isnull=True),
                name="terms_have_one_draft_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        if self.number is None:
            return str(_("Draft of the terms of use"))
        return str(_("Terms of use, version %(number)s") % {"number": self.number})


class TermsAcceptance(models.Model):
    """Somebody accepted a version."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        editable=False,
        related_name="accepted_terms",
        verbose_name=_("who"),
    )
    terms = models.ForeignKey(
        Terms,
        on_delete=models.PROTECT,
        editable=False,
        related_name="acceptances",
        verbose_name=_("terms of use"),
    )
    accepted_at = models.DateTimeField(_("at"), editable=False)
    address = models.GenericIPAddressField(
        _("network address"), null=True, editable=False
    )

    class Meta:
        verbose_name = _("acceptance of the terms")
        verbose_name_plural = _("acceptances of the terms")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["account", "terms"], name="terms_are_accepted_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.terms_id}"


def terms_due(account: str) -> Exists:
    """Return an annotation that tells whether the version in force is still to accept.

    `account` is the path to the account from the annotated model. It rides on a query
    that is made anyway, so that pages ask nothing more.
    """
    current = Terms.objects.published().values("pk")[:1]
    accepted = TermsAcceptance.objects.filter(
        account=OuterRef(OuterRef(account)), terms=OuterRef("pk")
    )
    return Exists(Terms.objects.filter(pk=Subquery(current)).filter(~Exists(accepted)))
