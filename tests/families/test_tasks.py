"""Each day a job looks after the data of each town; each month it counts them."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tenants.utils import tenant_context

from families import tasks
from families.enums.privacy import ErasureKind
from families.models import ErasureRun, SignUpLink
from families.services.privacy.runs import set_period
from foundation.accounts.models import Account
from foundation.town import current_schema
from tenants.models import Town
from tests.billing.jobs import enter, run_jobs


def ask_every_town(town: Town) -> None:
    """Do what the scheduler does in the morning, then come back to a town."""
    tasks.look_after_data_everywhere(timestamp=0)
    assert current_schema() == "public"
    enter(town)


def old_link() -> None:
    long_ago = timezone.now() - timedelta(days=400)
    SignUpLink.objects.create(
        email="old@example.com", asked_at=long_ago, valid_until=long_ago
    )


def test_on_the_day_the_job_counts_and_erases_in_each_town(
    rochebelle: Town, etangs: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "COUNTING_DAY", timezone.localdate().day)
    for town in (rochebelle, etangs):
        with tenant_context(town):
            old_link()
    chief = Account.objects.create_superuser("chief@example.com")
    set_period(rule="sign_up_links", number=30, is_automatic=True, actor=chief)

    ask_every_town(rochebelle)
    done = run_jobs()
    enter(etangs)
    done += run_jobs()

    assert done.count("look_after_data") == 2
    left = []
    for town in (rochebelle, etangs):
        with tenant_context(town):
            run = ErasureRun.objects.get()
            assert run.kind == ErasureKind.REMINDER
            left.append((run.report["sign_up_links"]["count"], _links()))
    # The first town lets it go by itself; the other one only counts.
    assert left == [(1, 0), (1, 1)]


def test_on_another_day_nothing_is_counted(
    rochebelle: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(tasks, "COUNTING_DAY", tomorrow.day)

    ask_every_town(rochebelle)

    assert run_jobs() == ["look_after_data"]
    assert not ErasureRun.objects.exists()


def _links() -> int:
    return SignUpLink.objects.count()
