"""The life of an import: handed in, checked, taken whole or given up."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _, gettext_lazy

from families.domain.imports.checking import Checked, Known, check_tables
from families.domain.imports.rows import Problem
from families.enums import ImportStatus
from families.models import FamilyImport, Household, ImportFile
from families.services.importing.known import what_is_known
from families.services.importing.writing import write_families
from families.signals import import_decided, tables_handed_in
from foundation.accounts.models import Account
from foundation.errors import DomainError
from foundation.journal.services import record, record_each
from foundation.spreadsheets import Table, UnreadableTableError, read_tables
from foundation.storage import PrivateStorage

#: Problems kept and shown; there may be more of them.
MOST_TOLD = 1_000


class ImportNotReadyError(DomainError):
    """Somebody took it meanwhile, or something is to correct first."""

    def __init__(self) -> None:
        super().__init__(
            gettext_lazy(
                "This import cannot be taken now. Reload the page to see where it is."
            )
        )


@transaction.atomic
def hand_in_tables(
    *, files: Sequence[tuple[str, bytes]], actor: Account, now: datetime
) -> FamilyImport:
    """Keep the files, encrypted, until the import is over. `files`: name, content."""
    kept = FamilyImport.objects.create(uploaded_by=actor, uploaded_at=now)
    for name, content in files:
        ImportFile.objects.create(
            families=kept,
            file=ContentFile(content, name="table"),
            original_name=name[:200],
            size=len(content),
        )
    record(
        actor=actor,
        action="import handed in",
        target=kept,
        new={"files": [name for name, _content in files]},
    )
    tables_handed_in.send(sender=FamilyImport, import_id=kept.pk)
    return kept


@transaction.atomic
def check_import(*, import_id: int, today: date) -> Checked | None:
    """Read the files and note what is wrong: the dry run. Writes no family.

    An import that is no longer waiting is left as it is, and None is returned.
    """
    kept = _locked(import_id)
    if kept.status not in {ImportStatus.CHECKING, ImportStatus.READY}:
        return None
    checked, _known = _checked(kept, today)
    _note(kept, checked)
    return checked


@transaction.atomic
def ask_for_import(*, families: FamilyImport, actor: Account) -> None:
    """Decide that a sound import is to be taken; the worker does it.

    Raises ImportNotReadyError unless it is ready: two clerks take it once.
    """
    kept = _locked(families.pk)
    if kept.status != ImportStatus.READY:
        raise ImportNotReadyError
    kept.status = ImportStatus.APPLYING
    kept.applied_by = actor
    kept.save(update_fields=["status", "applied_by"])
    record(actor=actor, action="import decided", target=kept, new=kept.counts)
    import_decided.send(sender=FamilyImport, import_id=kept.pk)


@transaction.atomic
def apply_import(
    *, import_id: int, today: date, now: datetime, country: str
) -> FamilyImport:
    """Write all the families of an import, or none of them and the reasons.

    The files are checked once more: the town may have changed since the dry run. Run
    twice, it writes once.
    """
    kept = _locked(import_id)
    if kept.status != ImportStatus.APPLYING:
        return kept
    checked, known = _checked(kept, today)
    if checked.is_sound:
        checked = _write(kept, checked, known, today=today, country=country)
    if not checked.is_sound:
        kept.applied_by = None
        _note(kept, checked)
        return kept
    kept.status = ImportStatus.APPLIED
    kept.applied_at = now
    kept.save(update_fields=["status", "applied_at"])
    _forget_files(kept)
    return kept


@transaction.atomic
def give_up_import(*, families: FamilyImport, actor: Account) -> None:
    """Drop an import that was not taken, and its files.

    Raises ImportNotReadyError when it is being taken or was.
    """
    kept = _locked(families.pk)
    if kept.status in {ImportStatus.APPLYING, ImportStatus.APPLIED}:
        raise ImportNotReadyError
    kept.status = ImportStatus.GIVEN_UP
    kept.save(update_fields=["status"])
    _forget_files(kept)
    record(actor=actor, action="import given up", target=kept)


def _locked(import_id: int) -> FamilyImport:
    return FamilyImport.objects.select_for_update(of=("self",)).get(pk=import_id)


def _checked(kept: FamilyImport, today: date) -> tuple[Checked, Known]:
    known = what_is_known(today=today)
    tables: list[Table] = []
    unread: list[Problem] = []
    for each in kept.files.order_by("pk"):
        try:
            with each.file.open("rb") as content:
                tables += read_tables(each.original_name, content.read())
        except UnreadableTableError as error:
            unread.append(Problem(each.original_name, 0, "", error.reason))
    if unread:
        return Checked({}, unread, []), known
    return check_tables(tables, known), known


def _write(
    kept: FamilyImport, checked: Checked, known: Known, *, today: date, country: str
) -> Checked:
    """Write, or return the same tables with the reason why nothing was."""
    source = _("Brought from the former software")
    try:
        with transaction.atomic():
            made = write_families(
                checked=checked,
                known=known,
                today=today,
                country=country,
                source=source,
            )
            _journal(kept, checked, made)
    except DatabaseError:
        # A rule of the database that no check foresaw: nothing of it stays.
        refused = Problem("", 0, "", "refused_by_database")
        return Checked(checked.rows, [refused], checked.warnings)
    return checked


def _journal(kept: FamilyImport, checked: Checked, made: Sequence[Household]) -> None:
    actor = kept.applied_by
    record(actor=actor, action="families imported", target=kept, new=checked.counts)
    record_each(
        actor=actor,
        action="household imported",
        targets=made,
        new={"import": str(kept.public_id)},
    )


def _note(kept: FamilyImport, checked: Checked) -> None:
    kept.status = ImportStatus.READY if checked.is_sound else ImportStatus.REFUSED
    kept.counts = checked.counts
    kept.problems = _told(checked.problems)
    kept.warnings = _told(checked.warnings)
    kept.problem_count = len(checked.problems)
    kept.warning_count = len(checked.warnings)
    kept.save()


def _told(problems: Sequence[Problem]) -> list[Mapping[str, Any]]:
    """Return what is kept of problems: where they stand, names and numbers of files."""
    return [asdict(each) for each in problems[:MOST_TOLD]]


def _forget_files(kept: FamilyImport) -> None:
    names = [each.file.name for each in kept.files.all() if each.file.name]
    kept.files.update(file="")
    transaction.on_commit(partial(_delete, names))


def _delete(names: Sequence[str]) -> None:
    storage = PrivateStorage()
    for name in names:
        storage.delete(name)
