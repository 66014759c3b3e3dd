"""What a town opens with."""

from enrolment.enums import SentenceUse
from enrolment.models import ReadySentence


def test_a_town_opens_with_sentences_for_each_use(rochebelle):
    uses = set(ReadySentence.objects.values_list("use", flat=True))

    assert uses == set(SentenceUse.values)
    assert not ReadySentence.objects.filter(sentence="").exists()
