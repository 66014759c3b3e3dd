"""Codes that the database draws itself, whoever adds the row."""

from typing import Any

from django.db import models

LENGTH = 8


class DrawnCode(models.Func):
    """Eight signs out of sixteen, drawn at random by PostgreSQL for each new row.

    Without 0 and O, 1 and I: they are taken for each other. A default of the database,
    so that an import of thousands of rows in one statement has them too.
    """

    # The first digits of a random identifier; its version comes later.
    template = "upper(translate(left(gen_random_uuid()::text, 8), '01', 'xk'))"
    output_field = models.CharField()

    def __init__(self, **extra: Any) -> None:
        super().__init__(**extra)


def tidy_code(typed: str) -> str:
    """Return a code without the spaces and hyphens it was typed with, in capitals."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())
