"""The back office keeps the town's hours.

Wagtail works in the zone that each person chose, or else in the installation's: a
registration that opens at nine in Québec would open at three in the morning. The
zone of the town, set by `TownLocaleMiddleware`, stays for everybody.
"""

from contextlib import AbstractContextManager

from django.utils import timezone
from wagtail.admin import localization


def keep_town_time(_asked: object) -> AbstractContextManager[None]:
    """Stay in the current zone, whichever Wagtail asks for."""
    return timezone.override(timezone.get_current_timezone())


localization.override_tz = keep_town_time
