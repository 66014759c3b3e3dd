"""What a town opens with."""

import pytest
from django_tenants.utils import tenant_context

from enrolment.domain.pack import read_sentences
from enrolment.enums import SentenceUse
from enrolment.models import ReadySentence
from enrolment.services.opening import put_sentences
from foundation.problems import ConfigurationError
from foundation.reading import read
from tenants.domain.packs import Register
from tenants.services.opening import checked_pack
from tests.cast import minimal_pack, open_from, pack_of

REGISTER = Register(platform_host="localhost")


def test_a_town_opens_with_sentences_for_each_use(rochebelle):
    uses = set(ReadySentence.objects.values_list("use", flat=True))

    assert uses == set(SentenceUse.values)
    assert not ReadySentence.objects.filter(sentence="").exists()


def test_a_town_that_says_no_sentence_has_none(db):
    pack = {**minimal_pack("Vide", "vide"), "ready_sentences": []}
    town = open_from(pack)

    with tenant_context(town):
        assert not ReadySentence.objects.exists()


def test_a_pack_put_onto_a_town_changes_what_it_names_and_deletes_nothing(rochebelle):
    before = ReadySentence.objects.count()
    first = ReadySentence.objects.for_use("refuse_proof")[0]
    pack = checked_pack(
        {
            **pack_of("rochebelle"),
            "ready_sentences": [
                {"use": "refuse_proof", "title": first.title, "sentence": "Autre."},
                {"use": "ask_for_more", "title": "Verso", "sentence": "Le verso."},
            ],
        }
    )

    put_sentences(pack=pack)

    first.refresh_from_db()
    assert first.sentence == "Autre."
    assert ReadySentence.objects.count() == before + 1


def test_a_short_name_is_once_for_each_use():
    twice = {"title": "Verso", "sentence": "Le verso manque."}
    data = [{"use": "ask_for_more", **twice}, {"use": "ask_for_more", **twice}]

    with pytest.raises(ConfigurationError) as refused:
        read({"ready_sentences": data}, lambda node: read_sentences(node, REGISTER))

    assert [(each.path, each.reason) for each in refused.value.problems] == [
        ("ready_sentences[1].title", "repeated_code")
    ]
