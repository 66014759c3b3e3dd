"""The town's ready sentences, by what they are for."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from enrolment.enums import BulkAction, SentenceUse
from enrolment.models import ReadySentence

_USES = {
    BulkAction.MORE: SentenceUse.ASK_FOR_MORE,
    BulkAction.REFUSE: SentenceUse.REFUSE_REQUEST,
}


def ready_sentences() -> Mapping[str, Sequence[ReadySentence]]:
    """Return all the sentences by use, in the town's order, in one query."""
    found: dict[str, list[ReadySentence]] = defaultdict(list)
    for each in ReadySentence.objects.order_by("position", "title", "id"):
        found[each.use].append(each)
    return found


def sentences_for(action: BulkAction) -> Sequence[ReadySentence]:
    """Return the sentences that explain a decision on many requests."""
    if action not in _USES:
        return ()
    return list(ReadySentence.objects.for_use(_USES[action]))
