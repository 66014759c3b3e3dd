"""Erase families: everything goes, save what the registry says that the law keeps.

The rows of households, adults, children and accounts stay without what they said: the
books and the journal name them. Each table takes the same number of statements for one
family and for a thousand. Files are removed once the transaction is over.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.files.storage import Storage
from django.db import connection, models, transaction
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Cast, Concat

from families.enums.privacy import ErasureStatus
from families.models import (
    Child,
    ChildMembership,
    ErasureRequest,
    Guardian,
    Household,
    Person,
    TermsAcceptance,
)
from families.services.privacy.whose import Whose, rows_of
from families.signals import households_erased
from foundation.accounts.models import Account
from foundation.journal.services import record_each
from foundation.privacy.classes import Fate, Owner, Table
from foundation.privacy.registry import model_of, tables

#: Written where a name must be; nobody answers at this domain, ever (RFC 2606).
NOBODY = "—"
NO_ADDRESS = "@erased.invalid"
#: A birth date must be written; this one says nothing.
NO_DAY = date(1900, 1, 1)


@transaction.atomic
def erase_households(
    *, households: Collection[int], actor: Account | None, now: datetime
) -> int:
    """Erase families and those that only they hold; return how many files went.

    Files merged into them go too. An adult or a child of another household stays with
    it. Who may be erased was decided before: nothing is asked here.
    """
    wanted = list(
        Household.objects.filter(erased_at=None)
        .filter(
            Q(pk__in=households)
            | Q(merged_into__in=households)
            | Q(merged_into__merged_into__in=households)
        )
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    whose = _whose_only([each.pk for each in wanted])
    # Its words go with the others: that it was done, by whom and when remains.
    record_each(actor=actor, action="family erased", targets=wanted)
    erase(whose, now=now)
    households_erased.send(sender=Household, households=list(whose.households), now=now)
    return len(wanted)


def erase(whose: Whose, *, now: datetime) -> None:
    """Erase some people, in the caller's transaction. Nothing is asked here."""
    _note_records(whose)
    _end_sessions(whose)
    _empty(whose, now=now)
    for table in reversed(tables()):
        if table.fate == Fate.GOES:
            _remove(table, whose)
    _forget_words(whose)


def _whose_only(households: Collection[int]) -> Whose:
    """Return whom no other household holds: six queries at most."""
    others = Guardian.objects.exclude(household__in=households)
    people = list(
        Person.objects.filter(guardianships__household__in=households)
        .exclude(pk__in=others.values("person"))
        .values_list("pk", "account", "account__is_staff")
        .distinct()
    )
    families = [each for each in people if not each[2]]
    # A clerk's account signs in to work: it stays, and is nobody's here.
    accounts = [each[1] for each in families if each[1]]
    return Whose(
        households=list(households),
        people=[each[0] for each in people],
        children=_children_only(households),
        accounts=accounts,
        addresses=every_address(
            accounts=accounts,
            people=Person.objects.filter(pk__in=[each[0] for each in families]),
        ),
    )


def every_address(
    *, accounts: Collection[int], people: models.QuerySet[Person]
) -> list[str]:
    """Return the addresses some people were written to, as they were typed or not."""
    typed = people.exclude(email="").values_list("email")
    own = Account.objects.filter(pk__in=accounts).values_list("email")
    former = EmailAddress.objects.filter(user__in=accounts).values_list("email")
    known = {each for (each,) in typed.union(own, former)}
    return sorted(known | {each.lower() for each in known})


def _children_only(households: Collection[int]) -> list[int]:
    """Return the children no other household holds, and those merged into them."""
    held = ChildMembership.objects.exclude(household__in=households)
    children = set(
        Child.objects.filter(memberships__household__in=households)
        .exclude(pk__in=held.values("child"))
        .values_list("pk", flat=True)
    )
    merged = Q(merged_into__in=children) | Q(merged_into__merged_into__in=children)
    return sorted(
        children | set(Child.objects.filter(merged).values_list("pk", flat=True))
    )


def _note_records(whose: Whose) -> None:
    """Keep the identifiers of what goes: the journal has words about it."""
    for table in tables():
        if table.owner in (None, Owner.RECORD):
            continue
        described = {each.name for each in model_of(table)._meta.local_fields}  # noqa: SLF001 - _meta is public in practice.
        if "public_id" in described:
            rows = rows_of(table, whose)
            whose.records.update(rows.values_list("public_id", flat=True))


def _end_sessions(whose: Whose) -> None:
    """Remove the sessions of accounts: what was typed last waits in them."""
    keys = UserSession.objects.filter(user__in=whose.accounts).values("session_key")
    _delete(Session.objects.filter(session_key__in=keys))


def _empty(whose: Whose, *, now: datetime) -> None:
    """Leave the rows that others name without a word of anybody."""
    Household.objects.filter(pk__in=whose.households).update(
        street=NOBODY,
        street_extra="",
        postal_code=NOBODY,
        city=NOBODY,
        commune=None,
        erased_at=now,
    )
    _empty_people(whose)
    _empty_children(whose)
    _close_accounts(whose)
    TermsAcceptance.objects.filter(
        account__in=whose.accounts, address__isnull=False
    ).update(address=None)
    asked = ErasureRequest.objects.filter(household__in=whose.households)
    asked.update(reason=Case(When(reason="", then=Value("")), default=Value(NOBODY)))
    asked.filter(
        status__in=(ErasureStatus.ASKED, ErasureStatus.ACCEPTED),
    ).update(status=ErasureStatus.DONE, erased_at=now)


def _code() -> Concat:
    """Return a code nobody has: its row's own number."""
    return Concat(Value("E"), Cast(F("pk"), models.CharField()))


def _empty_people(whose: Whose) -> None:
    Person.objects.filter(pk__in=whose.people).update(
        first_name="",
        last_name=NOBODY,
        account=None,
        civility="",
        birth_date=None,
        person_code=_code(),
        email="",
        phone="",
        notice_seen_at=None,
        of_age_declared_at=None,
    )


def _empty_children(whose: Whose) -> None:
    Child.objects.filter(pk__in=whose.children).update(
        first_name="",
        last_name=NOBODY,
        birth_date=NO_DAY,
        is_expected=False,
        person_code=_code(),
        school=None,
        other_school="",
        school_class="",
        meal_type=None,
        insurance_company="",
        insurance_policy="",
        insurance_until=None,
    )


def _close_accounts(whose: Whose) -> None:
    Account.objects.filter(pk__in=whose.accounts).update(
        first_name="",
        last_name="",
        user_name=None,
        email=Concat(
            Value("erased-"), Cast(F("pk"), models.CharField()), Value(NO_ADDRESS)
        ),
        password="!",  # noqa: S106 - Django's mark of no password.
        is_active=False,
        last_login=None,
    )


def _remove(table: Table, whose: Whose) -> None:
    rows = rows_of(table, whose)
    model = model_of(table)
    for relation in table.kept_if:
        kept = model._base_manager.filter(**{f"{relation}__isnull": False})  # noqa: SLF001 - every row.
        rows = rows.exclude(pk__in=kept.values("pk"))
    if table.owner == Owner.CHILD:
        rows = rows | _of_households(model, whose)
    for described in model._meta.local_fields:  # noqa: SLF001 - _meta is public in practice.
        if isinstance(described, models.FileField):
            names = rows.values_list(described.name, flat=True)
            remove_files(described.storage, list(filter(None, names)))
    for link in model._meta.local_many_to_many:  # noqa: SLF001 - As above.
        ours = {f"{link.m2m_field_name()}__in": rows.values("pk")}
        through: Any = link.remote_field.through
        _delete(through._base_manager.filter(**ours))  # noqa: SLF001 - every row.
    _delete(model._base_manager.filter(pk__in=rows.values("pk")))  # noqa: SLF001 - every row.


def _of_households(
    model: type[models.Model], whose: Whose
) -> models.QuerySet[models.Model]:
    """Return what the erased households wrote in the file of a child who stays."""
    named = Q(pk__in=[])
    for described in model._meta.local_fields:  # noqa: SLF001 - _meta is public in practice.
        if described.related_model is Household:
            named |= Q(**{f"{described.name}__in": list(whose.households)})
    rows: models.QuerySet[models.Model] = model._base_manager.filter(named)  # noqa: SLF001 - every row.
    return rows


def _delete(rows: models.QuerySet[models.Model]) -> None:
    """Delete in one statement: what names these rows went before, table by table."""
    rows._raw_delete(using=rows.db)  # noqa: SLF001 - Django's own reads every row first.


def remove_files(storage: Storage, names: Collection[str]) -> None:
    """Remove files once the transaction is over."""

    def remove() -> None:
        for name in names:
            storage.delete(name)

    if names:
        transaction.on_commit(remove)


def _forget_words(whose: Whose) -> None:
    """Empty the journal's words about what went; who did what and when remain."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT preau_forget_words(%s, %s)",
            [connection.schema_name, sorted(whose.records)],  # type: ignore[attr-defined] # django-tenants.
        )
