"""Mandates: signed online, sealed, revoked."""

from datetime import timedelta

import pytest
from django.db import connection

from billing.domain.iban import IbanChecksumError
from billing.enums import MandateStatus
from billing.models import Mandate
from billing.services.mandates import (
    DebitsRefusedError,
    MandateExistsError,
    NotActiveError,
    Signature,
    mandate_wording,
    revoke_mandate,
    sign_mandate,
    takes_debits,
)
from foundation.encryption import blind_index
from foundation.journal.models import Entry
from tests.billing.builders import NOW, SWEET_IBAN, a_family

pytestmark = pytest.mark.django_db

COMPACT = "FR1420041010050500013M02606"


def sign(family, regie, *, iban=SWEET_IBAN, now=NOW):
    return sign_mandate(
        household=family.household,
        regie=regie,
        account=family.account,
        signature=Signature(
            "Zoé Martin", iban, mandate_wording(regie), {"address": "::1"}
        ),
        now=now,
    )


def test_the_account_number_is_sealed_masked_and_findable(regie, family):
    mandate = sign(family, regie)

    with connection.cursor() as cursor:
        cursor.execute("SELECT iban FROM billing_mandate WHERE id = %s", [mandate.pk])
        stored = bytes(cursor.fetchone()[0])
    assert COMPACT.encode() not in stored
    assert Mandate.objects.get().iban == COMPACT
    assert mandate.iban_masked == "FR14 •••• •••• 2606"
    assert bytes(Mandate.objects.get().iban_index) == blind_index(COMPACT, "iban")


def test_references_follow_each_other_and_are_never_used_again(regie, family):
    first = sign(family, regie)
    revoke_mandate(mandate=first, actor=family.account, now=NOW)

    second = sign(family, regie)

    assert first.reference == "MENFANCE-2026-000001"
    assert second.reference == "MENFANCE-2026-000002"


def test_the_signature_keeps_what_was_read_and_from_where(regie, family):
    mandate = sign(family, regie)

    trace = mandate.signature
    assert trace["wording"] == list(mandate_wording(regie))
    assert len(trace["wording_sha256"]) == 64
    assert trace["seen"] == {"address": "::1"}
    assert family.account.email in trace["signer"]


def test_the_journal_never_holds_the_number(regie, family):
    mandate = sign(family, regie)

    entry = Entry.objects.about("billing.mandate", mandate.public_id).get()
    assert entry.new == {"iban": "•••", "holder": "Zoé Martin"}


def test_a_mistyped_number_is_refused(regie, family):
    with pytest.raises(IbanChecksumError):
        sign(family, regie, iban="FR15 2004 1010 0505 0001 3M02 606")

    assert Mandate.objects.count() == 0


def test_a_household_signs_once_for_a_regie(regie, family):
    sign(family, regie)

    with pytest.raises(MandateExistsError):
        sign(family, regie)


def test_a_revoked_mandate_is_not_revoked_again(regie, family):
    mandate = sign(family, regie)

    revoke_mandate(mandate=mandate, actor=family.account, now=NOW)

    mandate.refresh_from_db()
    assert mandate.status == MandateStatus.REVOKED
    assert mandate.revoked_at == NOW
    with pytest.raises(NotActiveError):
        revoke_mandate(
            mandate=mandate, actor=family.account, now=NOW + timedelta(days=1)
        )


def test_nobody_signs_where_debits_are_not_taken(regie, rochebelle):
    regie.takes_direct_debits = False

    with pytest.raises(DebitsRefusedError):
        sign(a_family(), regie)


def test_towns_outside_the_euro_take_no_direct_debits(regie, rochebelle):
    rochebelle.currency = "CAD"

    assert not takes_debits(regie)
