"""Departments are told of requests whose time to answer is nearly over, once each."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from enrolment.models import AccessRequest
from enrolment.queries.clocks import requests_to_warn
from foundation.post.letters import write_letter
from tenants.queries import base_url_of, current_town
from tenants.townhall.queries import town_settings

if TYPE_CHECKING:
    from tenants.townhall.models import Department


@transaction.atomic
def warn_departments(*, today: date) -> int:
    """Write one message to each department; return how many requests they list.

    A message names no child: tracking numbers, services and days. A department
    without an address is warned by the list of requests only.
    """
    waiting = list(
        requests_to_warn(today=today)
        .order_by("service__department_id", "answer_due_on", "id")
        .select_for_update(of=("self",))
    )
    for _pk, rows in groupby(waiting, key=lambda each: each.service.department_id):
        _write(list(rows))
    AccessRequest.objects.filter(pk__in=[each.pk for each in waiting]).update(
        alerted_on=today
    )
    return len(waiting)


def _write(requests: Sequence[AccessRequest]) -> None:
    department: Department = requests[0].service.department
    recipient = department.reply_to or town_settings().contact_email
    if not recipient:
        return
    town = current_town()
    url = f"{base_url_of(town)}{reverse('enrolment_review:queue')}?due=near"
    with translation.override(town.locale), timezone.override(town.time_zone):
        letter = write_letter(
            "mail/enrolment/clock_warning.txt",
            {"requests": requests, "count": len(requests), "url": url},
            signature=town_settings().name,
        )
    letter.to_mail(sender=settings.DEFAULT_FROM_EMAIL, recipient=recipient).send()
