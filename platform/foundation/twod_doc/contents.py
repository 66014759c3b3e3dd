"""What a clerk reads of a code: who, where, which paper."""

from collections.abc import Mapping
from dataclasses import dataclass

from foundation.twod_doc.codes import SignedCode

#: Papers that families hand in; other types are shown by their two characters.
PROOFS_OF_ADDRESS = frozenset({"00", "01", "02"})
PROOFS_OF_INCOME = frozenset({"04", "18", "24", "27", "28"})


@dataclass(frozen=True, slots=True)
class Holder:
    """A person a paper is about, as it is printed."""

    name: str

    @property
    def words(self) -> str:
        """The name without the slashes that part title, family name, first name."""
        return " ".join(self.name.replace("/", " ").split())


@dataclass(frozen=True, slots=True)
class Contents:
    """The people and the address of a paper; empty when the code does not say."""

    holders: tuple[Holder, ...] = ()
    street: str = ""
    extra: str = ""
    postal_code: str = ""
    city: str = ""


def contents_of(code: SignedCode) -> Contents:
    """Return the people and the address that a code names."""
    street, extra, postal_code, city = _address(code)
    return Contents(tuple(_holders(code)), street, extra, postal_code, city)


def values_of(code: SignedCode) -> Mapping[str, str]:
    """Return all that a code says, by identifier; the first wins of two alike."""
    return {value.key: value.text for value in reversed(code.values)}


def _holders(code: SignedCode) -> list[Holder]:
    lines = [
        code.first("10") or _joined(code, "11", "13", "12"),
        code.first("1I") or _joined(code, "1J", "1L", "1K"),
        code.first("14") or _joined(code, "15", "17", "16"),
        code.first("46"),
        code.first("48"),
        code.first("4N"),
        code.first("30"),
        _joined(code, "62", "61"),
    ]
    return [Holder(line) for line in lines if line]


def _joined(code: SignedCode, *keys: str) -> str:
    return "/".join(filter(None, (code.first(key) for key in keys)))


def _address(code: SignedCode) -> tuple[str, str, str, str]:
    if code.first("22", "24", "25"):
        extra = " ".join(filter(None, (code.first("20"), code.first("21"))))
        return code.first("22"), extra, code.first("24"), code.first("25")
    if code.first("4Y"):
        # One line on the newer tax notices: street / extra / postal code / city.
        parts = [part.strip() for part in code.first("4Y").split("/")]
        street, extra, postal_code, city = [*parts, "", "", "", ""][:4]
        return street, extra, postal_code, city
    extra = " ".join(filter(None, (code.first("6S"), code.first("6T"))))
    street = code.first("4O", "6U", "29")
    return street, extra, code.first("4P", "6W", "2B"), code.first("4Q", "6X", "2C")
