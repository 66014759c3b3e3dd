"""Changes of a town's own settings."""

from allauth.account.models import EmailAddress

from foundation.accounts.models import Account
from foundation.journal.services import record
from tenants.domain.brand import check_brand, theme_css, theme_hash
from tenants.domain.pack import ADMINISTRATOR, TOWNHALL
from tenants.domain.packs import Pack
from tenants.models import Town
from tenants.services.invitations import invite_administrator
from tenants.townhall.models import Commune, Department, TownSettings
from tenants.townhall.queries import forget_town_settings


def fill_townhall(*, town: Town, pack: Pack) -> TownSettings:
    """Write a new town's settings, communes, departments and first administrator."""
    about = pack.get(TOWNHALL)
    settings = TownSettings(id=1, name=town.name, **about.settings)
    set_colours(settings)
    settings.save()
    Commune.objects.bulk_create(
        Commune(position=index, **commune)
        for index, commune in enumerate(about.communes)
    )
    Department.objects.bulk_create(
        Department(**department) for department in about.departments
    )
    person = pack.get(ADMINISTRATOR)
    account = create_administrator(
        email=person.email, first_name=person.first_name, last_name=person.last_name
    )
    invite_administrator(town=town, account=account)
    forget_town_settings()
    return settings


def set_colours(settings: TownSettings) -> None:
    """Compute the stylesheet of the town's colours.

    Raises InvalidColourError and BrandContrastError.
    """
    theme = check_brand(settings.brand_colour, settings.accent_colour or None)
    settings.theme_css = theme_css(theme)
    settings.theme_hash = theme_hash(theme)


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
