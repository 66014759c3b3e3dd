"""The reminder of the yearly review: who gets it, and once."""

from datetime import date

from django.core import mail
from django_tenants.utils import tenant_context

from families.models import FileRules
from families.services.file_reviews import certify_file
from families.services.review_reminders import remind_of_review, reminder_is_due
from families.tasks import remind_of_reviews_everywhere
from foundation.town import current_schema
from tenants.models import Town
from tests.families.builders import NOW, TODAY, make_family


def ask_each_september() -> None:
    FileRules.objects.update_or_create(
        id=1, defaults={"review_month": 9, "review_day": 1}
    )


def test_who_has_not_confirmed_is_reminded_once_a_season(rochebelle: Town) -> None:
    ask_each_september()
    done = make_family("claire@example.com")
    certify_file(household=done.household, actor=done.account, now=NOW, today=TODAY)
    make_family("paul@example.com")
    mail.outbox.clear()

    written = [remind_of_review(today=TODAY) for _twice in range(2)]

    assert written == [1, 0]
    (message,) = mail.outbox
    assert message.to == ["paul@example.com"]
    assert "/my/review/" in str(message.body)


def test_a_new_season_reminds_everybody_again(rochebelle: Town) -> None:
    ask_each_september()
    family = make_family("claire@example.com")
    certify_file(household=family.household, actor=family.account, now=NOW, today=TODAY)
    remind_of_review(today=TODAY)

    assert not reminder_is_due(today=date(2027, 8, 31))
    assert remind_of_review(today=date(2027, 9, 1)) == 1


def test_a_town_without_a_yearly_review_reminds_nobody(rochebelle: Town) -> None:
    FileRules.objects.update_or_create(
        id=1, defaults={"review_month": None, "review_day": None}
    )
    make_family()

    assert not reminder_is_due(today=TODAY)
    assert remind_of_review(today=TODAY) == 0


def test_every_town_is_asked_in_turn(rochebelle: Town, etangs: Town) -> None:
    ask_each_september()
    with tenant_context(etangs):
        FileRules.objects.update(review_month=None, review_day=None)

    asked = remind_of_reviews_everywhere(timestamp=0)

    assert current_schema() == "public"
    assert asked == 1
