"""How days, hours, numbers, codes and addresses are written in a configuration."""

import re

WEEKDAYS = (
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
)

DECIMAL = re.compile(r"[+-]?[0-9]{1,9}(\.[0-9]{1,6})?")
CODE = re.compile(r"[a-z0-9]+([_-][a-z0-9]+)*")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
EMAIL = re.compile(r"[^@\s<>\"(),;:]+@[a-z0-9-]+(\.[a-z0-9-]+)*", re.IGNORECASE)
TIME = re.compile(r"[0-9]{2}:[0-9]{2}")
MOMENT = re.compile(DAY.pattern + "T" + TIME.pattern)
