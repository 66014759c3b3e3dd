import re
from pathlib import Path

import pytest
from django.utils import translation

from billing.gateways import documents
from billing.services.invoice_labels import (
    credit_note_labels,
    invoice_labels,
    mandate_labels,
    receipt_labels,
)
from foundation import documents as shared

TEMPLATES = Path(documents.__file__).parent / "templates"
THEME = Path(shared.__file__).parent / "templates" / "theme.typ"
LABEL = re.compile(r"data\.labels\.(\w+)")


@pytest.mark.parametrize(
    ("template", "labels"),
    [
        ("invoice", invoice_labels),
        ("invoice", credit_note_labels),
        ("receipt", receipt_labels),
        ("mandate", mandate_labels),
    ],
)
def test_every_word_a_template_asks_for_is_given(template, labels):
    sources = [TEMPLATES / f"{template}.typ", THEME]
    asked = {
        word for source in sources for word in LABEL.findall(source.read_text("utf-8"))
    }

    with translation.override("en"):
        given = labels()

    assert set(given) == asked
    assert all(given.values())


def test_a_credit_note_never_asks_for_money():
    with translation.override("en"):
        labels = credit_note_labels()

    assert labels["amount_due"] == "In your favour"
