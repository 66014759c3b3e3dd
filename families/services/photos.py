"""The identity photo of a child: square, small, encrypted on disk."""

from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction

from families.models import Child, ChildPhoto
from foundation.accounts.models import Account
from foundation.journal.services import record
from foundation.uploads.cleaning import CleanFile


@transaction.atomic
def set_photo(
    *, child: Child, portrait: CleanFile, now: datetime, actor: Account
) -> ChildPhoto:
    """Keep a portrait in place of the one before, whose file is removed.

    `portrait` comes from `foundation.uploads.cleaning.clean_portrait`.
    """
    Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
    _drop(child)
    photo = ChildPhoto.objects.create(
        child=child,
        file=ContentFile(portrait.content, name="photo"),
        size=portrait.size,
        sha256=portrait.sha256,
        added_by=actor,
        added_at=now,
    )
    record(actor=actor, action="photo added", target=child)
    return photo


@transaction.atomic
def remove_photo(*, child: Child, actor: Account) -> None:
    """Remove the photo and its file; nothing happens without a photo."""
    Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
    if _drop(child):
        record(actor=actor, action="photo removed", target=child)


def _drop(child: Child) -> bool:
    before = ChildPhoto.objects.filter(child=child).first()
    if before is None:
        return False
    store, name = before.file.storage, str(before.file.name)
    before.delete()
    transaction.on_commit(lambda: store.delete(name))
    return True
