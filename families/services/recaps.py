"""The recap of a visit to the counter: what was entered, and how to go on from home.

Each application tells its part (`signals.visit_told`); what is printed says what is on
file at that moment, not what was typed and corrected.
"""

from datetime import datetime
from typing import cast

from django.db import transaction
from django.utils.translation import gettext as _

from families.domain.recaps import Told
from families.gateways.documents import Claim, RecapDocument, render_pdf
from families.models import CounterVisit
from families.queries import adults_of
from families.services.claim_codes import issue_code
from families.services.claim_papers import addressee_of, claim_labels, claim_of
from families.services.counter import capacity_of
from families.services.letterhead import letterhead, paper
from families.services.words import moment_words, town_language, town_time
from families.signals import visit_told
from foundation.accounts.models import Account
from foundation.journal.services import acting_as, record


def told_of(visit: CounterVisit) -> list[Told]:
    """Return what was done during a visit, in the active language, subject by subject.

    Each subject adds a number of queries that does not depend on its lines.
    """
    answers = visit_told.send(sender=CounterVisit, visit=visit)
    # The stubs believe that every receiver answers a text.
    told = cast("list[Told | None]", [answer for _receiver, answer in answers])
    kept = [each for each in told if each is not None and each.lines]
    return sorted(kept, key=lambda each: each.order)


@transaction.atomic
def print_recap(
    *, visit: CounterVisit, with_code: bool, actor: Account, now: datetime
) -> bytes:
    """Return the PDF; with a code, the household's former one ends."""
    with acting_as(capacity_of(visit)):
        claims: list[Claim] = []
        with town_language() as lang:
            if with_code:
                code = issue_code(household=visit.household, actor=actor, now=now)
                claims.append(claim_of(code, now=now))
            content = render_pdf("recap", _document(visit, claims, lang=lang, now=now))
        record(
            actor=actor,
            action="recap printed",
            target=visit.household,
            new={"with a code": with_code},
        )
    return content


def _document(
    visit: CounterVisit, claims: list[Claim], *, lang: str, now: datetime
) -> RecapDocument:
    household = visit.household
    told = told_of(visit)
    return {
        "title": _("What we did together"),
        "lang": lang.split("-", maxsplit=1)[0],
        "paper": paper(),
        "date": town_time(now).date().isoformat(),
        "town": letterhead(),
        "labels": {
            **claim_labels(),
            "page": _("Page {page} of {pages}"),
            "visit": _("At the counter on"),
            "household_number": _("File number"),
            "addressee": _("For"),
            "go_on": _("Go on from home"),
        },
        "legal": [_("Keep this paper: its numbers are asked when you call us.")],
        "household_number": household.file_number,
        "visit": moment_words(visit.started_at),
        "addressee": addressee_of(household, list(adults_of(household))),
        "opening": [
            _(
                "Thank you for coming. Check what is written here. Tell us if "
                "something is wrong."
            )
            if told
            else _("Thank you for coming. Nothing was changed in your file.")
        ],
        "parts": [{"title": each.title, "lines": each.lines} for each in told],
        "claim": claims,
    }
