"""The tables of an import, their columns, and the headings they go by.

Headings are matched without accents, capitals, blanks and punctuation, in French and
in English, so that the columns of most software are found as they are.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from families.domain.imports import cells
from families.domain.imports.cells import Reader, plain
from families.enums import Civility, GuardianRole, QuotientKind, Residence


class Sheet(StrEnum):
    """One kind of table."""

    HOUSEHOLDS = "households"
    ADULTS = "adults"
    CHILDREN = "children"
    BALANCES = "balances"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key, how a cell is read, the headings it goes by.

    The first heading is the one written in the blank files.
    """

    key: str
    read: Reader
    headings: tuple[str, ...]
    required: bool = False


_ROLES = {
    "responsable": GuardianRole.RESPONSIBLE.value,
    "responsible": GuardianRole.RESPONSIBLE.value,
    "co-responsable": GuardianRole.CO_RESPONSIBLE.value,
    "conjoint": GuardianRole.CO_RESPONSIBLE.value,
    "co-responsible": GuardianRole.CO_RESPONSIBLE.value,
}
_CIVILITIES = {
    "Mme": Civility.MADAM.value,
    "Madame": Civility.MADAM.value,
    "Mlle": Civility.MADAM.value,
    "Mrs": Civility.MADAM.value,
    "Ms": Civility.MADAM.value,
    "M.": Civility.SIR.value,
    "Monsieur": Civility.SIR.value,
    "Mr": Civility.SIR.value,
}
_RESIDENCES = {
    "habite": Residence.RESIDENT.value,
    "résident": Residence.RESIDENT.value,
    "resident": Residence.RESIDENT.value,
    "travaille": Residence.WORKS_HERE.value,
    "works here": Residence.WORKS_HERE.value,
    "scolarisé": Residence.SCHOOLED_HERE.value,
    "schooled here": Residence.SCHOOLED_HERE.value,
    "extérieur": Residence.OUTSIDE.value,
    "non-résident": Residence.OUTSIDE.value,
    "outside": Residence.OUTSIDE.value,
}
_KINDS = {
    "CAF": QuotientKind.CAF.value,
    "MSA": QuotientKind.MSA.value,
    "impôts": QuotientKind.TAX.value,
    "tax": QuotientKind.TAX.value,
}
_COUNTRIES = {"France": "FR", "FR": "FR", "Canada": "CA", "CA": "CA"}

_FILE = Column(
    "file_number",
    cells.numbered(20),
    ("numéro de dossier", "n° dossier", "dossier", "file number", "file"),
    required=True,
)
_FIRST_NAME = Column(
    "first_name", cells.text(100), ("prénom", "first name"), required=True
)
_LAST_NAME = Column(
    "last_name",
    cells.text(100),
    ("nom", "nom de famille", "last name", "name"),
    required=True,
)
_PERSON_CODE = Column(
    "person_code",
    cells.numbered(12),
    ("numéro de personne", "n° personne", "code personne", "person code"),
)
_BIRTH = ("date de naissance", "naissance", "né le", "birth date", "born")

SHEETS: Mapping[Sheet, tuple[Column, ...]] = {
    Sheet.HOUSEHOLDS: (
        _FILE,
        Column("street", cells.text(200), ("adresse", "rue", "street"), required=True),
        Column(
            "street_extra",
            cells.text(200),
            ("complément d'adresse", "complément", "building"),
        ),
        Column(
            "postal_code",
            cells.text(12),
            ("code postal", "cp", "postal code"),
            required=True,
        ),
        Column("city", cells.text(120), ("ville", "localité", "city"), required=True),
        Column("country", cells.choice(_COUNTRIES), ("pays", "country")),
        Column("commune", cells.text(120), ("commune", "municipalité", "municipality")),
        Column(
            "residence",
            cells.choice(_RESIDENCES),
            ("résidence", "lien avec la commune", "residence"),
        ),
        Column(
            "residence_until",
            cells.day,
            ("résidence jusqu'au", "residence until"),
        ),
        Column(
            "quotient",
            cells.positive,
            ("quotient familial", "quotient", "qf", "family quotient"),
        ),
        Column(
            "quotient_kind",
            cells.choice(_KINDS),
            ("origine du quotient", "organisme", "quotient kind"),
        ),
        Column(
            "quotient_until",
            cells.day,
            ("quotient jusqu'au", "quotient until"),
        ),
    ),
    Sheet.ADULTS: (
        _FILE,
        _LAST_NAME,
        _FIRST_NAME,
        Column("civility", cells.choice(_CIVILITIES), ("civilité", "title")),
        Column("role", cells.choice(_ROLES), ("rôle", "qualité", "role")),
        Column("birth_date", cells.day, _BIRTH),
        Column(
            "email",
            cells.email,
            ("courriel", "e-mail", "email", "mail", "adresse courriel"),
        ),
        Column("phone", cells.phone, ("téléphone", "tél", "portable", "phone")),
        _PERSON_CODE,
    ),
    Sheet.CHILDREN: (
        _FILE,
        _LAST_NAME,
        _FIRST_NAME,
        Column("birth_date", cells.day, _BIRTH, required=True),
        Column("school", cells.text(120), ("école", "établissement", "school")),
        Column("school_class", cells.text(20), ("classe", "niveau", "class")),
        _PERSON_CODE,
    ),
    Sheet.BALANCES: (
        _FILE,
        Column("service", cells.text(120), ("service", "prestation"), required=True),
        Column(
            "amount",
            cells.decimal,
            ("solde", "montant", "balance", "amount"),
            required=True,
        ),
        Column("day", cells.day, ("au", "date", "on"), required=True),
        Column("label", cells.text(120), ("libellé", "label")),
    ),
}


def columns_found(sheet: Sheet, headings: Collection[str]) -> dict[int, Column]:
    """Return the columns of a table by their position among its headings."""
    names = {plain(name): each for each in SHEETS[sheet] for name in each.headings}
    found: dict[int, Column] = {}
    for position, heading in enumerate(headings):
        column = names.get(plain(heading))
        if column is not None and column not in found.values():
            found[position] = column
    return found


def missing_columns(sheet: Sheet, headings: Collection[str]) -> list[str]:
    """Return the compulsory headings a table does not have."""
    present = {each.key for each in columns_found(sheet, headings).values()}
    return [
        each.headings[0]
        for each in SHEETS[sheet]
        if each.required and each.key not in present
    ]


def sheet_of(name: str, headings: Collection[str]) -> Sheet | None:
    """Return the kind of table whose columns are there; None when none fits.

    The name of the file or sheet decides when several fit ("enfants.csv").
    """
    fits = [each for each in Sheet if not missing_columns(each, headings)]
    said = [each for each in fits if any(word in plain(name) for word in _NAMES[each])]
    if said:
        return said[0]
    return max(fits, key=lambda each: len(columns_found(each, headings)), default=None)


_NAMES = {
    Sheet.HOUSEHOLDS: ("foyer", "household", "famille", "dossier"),
    Sheet.ADULTS: ("adult", "responsable", "parent", "guardian"),
    Sheet.CHILDREN: ("enfant", "child"),
    Sheet.BALANCES: ("solde", "balance"),
}
