"""Configuration files for towns that open on the day of the test."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from tests.cast.towns import pack_of

DAY = timedelta(days=1)


def town_pack(name: str, host: str, *, today: date) -> dict[str, Any]:
    """Return the test town under another name, with sessions from next week on."""
    pack = pack_of("rochebelle")
    pack["town"] |= {"name": name, "host": host}
    for regie in pack["regies"]:
        regie["stripe_account"] = "acct_" + re.sub(r"\W", "", host)
    pack["administrator"] = {
        "email": f"mairie@{host}",
        "first_name": "Ada",
        "last_name": "Mairie",
    }
    monday = today + (7 - today.weekday()) * DAY
    first, last = today.replace(day=1), monday + 70 * DAY
    pack["calendar"] = {
        "periods": [
            period("annee", "school_year", first - 60 * DAY, last + 200 * DAY),
            period("vacances", "holiday", last, last + 14 * DAY),
        ]
    }
    for service in pack["services"]:
        for activity in service["activities"]:
            move(activity, today=today, until=last)
    for tariff in pack["tariffs"]:
        for version in tariff["versions"]:
            version["effective_from"] = iso(first - 60 * DAY)
            version["voted_on"] = iso(first - 90 * DAY)
    return pack


def move(activity: dict[str, Any], *, today: date, until: date) -> None:
    """Put an activity's sessions and registration around today."""
    if "generate" in activity:
        activity["generate"] |= {"from": iso(today), "until": iso(until)}
    activity["windows"] = [
        {"from": f"{iso(today - DAY)}T08:00", "until": f"{iso(until)}T23:59"}
    ]
    for session in activity.get("sessions", []):
        session |= {
            "period": "vacances",
            "first_day": iso(until),
            "last_day": iso(until + 3 * DAY),
            "born_from": iso(today - 4000 * DAY),
            "born_until": iso(today - 1500 * DAY),
        }


def period(code: str, kind: str, first: date, until: date) -> dict[str, Any]:
    return {
        "code": code,
        "name": code.capitalize(),
        "kind": kind,
        "from": iso(first),
        "until": iso(until),
    }


def iso(day: date) -> str:
    return day.isoformat()


def write_pack(pack: dict[str, Any], folder: Path) -> Path:
    """Write a pack as an operator would have it."""
    file = folder / f"{pack['town']['host']}.yaml"
    file.write_text(yaml.safe_dump(plain(pack), allow_unicode=True), encoding="utf-8")
    return file


def plain(value: Any) -> Any:
    """Return data as YAML writes it without tags: dates as text."""
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [plain(each) for each in value]
    return iso(value) if isinstance(value, date) else value
