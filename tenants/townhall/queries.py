"""Reads of a town's own settings."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.cache import cache
from django.db.models import Model, OuterRef, Q

from foundation.accounts.models import Account
from foundation.ui.frame import forget_frame
from tenants.domain.pack import SETTINGS_WRITTEN
from tenants.domain.pack_writing import without_blanks
from tenants.domain.scope import EVERYTHING, NOTHING, Scope
from tenants.townhall.models import (
    Commune,
    Department,
    School,
    StaffScope,
    TownSettings,
)

_FLAGS = {"robot_check": True}
CACHE_KEY = "townhall-settings"
SECONDS_KEPT = 60


def town_settings() -> TownSettings:
    """Return the settings of the current town.

    Kept a minute in the town's cache; saving them forgets the kept copy.
    Raises TownSettings.DoesNotExist in a schema that was never opened.
    """
    kept: TownSettings | None = cache.get(CACHE_KEY)
    if kept is None:
        kept = TownSettings.objects.get(pk=1)
        cache.set(CACHE_KEY, kept, SECONDS_KEPT)
    return kept


def forget_town_settings() -> None:
    """Drop the kept copies of the settings."""
    cache.delete(CACHE_KEY)
    forget_frame()


def townhall_facts() -> dict[str, Any]:
    """Return the town hall's sections of a pack, as plain data."""
    settings = TownSettings.objects.get(pk=1)
    schools = School.objects.select_related("commune").order_by("position", "code")
    sections = {
        "townhall": without_blanks(
            {key: getattr(settings, key) for key in SETTINGS_WRITTEN}, _FLAGS
        ),
        "communes": [
            without_blanks(
                {
                    "code": each.code,
                    "name": each.name,
                    "postal_codes": each.postal_codes,
                }
            )
            for each in Commune.objects.order_by("position", "code")
        ],
        "departments": [
            without_blanks(
                {
                    "code": each.code,
                    "name": each.name,
                    "sender_name": each.sender_name,
                    "reply_to": each.reply_to,
                }
            )
            for each in Department.objects.order_by("code")
        ],
        "schools": [
            without_blanks(
                {
                    "code": each.code,
                    "name": each.name,
                    "commune": each.commune.code if each.commune else None,
                }
            )
            for each in schools
        ],
    }
    return without_blanks(sections)


def scope_of(account: Account) -> Scope:
    """Return the part of the town that a member of staff sees.

    Administrators, and clerks of whom nothing was said, see everything; accounts that
    are not of the town hall see nothing. Read once for each account object: one query
    in a request.
    """
    if account.is_superuser:
        return EVERYTHING
    if not account.is_staff:
        return NOTHING
    kept: Scope | None = getattr(account, "_scope_kept", None)
    if kept is None:
        kept = _read_scope(account)
        account._scope_kept = kept  # type: ignore[attr-defined] # noqa: SLF001 - kept with the request's account.
    return kept


def within(scope: Scope, *, department: str = "", school: str = "") -> Q:
    """Return the condition that keeps records of a scope.

    `department` and `school` are the paths to their ids; an empty path says that the
    record knows no such thing, and is everybody's.
    """
    condition = Q()
    if department and scope.departments is not None:
        condition &= Q(**{f"{department}__in": scope.departments})
    if school and scope.schools is not None:
        condition &= Q(**{f"{school}__in": scope.schools})
    return condition


def _read_scope(account: Account) -> Scope:
    row = (
        StaffScope.objects.filter(account=account)
        .annotate(
            department_ids=_linked(StaffScope.departments.through, "department_id"),
            school_ids=_linked(StaffScope.schools.through, "school_id"),
        )
        .values_list("all_departments", "department_ids", "all_schools", "school_ids")
        .first()
    )
    if row is None:
        return EVERYTHING
    every_department, departments, every_school, schools = row
    return Scope(
        None if every_department else frozenset(departments),
        None if every_school else frozenset(schools),
    )


def _linked(through: type[Model], column: str) -> ArraySubquery:
    links = through._default_manager.filter(staffscope_id=OuterRef("pk"))  # noqa: SLF001 - a table without a class of ours.
    return ArraySubquery(links.values(column))
