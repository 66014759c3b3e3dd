"""Write in the journal, in the same transaction as the decision itself."""

import json
from collections.abc import Mapping
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from foundation.accounts.models import Account
from foundation.journal.models import Entry

# Shown instead of a value that must not be read in the journal.
MASKED = "•••"


def record(
    *,
    actor: Account | None,
    action: str,
    target: models.Model,
    old: Mapping[str, Any] | None = None,
    new: Mapping[str, Any] | None = None,
    reason: str = "",
) -> Entry:
    """Add one entry about `target`.

    `actor` is None when the platform itself acts (a job, a provider's event). Health,
    identity and bank values are given as `MASKED`, never in clear.
    """
    return Entry.objects.create(
        actor=actor if actor is not None and actor.pk else None,
        action=action,
        kind=target._meta.label_lower,  # noqa: SLF001 - _meta is public in practice.
        record=getattr(target, "public_id", None),
        label=str(target)[:200],
        old=_plain(old),
        new=_plain(new),
        reason=reason,
    )


def _plain(values: Mapping[str, Any] | None) -> Any:
    """Return values as JSON keeps them (dates and decimals as text)."""
    return json.loads(
        json.dumps(dict(values or {}), cls=DjangoJSONEncoder, default=str)
    )
