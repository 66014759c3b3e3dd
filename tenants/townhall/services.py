"""Changes of a town's own settings."""

from collections.abc import Iterable, Mapping
from email.utils import formataddr
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings as django_settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import Model
from django.utils import translation

from foundation.accounts.models import Account
from foundation.backoffice.snapshots import changes, snapshot
from foundation.journal.services import record
from foundation.post.letters import write_letter
from tenants.domain.brand import check_brand, theme_css, theme_hash
from tenants.domain.pack import ADMINISTRATOR, TOWNHALL
from tenants.domain.packs import Pack
from tenants.models import Town
from tenants.queries import base_url_of
from tenants.services.invitations import invite_administrator, password_link
from tenants.townhall.models import (
    Commune,
    Department,
    School,
    StaffScope,
    TownSettings,
)
from tenants.townhall.queries import forget_town_settings


def fill_townhall(*, town: Town, pack: Pack) -> TownSettings:
    """Write a new town's settings, communes, schools, departments, administrator."""
    settings = put_townhall(town=town, pack=pack)
    person = pack.get(ADMINISTRATOR)
    account = create_administrator(
        email=person.email, first_name=person.first_name, last_name=person.last_name
    )
    invite_administrator(town=town, account=account)
    forget_town_settings()
    return settings


def put_townhall(*, town: Town, pack: Pack) -> TownSettings:
    """Write what a pack says of the town hall; what it does not name stays."""
    about = pack.get(TOWNHALL)
    settings = TownSettings.objects.filter(pk=1).first()
    settings = settings or TownSettings(id=1, name=town.name)
    for key, value in about.settings.items():
        setattr(settings, key, value)
    set_colours(settings)
    settings.save()
    for commune in about.communes:
        _put(Commune, commune, position=Commune.objects.count())
    for school in about.schools:
        home = Commune.objects.filter(code=school["commune"]).first()
        _put(School, {**school, "commune": home}, position=School.objects.count())
    for department in about.departments:
        _put(Department, department)
    return settings


def _put(model: type[Model], values: Mapping[str, Any], **at_first: Any) -> None:
    """Write a record under its code, at the end of the list when it is new."""
    model._default_manager.update_or_create(  # noqa: SLF001 - public in practice.
        code=values["code"], defaults=values, create_defaults={**values, **at_first}
    )


def set_colours(settings: TownSettings) -> None:
    """Compute the stylesheet of the town's colours.

    Raises InvalidColourError and BrandContrastError.
    """
    theme = check_brand(settings.brand_colour, settings.accent_colour or None)
    settings.theme_css = theme_css(theme)
    settings.theme_hash = theme_hash(theme)


@transaction.atomic
def change_settings(*, settings: TownSettings, actor: Account) -> TownSettings:
    """Save the settings with the stylesheet of their colours.

    Raises InvalidColourError and BrandContrastError.
    """
    before = snapshot(TownSettings.objects.select_for_update().get(pk=1))
    set_colours(settings)
    settings.save()
    old, new = changes(before, snapshot(settings))
    for values in (old, new):
        values.pop("theme_css", None)
        values.pop("theme_hash", None)
    if old or new:
        record(
            actor=actor, action="settings changed", target=settings, old=old, new=new
        )
    transaction.on_commit(forget_town_settings)
    return settings


@transaction.atomic
def invite_staff(  # noqa: PLR0913 - the fields of the form.
    *,
    town: Town,
    email: str,
    first_name: str,
    last_name: str,
    is_administrator: bool,
    groups: list[Group],
    actor: Account,
) -> Account:
    """Create an account of the back office and send the link to choose a password."""
    account = Account.objects.create_user(
        email,
        None,
        first_name=first_name,
        last_name=last_name,
        is_staff=True,
        is_superuser=is_administrator,
    )
    account.groups.set(groups)
    EmailAddress.objects.create(
        user=account, email=account.email, verified=True, primary=True
    )
    record(
        actor=actor,
        action="staff invited",
        target=account,
        new={
            "administrator": is_administrator,
            "teams": [group.name for group in groups],
        },
    )
    _send_invitation(town, account)
    return account


def _send_invitation(town: Town, account: Account) -> None:
    with translation.override(town.locale):
        base_url = base_url_of(town)
        letter = write_letter(
            "mail/townhall/staff_invited.txt",
            {
                "town": town.name,
                "portal": base_url,
                "link": password_link(account=account, base_url=base_url),
            },
            signature=town.name,
        )
        sender = formataddr((town.name, django_settings.DEFAULT_FROM_EMAIL))
        letter.to_mail(sender=sender, recipient=account.email).send()


@transaction.atomic
def limit_staff(
    *,
    account: Account,
    all_departments: bool,
    departments: Iterable[Department],
    all_schools: bool,
    schools: Iterable[School],
    actor: Account | None,
) -> StaffScope:
    """Say which part of the town a member of staff sees, from their next page on.

    Departments and schools count when "all" is not ticked; none of them is nothing.
    """
    scope, _created = StaffScope.objects.select_for_update().get_or_create(
        account=account
    )
    before = _scope_facts(scope)
    scope.all_departments, scope.all_schools = all_departments, all_schools
    scope.save()
    scope.departments.set([] if all_departments else departments)
    scope.schools.set([] if all_schools else schools)
    after = _scope_facts(scope)
    if before != after:
        record(
            actor=actor, action="staff limited", target=account, old=before, new=after
        )
    return scope


def _scope_facts(scope: StaffScope) -> dict[str, Any]:
    """Return what the journal keeps: "all", or the codes."""

    def facts(*, is_all: bool, rows: Any) -> Any:
        return "all" if is_all else sorted(rows.values_list("code", flat=True))

    return {
        "departments": facts(is_all=scope.all_departments, rows=scope.departments),
        "schools": facts(is_all=scope.all_schools, rows=scope.schools),
    }


def create_administrator(
    *, email: str, first_name: str = "", last_name: str = ""
) -> Account:
    """Create an account with every right in this town, and no password yet."""
    account = Account.objects.create_superuser(
        email, None, first_name=first_name, last_name=last_name
    )
    EmailAddress.objects.create(
        user=account, email=account.email, verified=True, primary=True
    )
    record(actor=None, action="administrator created", target=account)
    return account
