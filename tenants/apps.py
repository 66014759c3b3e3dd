"""Towns: each a schema, host names, and a state."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from foundation.journal.actions import name_actions
from foundation.problems import teach
from tenants.domain.pack import ADMINISTRATOR, TOWN, TOWNHALL
from tenants.domain.packs import add_section
from tenants.enums import TownAction

ACTIONS = {
    "administrator created": _("Administrator created"),
    "configuration exported": _("Configuration exported"),
    "configuration imported": _("Configuration imported"),
    "certificate loaded": _("Certificate loaded"),
    "certificate removed": _("Certificate removed"),
    "operator created": _("Operator created"),
    "settings changed": _("Settings changed"),
    "staff invited": _("Member of staff invited"),
    "staff limited": _("Rights of a member of staff changed"),
}
PACK_SENTENCES = {
    "unknown_reference": _("“%(value)s” is not declared in %(kind)s (%(known)s)."),
    "no_such_zone": _("“%(value)s” is not a time zone. Write Europe/Paris, say."),
    "pale_colour": _("This colour is too pale to be read. Take %(value)s, or darker."),
    "not_a_colour": _("A colour is written like #1d5c63, in quotes."),
    "not_a_host": _("This is not a host name. Use letters, digits and hyphens."),
    "host_is_a_number": _("A host name is expected here, not an address in digits."),
    "host_is_the_platform": _("This is the platform's own host name."),
    "host_too_deep": _("Use one name before %(domain)s, without any dot."),
    "file_too_large": _("This file is too large: at most %(at_most)s."),
    "file_too_many": _("This file says too many things: at most %(at_most)s values."),
    "file_not_utf8": _("This file is not text in UTF-8. Save it as UTF-8."),
    "file_strange_character": _("This file holds characters that are not text."),
    "yaml_syntax": _("This is not valid YAML here (%(said)s)."),
    "yaml_alias": _("Anchors (&) and aliases (*) are refused. Write it in full."),
    "yaml_tag": _("Types written with “!” are refused. Remove it."),
    "yaml_too_deep": _("This is nested too deeply for a pack."),
    "yaml_key": _("A key must be a text. Put it in quotes."),
    "yaml_twice": _("The key “%(key)s” is written twice in the same place."),
    "refused_by_database": _("The whole does not fit what is there (%(said)s)."),
    "host_reserved": _("“%(value)s” is kept for the platform. Choose another name."),
}


class TenantsConfig(AppConfig):
    """Lives in the public schema."""

    name = "tenants"

    def ready(self) -> None:
        """Own the first sections of a pack."""
        name_actions(ACTIONS)
        name_actions(dict(TownAction.choices))
        teach(PACK_SENTENCES)
        for section in (TOWN, ADMINISTRATOR, TOWNHALL):
            add_section(section)
