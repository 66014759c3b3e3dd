"""The packs of the cast open whole towns."""

from datetime import date

from billing.models import Regie
from catalog.models import Activity, Closure, Session, TariffVersion
from families.models import ProofType


def test_the_cast_opens_with_its_catalogue(rochebelle):
    canteen = Activity.objects.get(code="repas")

    assert ProofType.objects.count() == 4
    assert TariffVersion.objects.filter(published_at=None).count() == 0
    assert canteen.service.code == "cantine"
    assert Regie.objects.get().iban == "FR7630006000011234567890189"


def test_no_session_falls_on_a_holiday(rochebelle):
    days = set(
        Session.objects.filter(activity__code="repas").values_list(
            "starts_on", flat=True
        )
    )

    assert date(2026, 11, 10) in days
    assert date(2026, 11, 11) not in days
    assert date(2026, 11, 18) not in days
    assert date(2026, 12, 21) not in days
    assert Closure.objects.get(from_on=date(2026, 11, 11)).reason == "Armistice"
