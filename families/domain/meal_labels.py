"""What a type of meal may be called: what is served, never a belief nor an illness.

A town may know that a child eats no pork. It may not record why: neither religion nor
the nature of an illness or a disability (CNIL, simplified standard 58). The set-up of
a town refuses such words, and says what to write instead.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

_WORD = re.compile(r"[^\W\d_]+")


class Subject(StrEnum):
    """What a refused word would tell of a child."""

    RELIGION = "religion"
    HEALTH = "health"


class Instead(StrEnum):
    """What a town writes instead."""

    NO_PORK = "no_pork"
    NO_MEAT = "no_meat"
    NO_GLUTEN = "no_gluten"
    NO_SUGAR = "no_sugar"
    WHAT_IS_SERVED = "what_is_served"


@dataclass(frozen=True, slots=True)
class RefusedWord:
    """A word that a label must not have, as it was written."""

    word: str
    subject: Subject
    instead: Instead


def _spread(words: str, instead: Instead) -> dict[str, Instead]:
    return dict.fromkeys(words.split(), instead)


#: Words without accents nor capitals, in French and in English; singular.
_RELIGION = {
    **_spread(
        "halal hallal hallel halel helal casher cacher cachere kasher kascher kacher "
        "cascher kosher kacherout cacherout musulman musulmane muslim moslem islam "
        "islamique islamic juif juive jew jewish judaisme ramadan",
        Instead.NO_PORK,
    ),
    **_spread(
        "hindou hindoue hindu hindouisme hinduism bouddhiste buddhist bouddhisme jain "
        "sikh careme lent catholique catholic",
        Instead.NO_MEAT,
    ),
    **_spread(
        "chretien chretienne christian orthodoxe orthodox protestant protestante "
        "religion religieux religieuse religious confessionnel confessionnelle shabbat "
        "chabbat sabbat pessah priere prayer culte faith",
        Instead.WHAT_IS_SERVED,
    ),
}
_HEALTH = {
    **_spread("coeliaque celiac coeliac celiaque coeliakie", Instead.NO_GLUTEN),
    **_spread(
        "diabete diabetique diabetes diabetic obese obesite obesity", Instead.NO_SUGAR
    ),
    **_spread(
        "allergie allergique allergy allergic intolerance intolerant intolerante "
        "anaphylaxie anaphylaxis asthme asthmatique asthma asthmatic epilepsie "
        "epileptique epilepsy epileptic autisme autiste autism autistic handicap "
        "handicape handicapee handicapped invalide disabled disability trisomie "
        "trisomique dyspraxie dyspraxique dyslexie dyslexique tdah adhd hyperactif "
        "hyperactive mucoviscidose cancer anorexie anorexique anorexia boulimie "
        "bulimia maladie malade illness disease syndrome phenylcetonurie",
        Instead.WHAT_IS_SERVED,
    ),
}
_REFUSED = {
    **{word: (Subject.RELIGION, each) for word, each in _RELIGION.items()},
    **{word: (Subject.HEALTH, each) for word, each in _HEALTH.items()},
}
# Names of dishes that hold such a word: "Gâteau de Carême" is still about religion.
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})


def find_refused_word(label: str) -> RefusedWord | None:
    """Return the first word that tells a belief or an illness, or None.

    Whole words only, whatever their accents, capitals and plural: "sans porc" and
    "cashew" are fine, "HALAL" and "coeliaques" are not.
    """
    for found in _WORD.finditer(unicodedata.normalize("NFC", label)):
        known = next((form for form in _forms(found[0]) if form in _REFUSED), None)
        if known is not None:
            return RefusedWord(found[0], *_REFUSED[known])
    return None


def _forms(word: str) -> tuple[str, ...]:
    """Return a word without accents, as it is and in the singular."""
    lowered = word.casefold().translate(_LIGATURES)
    decomposed = unicodedata.normalize("NFKD", lowered)
    plain = "".join(letter for letter in decomposed if letter.isalpha())
    return (plain, plain.removesuffix("s"), plain.removesuffix("x"))
