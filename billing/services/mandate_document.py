"""The mandate a family signed, with the text it saw and the trace of its signature."""

from django.utils.translation import gettext as _

from billing.gateways.documents import MandateDocument
from billing.models import Mandate
from billing.services.days import local_day
from billing.services.invoice_labels import mandate_labels
from billing.services.letterhead import letterhead_of, paper
from billing.services.words import moment_words


def mandate_document(mandate: Mandate, *, lang: str) -> MandateDocument:
    """Return what the mandate says, in the active language (`lang` is its code)."""
    regie, household = mandate.regie, mandate.household
    signature = mandate.signature
    return {
        "title": _("SEPA direct debit mandate"),
        "lang": lang.split("-", maxsplit=1)[0],
        "paper": paper(),
        "date": local_day(mandate.signed_at).isoformat(),
        "town": letterhead_of(regie),
        "labels": mandate_labels(),
        "legal": [_("A copy of this mandate stays in your family space.")],
        "reference": mandate.reference,
        "kind": _("Recurrent"),
        "wording": signature.get("wording", []),
        "creditor": {
            "name": regie.creditor_name,
            "lines": [line for line in regie.address.splitlines() if line.strip()],
            "identifier": regie.creditor_id,
        },
        "debtor": {
            "name": mandate.holder,
            "lines": [
                household.street,
                f"{household.postal_code} {household.city}".strip(),
            ],
            "iban": mandate.iban_masked,
            "bic": "",
        },
        "signature": [
            {"label": _("Signed by"), "value": signature.get("signer", "")},
            {"label": _("Signed on"), "value": moment_words(mandate.signed_at)},
            {"label": _("How"), "value": _("In the family space, password asked")},
            {
                "label": _("Digest of the text"),
                "value": signature.get("wording_sha256", ""),
            },
        ],
    }
