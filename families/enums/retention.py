"""What the table of periods says to people: each line, why so long, and who says so.

Not legal advice: each town decides with its data protection officer and its archives.
"""

from django.utils.translation import gettext_lazy as _

NAMES = {
    "families": _("Families that nobody hears of"),
    "people": _("People with an account and no file that nobody hears of"),
    "accounts": _("Accounts whose address was never confirmed"),
    "health": _("Health sheets of children who no longer come"),
    "proofs": _("Proofs refused, replaced or withdrawn, with their files"),
    "proofs_over": _("Papers of proofs that are over"),
    "drafts": _("Requests begun and never sent"),
    "file_requests": _("Requests for a file number, once answered"),
    "sign_up_links": _("Sign-ups never finished"),
    "messages": _("Messages sent: to whom, when, about what"),
    "forms": _("Forms sent, kept against sending twice"),
    "terms_addresses": _("Network addresses of who accepted the terms"),
    "readings": _("Who read health, identity papers, bank details"),
    "journal": _("Words of the journal: who, when and what stay"),
    "import_files": _("Files of imports"),
    "mandates": _("Bank details of mandates that are over"),
    "books": _("Names in the books: numbers and amounts stay"),
}

#: What each period is counted from.
COUNTED_FROM = {
    "families": _("the last sign of the family: sign-in, request, booking, invoice"),
    "people": _("the last sign-in"),
    "accounts": _("the day the account was opened"),
    "health": _("the end of the school year it was written for"),
    "proofs": _("the day it was handed in or reviewed"),
    "proofs_over": _("the end of its validity"),
    "drafts": _("the day it was begun"),
    "file_requests": _("the answer"),
    "sign_up_links": _("the end of the link"),
    "messages": _("the sending"),
    "forms": _("the sending"),
    "terms_addresses": _("the acceptance"),
    "readings": _("the reading"),
    "journal": _("the entry"),
    "import_files": _("the day it was handed in"),
    "mandates": _("the last debit"),
    "books": _("the end of the year of the invoice"),
}

_NEED = _("It is no longer needed for what it was asked for.")
_GDPR = _("GDPR, article 5(1)(e); the town decides")
_ACT = _("Act respecting access, section 73; the town's retention schedule")

WHY = {
    "families": _(
        "A child is known while it comes, and some years for those who return."
    ),
    "people": _("Nobody can say any more what the account is for."),
    "accounts": _("Whoever typed the address never showed that it is theirs."),
    "health": _("Health is for the season in which somebody looks after the child."),
    "proofs": _("The town has decided; a family may still contest for a while."),
    "proofs_over": _("That the paper was seen stays; the paper itself is of no use."),
    "drafts": _("The town was never asked anything."),
    "file_requests": _NEED,
    "sign_up_links": _NEED,
    "messages": _("To answer a family who says that it was not told."),
    "forms": _NEED,
    "terms_addresses": _(
        "To find who misused an account. Who accepted, and when, stays."
    ),
    "readings": _("To find who read what they should not have."),
    "journal": _("Decisions may be contested until the claim is too old."),
    "import_files": _NEED,
    "mandates": _("A debit may be contested for thirteen months."),
    "books": _("Accounts and what justifies them are kept for those who audit them."),
}

#: Who says so: in France, in Québec.
SOURCES = {
    "FR": {
        "families": _(
            "GDPR 5(1)(e); CNIL standard NS-058 as guidance; the town decides"
        ),
        "health": _("GDPR 5(1)(e) and 9; the town decides"),
        "proofs": _("CRPA R421-1: two months to contest; the town decides"),
        "terms_addresses": _("CNIL recommendation on logs, 2021: 6 to 12 months"),
        "readings": _(
            "CNIL recommendation on logs, 2021: 6 to 12 months, 3 years at most"
        ),
        "journal": _("Code civil 2224: five years"),
        "mandates": _("Code monétaire et financier L133-24: 13 months"),
        "books": _("Code de commerce L123-22: ten years from the end of the year"),
    },
    "CA": {
        "readings": _("Act respecting access, section 63.1; the town decides"),
        "journal": _("Civil Code of Québec, section 2925: three years"),
        "mandates": _("The town decides; the debits stay in the books"),
        "books": _("Tax Administration Act, section 35.1: six years after the year"),
    },
}


def source_of(key: str, *, country: str) -> object:
    """Return who says how long one kind of data is kept."""
    place = "CA" if country == "CA" else "FR"
    return SOURCES[place].get(key, _ACT if place == "CA" else _GDPR)
