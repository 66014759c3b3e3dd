"""What the rules find: enough, never too much, and what stays of it."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from families.enums import ProofStatus
from families.models import Document, Person, Proof, ProofType, Terms, TermsAcceptance
from families.services.privacy.runs import count_monthly, set_period
from foundation.accounts.models import Account
from tests.families.builders import (
    NOW,
    TODAY,
    Family,
    account_of,
    make_family,
    make_person,
)

LONG_AGO = NOW - timedelta(days=4 * 365)

pytestmark = pytest.mark.usefixtures("rochebelle")


@pytest.fixture
def chief() -> Account:
    return Account.objects.create_superuser("chief@example.com")


def erase_by(rule: str, *, number: int, chief: Account) -> int:
    """Let a rule erase by itself, as on the first of the month; return how many."""
    set_period(rule=rule, number=number, is_automatic=True, actor=chief)
    return int(count_monthly(now=NOW).report[rule]["count"])


def accepted_proof(family: Family, *, ended_days_ago: int) -> Proof:
    """Return an accepted proof with a text and a paper."""
    proof = Proof.objects.create(
        proof_type=ProofType.objects.order_by("pk")[0],
        household=family.household,
        value="Allocataire 1234567",
        status=ProofStatus.ACCEPTED,
        submitted_by=family.account,
        submitted_at=LONG_AGO,
        reviewed_at=LONG_AGO,
        valid_from=LONG_AGO.date(),
        valid_until=TODAY - timedelta(days=ended_days_ago),
    )
    Document.objects.create(
        proof=proof,
        file=ContentFile(b"%PDF paper", "paper.pdf"),
        original_name="paper.pdf",
        content_type="application/pdf",
        size=10,
        sha256="0" * 64,
    )
    return proof


def test_an_accepted_proof_that_ended_long_ago_loses_its_paper_and_its_text_only(
    chief: Account,
    settings: Any,
    tmp_path: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    settings.PREAU_PRIVATE_ROOT = tmp_path
    family = make_family("claire@example.com", "Zoé")
    over = accepted_proof(family, ended_days_ago=400)
    lately = accepted_proof(family, ended_days_ago=300)
    paper = over.documents.get().file

    with django_capture_on_commit_callbacks(execute=True):
        count = erase_by("proofs_over", number=12, chief=chief)

    over.refresh_from_db()
    lately.refresh_from_db()
    assert count == 1
    assert (over.status, over.value) == (ProofStatus.ACCEPTED, None)
    assert over.valid_until == TODAY - timedelta(days=400)
    assert not over.documents.exists()
    assert not paper.storage.exists(str(paper.name))
    assert lately.value == "Allocataire 1234567"
    kept = lately.documents.get().file
    assert kept.storage.exists(str(kept.name))
    assert count_monthly(now=NOW).report["proofs_over"]["count"] == 0


def test_somebody_in_no_file_who_never_came_back_is_erased_and_nobody_else(
    chief: Account,
) -> None:
    alone, heard = (
        make_person(f"{name}@example.com", name) for name in ("Alone", "Heard")
    )
    family = make_family("claire@example.com")
    for person, seen in ((alone, LONG_AGO), (heard, NOW), (family.person, LONG_AGO)):
        Account.objects.filter(person=person).update(
            date_joined=LONG_AGO, last_login=seen
        )

    count = erase_by("people", number=36, chief=chief)

    assert count == 1
    assert not Account.objects.filter(email="alone@example.com").exists()
    assert set(Person.objects.values_list("first_name", flat=True)) == {
        "",
        "Heard",
        "Claire",
    }
    assert count_monthly(now=NOW).report["people"]["count"] == 0


def test_an_old_acceptance_of_the_terms_keeps_who_and_when_without_the_address(
    chief: Account,
) -> None:
    accounts = [account_of(make_person(f"p{n}@example.com")) for n in range(2)]
    terms = Terms.objects.create(body="Be kind.", number=9, published_at=LONG_AGO)
    for account, at in zip(accounts, (LONG_AGO, NOW), strict=True):
        TermsAcceptance.objects.create(
            account=account, terms=terms, accepted_at=at, address="192.0.2.7"
        )

    count = erase_by("terms_addresses", number=12, chief=chief)

    assert count == 1
    rows = TermsAcceptance.objects.order_by("accepted_at")
    assert [(each.account, each.accepted_at, each.address) for each in rows] == [
        (accounts[0], LONG_AGO, None),
        (accounts[1], NOW, "192.0.2.7"),
    ]
