"""What a family wishes, as it answered the form that clerks built."""

from collections.abc import Iterable
from datetime import date

from enrolment.queries.needs import Need
from families.domain.proof_forms import QuestionKind
from families.services.proof_answers import answers_of


def wished_day(needs: Iterable[Need]) -> date | None:
    """Return the first date answered in the forms of a request, if there is one."""
    for need in needs:
        for each in answers_of(need.proof) if need.proof else ():
            if each.kind == QuestionKind.DATE and each.answer:
                return date.fromisoformat(each.answer)
    return None
