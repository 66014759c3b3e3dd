"""Families found, as a clerk reads them: what was looked for stands out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from families.domain.search import Piece, highlight, plain, words_of
from families.models import Child, Guardian, Household
from families.services.words import age_of

Pieces = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class FoundRow:
    """One family; `contacts` are those that were looked for."""

    href: str
    names: Pieces
    file_number: Pieces
    place: Pieces
    contacts: tuple[Pieces, ...]
    children: tuple[Pieces, ...]


def found_rows(
    households: Iterable[Household], *, text: str, today: date
) -> list[FoundRow]:
    """Return the rows of households that `find_families` found, without a query."""
    words = words_of(text)
    return [_row(each, words, today) for each in households]


def _row(household: Household, words: tuple[str, ...], today: date) -> FoundRow:
    adults: list[Guardian] = household.adults  # type: ignore[attr-defined] # Read along.
    children: list[Child] = household.shown_children  # type: ignore[attr-defined] # Read along.
    names = ", ".join(str(each.person) for each in adults) or _("Nobody yet")
    return FoundRow(
        href=reverse("families_staff:file", args=[household.public_id]),
        names=highlight(names, words),
        file_number=highlight(household.file_number, words),
        place=highlight(f"{household.postal_code} {household.city}", words),
        contacts=tuple(_contacts(adults, words)),
        children=tuple(
            highlight(f"{child}, {age_of(child, today)}", words) for child in children
        ),
    )


def _contacts(adults: Iterable[Guardian], words: tuple[str, ...]) -> Iterable[Pieces]:
    """Return addresses and telephones that were looked for, each once."""
    known: dict[str, None] = {}
    for adult in adults:
        account = adult.person.account
        signs_in = account.email if account else ""
        known |= dict.fromkeys([adult.person.email, signs_in])
        if _is_dialled(adult.person.phone, words):
            yield (Piece(adult.person.phone, is_hit=True),)
    for address in filter(None, known):
        pieces = highlight(address, words)
        if any(piece.is_hit for piece in pieces):
            yield pieces


def _is_dialled(phone: str, words: tuple[str, ...]) -> bool:
    digits = "".join(sign for sign in phone if sign.isdecimal())
    typed = "".join(word for word in words if word.isdecimal())
    return bool(typed) and plain(typed).lstrip("0") in digits
