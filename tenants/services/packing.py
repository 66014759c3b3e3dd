"""A town's configuration as a file: exported, and put onto a town that is open.

A town is exported whole, without what belongs to it alone: its host name, people,
passwords, bank accounts, payment accounts. An import changes what the file says, adds
what it adds and leaves alone what it does not name. It deletes nothing, and applies
whole or not at all. The preview is a real import that is undone: what it says is true.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django_tenants.utils import tenant_context

from foundation.accounts.models import Account
from foundation.journal.services import record
from foundation.problems import ConfigurationError, Problem
from tenants.domain.pack_changes import Change, compare, names_in
from tenants.domain.packs import pack_keys
from tenants.enums import TownAction
from tenants.gateways.pack_files import write_pack_file
from tenants.models import Town
from tenants.queries import primary_host
from tenants.services.lifecycle import WrongStateError
from tenants.services.opening import checked_pack
from tenants.signals import pack_asked, pack_imported
from tenants.townhall.models import TownSettings
from tenants.townhall.queries import forget_town_settings

#: A journal entry tells the first ones; the export tells all.
MOST_JOURNALLED = 200
TOWN_KEYS = ("name", "kind", "locale", "currency", "time_zone")
#: What names a town: a neighbour that opens from its file writes its own.
ITS_OWN = {
    "townhall": (
        "second_name",
        "brand_colour",
        "accent_colour",
        "address",
        "contact_email",
        "contact_phone",
        "legal_notice",
    ),
    "departments": ("reply_to",),
    # A blank form bears the name of its town.
    "proof_types": ("blank_template",),
    "regies": ("address", "legal_notice"),
}


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import changes, or would change.

    `same` counts what the file names that the town has already, `kept` names what
    the town has and the file does not: it stays as it is.
    """

    changes: tuple[Change, ...]
    same: int
    kept: tuple[str, ...]

    @property
    def mark(self) -> str:
        """What recognises this report: two that say the same have the same."""
        return sha256(repr(self.changes).encode()).hexdigest()


def export_pack(
    *, town: Town, for_neighbour: bool = False, with_files: bool = True
) -> dict[str, Any]:
    """Return the configuration of the town one is in, as plain data.

    `for_neighbour` also leaves out what names the town: its colours, addresses,
    telephone and notices. Without `with_files`, a file is told by its name and
    fingerprint: what tells whether it changed.
    """
    parts: dict[str, Any] = {"town": {key: getattr(town, key) for key in TOWN_KEYS}}
    for _receiver, part in pack_asked.send(
        sender=Town, town=town, with_files=with_files
    ):
        parts.update(part)  # type: ignore[arg-type] # What our receivers answer.
    pack = {key: parts[key] for key in pack_keys() if key in parts}
    return _without_name(pack) if for_neighbour else pack


def export_file(*, town: Town, actor: Account, for_neighbour: bool = False) -> bytes:
    """Return the town's file; the journal keeps who took it."""
    content = write_pack_file(export_pack(town=town, for_neighbour=for_neighbour))
    record(
        actor=actor,
        action="configuration exported",
        target=TownSettings.objects.get(pk=1),
        new={"for_neighbour": for_neighbour},
    )
    return content


@transaction.atomic
def take_configuration(*, town: Town, actor: Account, for_neighbour: bool) -> bytes:
    """Return a town's file to an operator; the platform's journal keeps it.

    Raises WrongStateError while the town has no configuration yet.
    """
    if town.opened_at is None:
        raise WrongStateError
    with tenant_context(town):
        content = write_pack_file(export_pack(town=town, for_neighbour=for_neighbour))
    record(
        actor=actor,
        action=TownAction.EXPORTED,
        target=town,
        new={"for_neighbour": for_neighbour},
    )
    return content


def preview_import(*, town: Town, data: object, now: datetime) -> ImportReport:
    """Say what an import would do, and do nothing.

    Raises ConfigurationError with everything that stands in the way.
    """
    try:
        with transaction.atomic():
            report = _import(town=town, data=data, now=now)
            transaction.set_rollback(True)
    finally:
        forget_town_settings()
    return report


@transaction.atomic
def import_pack(
    *, town: Town, data: object, actor: Account, now: datetime
) -> ImportReport:
    """Put a pack, given as plain data, onto the town one is in.

    Raises ConfigurationError, and then nothing is changed.
    """
    report = _import(town=town, data=data, now=now)
    if report.changes:
        told = report.changes[:MOST_JOURNALLED]
        record(
            actor=actor,
            action="configuration imported",
            target=TownSettings.objects.get(pk=1),
            old={each.path: each.old for each in told if not each.is_new},
            new={each.path: each.new for each in told}
            | {"changes": len(report.changes)},
        )
    transaction.on_commit(forget_town_settings)
    return report


def _import(*, town: Town, data: object, now: datetime) -> ImportReport:
    # Two imports at once would each tell what the other changes.
    TownSettings.objects.select_for_update().get(pk=1)
    before = export_pack(town=town, with_files=False)
    pack = checked_pack(onto(town, data))
    try:
        with transaction.atomic():
            answers = pack_imported.send(sender=Town, town=town, pack=pack, now=now)
    except (DataError, IntegrityError) as error:
        problem = Problem("file", "refused_by_database", {"said": _said(error)})
        raise ConfigurationError([problem]) from error
    problems: list[Any] = [each for _who, found in answers for each in found or ()]
    if problems:
        raise ConfigurationError(problems)
    return _report(before, export_pack(town=town, with_files=False), data)


def onto(town: Town, data: object) -> object:
    """Return a pack read for a town that is open: it stays where and who it is."""
    if not isinstance(data, Mapping):
        return data
    facts = {key: getattr(town, key) for key in TOWN_KEYS}
    return {
        **data,
        "town": {**facts, "host": primary_host(town)},
        # A file without administrator is read like any other; nobody is invited.
        "administrator": {"email": "nobody@example.org"},
    }


def _report(before: Any, after: Any, data: object) -> ImportReport:
    changes = compare(before, after)
    named = names_in(data) if isinstance(data, Mapping) else frozenset()
    known = names_in(before)
    touched = [each.path for each in changes]
    same = {name for name in named & known if not _is_touched(name, touched)}
    kept = sorted(known - named)
    # What is inside something kept goes without saying.
    tops = [each for each in kept if not _is_inside(each, kept)]
    return ImportReport(changes, len(same), tuple(tops))


def _is_inside(name: str, others: list[str]) -> bool:
    return any(name.startswith(f"{each}.") for each in others)


def _is_touched(name: str, paths: list[str]) -> bool:
    return any(path == name or path.startswith(f"{name}.") for path in paths)


def _without_name(pack: dict[str, Any]) -> dict[str, Any]:
    """Leave out what a neighbour says of itself."""
    result = {**pack, "town": {**pack["town"]}}
    result["town"].pop("name")
    for section, keys in ITS_OWN.items():
        rows = result.get(section)
        if isinstance(rows, list):
            result[section] = [_but(row, keys) for row in rows]
        elif rows:
            result[section] = _but(rows, keys)
    return result


def _but(row: Mapping[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in keys}


def _said(error: DataError | IntegrityError) -> str:
    diagnosis = getattr(error.__cause__, "diag", None)
    return str(getattr(diagnosis, "constraint_name", "") or "constraint")
