"""What a signed code says beside what the family's file says.

Papers are printed in capitals, without accents, with titles and abbreviations: words
are compared, not spellings. A difference is pointed out, never decided upon.
"""

from collections.abc import Iterable

from families.domain.search import plain

_TITLES = frozenset(
    ["m", "mr", "mme", "mlle", "monsieur", "madame", "mademoiselle", "ou"]
)
_SHORT = {
    "av": "avenue",
    "ave": "avenue",
    "bd": "boulevard",
    "bld": "boulevard",
    "ch": "chemin",
    "che": "chemin",
    "imp": "impasse",
    "pl": "place",
    "r": "rue",
    "rte": "route",
    "all": "allee",
    "sq": "square",
    "st": "saint",
    "ste": "sainte",
}


def same_person(printed: str, known: Iterable[str]) -> bool:
    """Tell whether a printed name is one of those: same words, in any order.

    A paper may leave out second names: the words of one hold those of the other.
    """
    words = _words(printed) - _TITLES
    if not words:
        return False
    for name in known:
        own = _words(name)
        if len(own & words) > 1 and (own <= words or words <= own):
            return True
    return False


def same_place(printed: tuple[str, str], known: tuple[str, str]) -> bool:
    """Tell whether two places, each a street and a postal code, are the same.

    A code that does not print one of them says nothing against it.
    """
    street, postal_code = printed
    own_street, own_code = known
    if postal_code and postal_code != own_code.strip():
        return False
    return not street or _words(street) == _words(own_street)


def _words(text: str) -> set[str]:
    parted = plain(text.replace("/", " ").replace("-", " ").replace("'", " "))
    bare = "".join(each if each.isalnum() else " " for each in parted)
    return {_SHORT.get(word, word) for word in bare.split()}
