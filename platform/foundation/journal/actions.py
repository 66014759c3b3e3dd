"""What the journal's actions are called before people.

The journal keeps an action as a stable English code. Each application names its own
at start-up; those of records that staff write are named from the record itself.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

_NAMES: dict[str, object] = {}
# The name of the record comes before: "school changed", "quotient corrected".
_WRITTEN = {
    "created": _("Created"),
    "written": _("Written"),
    "changed": _("Changed"),
    "corrected": _("Corrected"),
    "ended": _("Ended"),
    "merged": _("Merged"),
    "deleted": _("Deleted"),
}


def name_actions(names: Mapping[str, object]) -> None:
    """Name actions, lazily translated; two applications may share one."""
    _NAMES.update(names)


def is_named(action: str) -> bool:
    """Tell whether somebody named an action."""
    return action in _NAMES


def action_name(action: str) -> str:
    """Return an action in words; one that nobody named is shown as it is kept."""
    if action in _NAMES:
        return str(_NAMES[action])
    verb = action.rpartition(" ")[2]
    return str(_WRITTEN[verb]) if verb in _WRITTEN else action
