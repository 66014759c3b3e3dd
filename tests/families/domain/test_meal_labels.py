"""What a meal may be called, and what it may not."""

import pytest

from families.domain.meal_labels import Instead, Subject, find_refused_word


@pytest.mark.parametrize(
    "label",
    [
        "Sans porc",
        "Sans viande",
        "Végétarien",
        "Sans gluten",
        "Sans lactose",
        "Sans noix de cajou (cashew)",
        "Panier-repas apporté de la maison",
        "Crème caramel sans œuf",
        "Repas d'Islande",
        "Mélange de juillet",
        "Jus sans sucre",
        "Without pork",
        "Without beef",
        "No added sugar",
        "Meal brought from home (care plan)",
        "Mixé",
        "",
    ],
)
def test_what_is_served_is_accepted(label: str) -> None:
    assert find_refused_word(label) is None


@pytest.mark.parametrize(
    ("label", "word"),
    [
        ("Halal", "Halal"),
        ("Repas HALAL", "HALAL"),
        ("Sans porc / hallal", "hallal"),
        ("Casher", "Casher"),
        ("kosher meal", "kosher"),
        ("Repas kascher", "kascher"),
        ("Menu musulmans", "musulmans"),
        ("Enfants juifs", "juifs"),
        ("Spécial Ramadan", "Ramadan"),
        ("Muslim children", "Muslim"),
        ("Raison religieuse", "religieuse"),
    ],
)
def test_a_religion_is_refused(label: str, word: str) -> None:
    refused = find_refused_word(label)

    assert refused is not None
    assert (refused.word, refused.subject) == (word, Subject.RELIGION)


@pytest.mark.parametrize(
    ("label", "word", "instead"),
    [
        ("Diabétique", "Diabétique", Instead.NO_SUGAR),
        ("Repas cœliaques", "cœliaques", Instead.NO_GLUTEN),
        ("Celiac", "Celiac", Instead.NO_GLUTEN),
        ("Allergie arachide", "Allergie", Instead.WHAT_IS_SERVED),
        ("Allergic to nuts", "Allergic", Instead.WHAT_IS_SERVED),
        ("Enfant handicapé", "handicapé", Instead.WHAT_IS_SERVED),
        ("Autisme", "Autisme", Instead.WHAT_IS_SERVED),
        ("e\u0301pileptique", "épileptique", Instead.WHAT_IS_SERVED),
    ],
)
def test_an_illness_or_a_disability_is_refused(
    label: str, word: str, instead: Instead
) -> None:
    refused = find_refused_word(label)

    assert refused is not None
    assert (refused.word, refused.subject) == (word, Subject.HEALTH)
    assert refused.instead == instead
