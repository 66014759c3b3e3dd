"""Kinds and states of towns."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TownKind(TextChoices):
    """What rents the portal."""

    COMMUNE = "commune", _("Commune")
    INTERCOMMUNAL = "intercommunal", _("Inter-municipal body")
    ASSOCIATION = "association", _("Association")


class TownState(TextChoices):
    """The life of a town on the platform."""

    OPENING = "opening", _("Opening")
    OPEN = "open", _("Open")
    SUSPENDED = "suspended", _("Suspended")
    CLOSED = "closed", _("Closed")
    ERASED = "erased", _("Erased")


class Locale(TextChoices):
    """Languages of a portal."""

    FRENCH = "fr", _("French")
    CANADIAN_FRENCH = "fr-ca", _("French (Canada)")
    ENGLISH = "en", _("English")


class Currency(TextChoices):
    """Currencies a town may bill in."""

    EUR = "EUR", _("Euro")
    CAD = "CAD", _("Canadian dollar")


class TownAction(TextChoices):
    """What the platform's journal says of a town."""

    REGISTERED = "town registered", _("Asked for")
    RETRIED = "opening tried again", _("Opening tried again")
    OPENED = "town opened", _("Opened")
    SUSPENDED = "town suspended", _("Suspended")
    REOPENED = "town reopened", _("Opened again")
    EXPORTED = "town configuration exported", _("Configuration downloaded")
    HOST_ADDED = "host name added", _("Host name added")
    HOST_REMOVED = "host name removed", _("Host name removed")
    HOST_CHOSEN = "host name chosen", _("Host name used in messages")
