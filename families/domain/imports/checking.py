"""Check the tables of an import together, and lay out what would be written.

Nothing is guessed and nothing is corrected: each thing wrong is told with its file,
its line and its column, and one is enough for nothing to be taken.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from families.domain.imports.cells import plain
from families.domain.imports.columns import Sheet
from families.domain.imports.rows import Problem, Read, Row, read_table
from families.enums import GuardianRole
from foundation.spreadsheets import Table


@dataclass(frozen=True, slots=True)
class Known:
    """What the town holds already, by which the tables are checked.

    Communes, schools and services go from their name or code, made `plain`, to their
    id; `people` and `children` hold (first name, last name, birth date), made plain.
    """

    today: date
    file_numbers: Collection[str] = frozenset()
    person_codes: Collection[str] = frozenset()
    communes: Mapping[str, int] = field(default_factory=dict)
    schools: Mapping[str, int] = field(default_factory=dict)
    classes: Mapping[str, str] = field(default_factory=dict)
    services: Mapping[str, int] = field(default_factory=dict)
    emails: Collection[str] = frozenset()
    people: Collection[tuple[str, str, date]] = frozenset()


@dataclass(frozen=True, slots=True)
class Checked:
    """What the tables say, what is wrong, and what deserves a look."""

    rows: Mapping[Sheet, Sequence[Row]]
    problems: Sequence[Problem]
    warnings: Sequence[Problem]

    @property
    def is_sound(self) -> bool:
        """Whether everything may be written."""
        return not self.problems

    @property
    def counts(self) -> dict[str, int]:
        """How many lines there are of each kind."""
        return {sheet.value: len(self.rows.get(sheet, ())) for sheet in Sheet}


def check_tables(tables: Sequence[Table], known: Known) -> Checked:
    """Read every table and check all of them together."""
    read = Read()
    for table in tables:
        read_table(table, read)
    rows, problems, warnings = read.rows, read.problems, read.warnings
    if not any(rows.values()) and not problems:
        problems.append(Problem("", 0, "", "nothing_to_import"))
    for check in _CHECKS:
        problems.extend(check(rows, known))
    for notice in _NOTICES:
        warnings.extend(notice(rows, known))
    order = {table.name: index for index, table in enumerate(tables)}
    return Checked(rows, _sorted(problems, order), _sorted(warnings, order))


def _sorted(problems: list[Problem], order: Mapping[str, int]) -> list[Problem]:
    return sorted(problems, key=lambda each: (order.get(each.file, -1), each.line))


Rows = Mapping[Sheet, Sequence[Row]]


def _households_are_new(rows: Rows, known: Known) -> Iterator[Problem]:
    """Refuse a number twice, and a file that the town holds already."""
    seen: dict[str, Row] = {}
    for row in rows[Sheet.HOUSEHOLDS]:
        number = row.values.get("file_number")
        if number is None:
            continue
        if number in known.file_numbers:
            yield row.problem("file_number", "file_known_already", number=number)
        elif number in seen:
            first = str(seen[number].line)
            yield row.problem("file_number", "same_as_line", line=first)
        else:
            seen[number] = row


def _communes_are_known(rows: Rows, known: Known) -> Iterator[Problem]:
    for row in rows[Sheet.HOUSEHOLDS]:
        name = row.values.get("commune")
        if name and plain(name) not in known.communes:
            yield row.problem("commune", "no_such_commune", name=name)


def _everybody_has_a_household(rows: Rows, known: Known) -> Iterator[Problem]:
    """Refuse whoever belongs to a file that is neither here nor in the town."""
    numbers = {each.values.get("file_number") for each in rows[Sheet.HOUSEHOLDS]}
    for sheet in (Sheet.ADULTS, Sheet.CHILDREN, Sheet.BALANCES):
        for row in rows[sheet]:
            number = row.values.get("file_number")
            if number and number not in numbers and number not in known.file_numbers:
                yield row.problem("file_number", "no_such_file", number=number)


def _one_responsible(rows: Rows, known: Known) -> Iterator[Problem]:
    """Ask for one adult at least in a new file, and one responsible at most."""
    responsible: dict[str, Row] = {}
    adults: set[str] = set()
    for row in rows[Sheet.ADULTS]:
        number = row.values.get("file_number", "")
        adults.add(number)
        if row.values.get("role") != GuardianRole.RESPONSIBLE:
            continue
        if number in known.file_numbers:
            yield row.problem("role", "responsible_known_already")
        elif number in responsible:
            first = str(responsible[number].line)
            yield row.problem("role", "responsible_twice", line=first)
        responsible.setdefault(number, row)
    for row in rows[Sheet.HOUSEHOLDS]:
        number = row.values.get("file_number")
        if number and number not in adults:
            yield row.problem("file_number", "file_without_adult", number=number)


def _person_codes_agree(rows: Rows, known: Known) -> Iterator[Problem]:
    """Take a code twice for one person in two files; refuse it for two people."""
    seen: dict[str, tuple[Sheet, Row]] = {}
    for sheet in (Sheet.ADULTS, Sheet.CHILDREN):
        for row in rows[sheet]:
            code = row.values.get("person_code")
            if code is None:
                continue
            if code in known.person_codes:
                yield row.problem("person_code", "code_known_already", code=code)
                continue
            first_sheet, first = seen.setdefault(code, (sheet, row))
            if first is row:
                continue
            if first_sheet is not sheet or _who(first) != _who(row):
                yield row.problem(
                    "person_code", "code_of_another", code=code, line=str(first.line)
                )
            elif first.values.get("file_number") == row.values.get("file_number"):
                yield row.problem("person_code", "same_as_line", line=str(first.line))


def _days_are_past(rows: Rows, known: Known) -> Iterator[Problem]:
    for sheet in (Sheet.ADULTS, Sheet.CHILDREN):
        for row in rows[sheet]:
            born = row.values.get("birth_date")
            if born and born > known.today:
                yield row.problem("birth_date", "born_in_the_future")


def _periods_are_open(rows: Rows, known: Known) -> Iterator[Problem]:
    """Refuse an end without what ends, and one that is over."""
    for row in rows[Sheet.HOUSEHOLDS]:
        for what in ("residence", "quotient"):
            until = row.values.get(f"{what}_until")
            if until is None:
                continue
            if what not in row.values:
                yield row.problem(f"{what}_until", "end_of_nothing")
            elif until <= known.today:
                yield row.problem(f"{what}_until", "already_over")


def _schools_and_services(rows: Rows, known: Known) -> Iterator[Problem]:
    for row in rows[Sheet.CHILDREN]:
        name = row.values.get("school_class")
        if name and plain(name) not in known.classes:
            yield row.problem("school_class", "no_such_class", name=name)
    for row in rows[Sheet.BALANCES]:
        name = row.values.get("service")
        if name and plain(name) not in known.services:
            yield row.problem("service", "no_such_service", name=name)
        if row.values.get("amount") == 0:
            yield row.problem("amount", "balance_of_nothing")


def _twice_in_the_tables(rows: Rows, known: Known) -> Iterator[Problem]:
    """Point at people who look the same, here or in the town: staff decide."""
    for sheet in (Sheet.ADULTS, Sheet.CHILDREN):
        seen: dict[tuple[str, str, date], Row] = {}
        for row in rows[sheet]:
            who = _who(row)
            if who is None:
                continue
            first = seen.setdefault(who, row)
            same_person = row.values.get("person_code") is not None
            if first is not row and not same_person:
                line = str(first.line)
                yield row.problem("last_name", "looks_like_line", line=line)
            elif who in known.people:
                yield row.problem("last_name", "looks_like_somebody_known")


def _addresses_shared(rows: Rows, known: Known) -> Iterator[Problem]:
    """Point at an e-mail address that serves two files."""
    files: dict[str, set[str]] = defaultdict(set)
    for row in rows[Sheet.ADULTS]:
        address = row.values.get("email")
        if not address:
            continue
        files[address].add(row.values.get("file_number", ""))
        if address in known.emails:
            yield row.problem("email", "address_known_already")
        elif len(files[address]) > 1:
            yield row.problem("email", "address_of_two_files")


def _schools_left_as_text(rows: Rows, known: Known) -> Iterator[Problem]:
    """Tell which schools are not on the town's list: they are kept as written."""
    told: set[str] = set()
    for row in rows[Sheet.CHILDREN]:
        name = row.values.get("school")
        if name and plain(name) not in known.schools and plain(name) not in told:
            told.add(plain(name))
            yield row.problem("school", "school_not_listed", name=name)


def _who(row: Row) -> tuple[str, str, date] | None:
    born = row.values.get("birth_date")
    names = row.values.get("first_name"), row.values.get("last_name")
    if born is None or None in names:
        return None
    return plain(names[0]), plain(names[1]), born


Check = Callable[[Rows, Known], Iterator[Problem]]
_CHECKS: tuple[Check, ...] = (
    _households_are_new,
    _communes_are_known,
    _everybody_has_a_household,
    _one_responsible,
    _person_codes_agree,
    _days_are_past,
    _periods_are_open,
    _schools_and_services,
)
_NOTICES: tuple[Check, ...] = (
    _twice_in_the_tables,
    _addresses_shared,
    _schools_left_as_text,
)
