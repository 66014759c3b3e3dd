"""Give a form one effect, however often it is sent."""

import hashlib
from collections.abc import Callable, Mapping
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from foundation.accounts.models import Account
from foundation.errors import DomainError
from foundation.idempotency.models import CompletedForm
from foundation.town import current_schema


class ChangedFormError(DomainError):
    """The same form was sent again with other answers."""

    def __init__(self) -> None:
        super().__init__(
            _("This page was already sent with other answers. Please start again.")
        )


class LostFormError(DomainError):
    """A form came without the key it was drawn with, or with something else."""

    def __init__(self) -> None:
        super().__init__(_("Part of this page was lost. Please send it once more."))


def form_key_of(sent: Mapping[str, str]) -> UUID:
    """Return the key of a form that was sent; raises LostFormError without one."""
    key = _find_key(sent)
    if key is None:
        raise LostFormError
    return key


def form_key_to_show(sent: Mapping[str, str]) -> UUID:
    """Return the key to draw in a form: the one it was sent with, or a new one."""
    return _find_key(sent) or uuid4()


def _find_key(sent: Mapping[str, str]) -> UUID | None:
    try:
        return UUID(sent.get("form_key", ""))
    except ValueError:
        return None


@transaction.atomic
def once(
    *,
    account: Account,
    key: UUID,
    purpose: str,
    answers: Mapping[str, object],
    act: Callable[[], str],
) -> str:
    """Run `act` the first time and return the address it gives; later, the same one.

    A second sending that arrives while the first still runs waits for it. Raises
    ChangedFormError when the key comes back with other answers.
    """
    digest = _digest(answers)
    with connection.cursor() as cursor:
        # Serialises the two tabs of one person, nobody else.
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"{current_schema()}:{account.pk}:{key}"],
        )
    done = CompletedForm.objects.filter(
        account=account, key=key, purpose=purpose
    ).first()
    if done is not None:
        if done.request_hash != digest:
            raise ChangedFormError
        return done.location
    location = act()
    CompletedForm.objects.create(
        account=account,
        key=key,
        purpose=purpose,
        request_hash=digest,
        location=location,
    )
    return location


def _digest(answers: Mapping[str, object]) -> str:
    """Return a stable hash of what was answered."""
    text = "\n".join(f"{name}={answers[name]!r}" for name in sorted(answers))
    return hashlib.sha256(text.encode()).hexdigest()
