"""Take the families of another software, whole or not at all."""

from families.services.importing.life import (
    apply_import,
    ask_for_import,
    check_import,
    give_up_import,
    hand_in_tables,
)

__all__ = [
    "apply_import",
    "ask_for_import",
    "check_import",
    "give_up_import",
    "hand_in_tables",
]
