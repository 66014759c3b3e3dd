"""The page of the whole configuration, and what people may send it."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from catalog.models import Service
from foundation.accounts.models import Account
from foundation.journal.models import Entry
from tenants.gateways.pack_files import MAX_BYTES, read_pack_file, write_pack_file
from tenants.services.packing import export_pack
from tests.catalog.views.staff_steps import administrator, family, fields_of, inside

PAGE = "/admin/configuration/"
PUT_IN = f"{PAGE}put-in/"
EXPORT = f"{PAGE}export/"
BANDS = "\n".join(
    f'            - {{code: b{number}, from: "{number}", until: "{number + 1}", '
    f'amount: "1.00"}}'
    for number in range(1000)
)


@pytest.fixture
def desk(rochebelle):
    return administrator(rochebelle)


@pytest.fixture
def whole(rochebelle: Any) -> dict[str, Any]:
    with inside(rochebelle):
        return export_pack(town=rochebelle)


def send(desk: Any, content: bytes) -> Any:
    return desk.post(PAGE, {"pack": SimpleUploadedFile("pack.yaml", content)})


def test_the_file_is_handed_over(desk, whole):
    response = desk.post(EXPORT)

    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    assert read_pack_file(response.content) == whole


def test_a_file_is_looked_at_then_put_in(rochebelle, desk, whole):
    whole["services"][0]["summary"] = "Un tout autre résumé"

    seen = send(desk, write_pack_file(whole))
    with inside(rochebelle):
        assert not Service.objects.filter(summary="Un tout autre résumé").exists()
    done = desk.post(PUT_IN, fields_of(seen), follow=True)

    assert "Un tout autre résumé" in seen.content.decode()
    assert done.status_code == 200
    with inside(rochebelle):
        assert Service.objects.filter(summary="Un tout autre résumé").exists()
        assert Entry.objects.filter(action="configuration imported").count() == 1


def test_sent_twice_it_is_put_in_once(rochebelle, desk, whole):
    whole["services"][0]["summary"] = "Un tout autre résumé"
    form = fields_of(send(desk, write_pack_file(whole)))

    desk.post(PUT_IN, form)
    again = desk.post(PUT_IN, form)

    assert again.status_code == 200
    with inside(rochebelle):
        assert Entry.objects.filter(action="configuration imported").count() == 1


def test_a_town_that_changed_meanwhile_is_shown_again(rochebelle, desk, whole):
    whole["services"][0]["summary"] = "Un tout autre résumé"
    form = fields_of(send(desk, write_pack_file(whole)))
    with inside(rochebelle):
        Service.objects.filter(code=whole["services"][0]["code"]).update(
            summary="Changé entre-temps"
        )

    response = desk.post(PUT_IN, form)

    assert "Changé entre-temps" in response.content.decode()
    with inside(rochebelle):
        assert not Service.objects.filter(summary="Un tout autre résumé").exists()


def one_tariff(currency: str, amount: str) -> bytes:
    rules = (
        f"{{currency: {currency}, unit: meal, split: {{meal: '100'}}, "
        f"rules: [{{code: a, method: fixed, amount: {amount}}}]}}"
    )
    version = (
        "{vote_number: v, voted_on: 2026-01-01, effective_from: 2026-01-01, "
        f"rules: {rules}}}"
    )
    return f"tariffs: [{{code: t, name: T, versions: [{version}]}}]\n".encode()


HOSTILE = {
    "unknown key": (b"services: []\nsurprise: 1\n", "surprise"),
    "duplicate key": (b"services: []\nservices: []\n", "line 2, column 1"),
    "billion laughs": (b"a: &a [lol]\nb: &b [*a, *a]\n", "line 1, column 4"),
    "alias": (b"a: &a [*a]\n", "line 1, column 4"),
    "tag": (b"a: !!python/name:os.system x\n", "line 1, column 4"),
    "tab": (b"townhall:\n\taddress: x\n", "line 2, column 1"),
    "not UTF-8": (b"townhall: {address: \xff\xfe}\n", "file"),
    "NUL": (b"townhall: {address: \x00}\n", "file"),
    "too large": (b"#" * (MAX_BYTES + 1), "file"),
    "huge scalar": (
        b"departments: [{code: a, name: " + b"x" * 500_000 + b"}]\n",
        "departments[0].name",
    ),
    "wrong type": (b"services: {a: 1}\n", "services"),
    "a list": (b"- a\n- b\n", "."),
    "nothing": (b"", "pack"),
    "a number": (b"12\n", "."),
    "too deep": (b"a: " + b"[" * 500, "line 1, column"),
    "bare decimal": (one_tariff("EUR", "2.50"), "tariffs[0].versions[0].rules"),
    "1,000 bands that overlap": (
        (
            "tariffs:\n  - code: t\n    name: T\n    versions:\n"
            "      - vote_number: v\n        voted_on: 2026-01-01\n"
            "        effective_from: 2026-01-01\n        rules:\n"
            "          currency: EUR\n          unit: meal\n          rules:\n" + BANDS
        ).encode(),
        "tariffs[0].versions[0].rules",
    ),
    "another currency": (
        one_tariff("CAD", '"2.50"'),
        "tariffs[0].versions[0].rules.currency",
    ),
}


@pytest.mark.parametrize(("content", "place"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_file_is_refused_and_nothing_is_saved(
    rochebelle, desk, whole, content, place
):
    response = send(desk, content)

    page = response.content.decode()
    assert response.status_code == 422
    assert place in page
    assert len(page) < 200_000
    with inside(rochebelle):
        assert export_pack(town=rochebelle) == whole
        assert not Entry.objects.filter(action="configuration imported").exists()


@pytest.mark.parametrize("content", [b"a: [", b"surprise: 1\n", b""])
def test_a_text_changed_on_its_way_is_refused(rochebelle, desk, whole, content):
    form = {"content": content.decode(), "seen": "x"}

    response = desk.post(PUT_IN, form)

    assert response.status_code == 422
    with inside(rochebelle):
        assert export_pack(town=rochebelle) == whole


def test_families_and_clerks_never_see_it(rochebelle):
    with inside(rochebelle):
        clerk = Account.objects.create_user("clerk@mairie.example", is_staff=True)
    desk = administrator(rochebelle)
    with inside(rochebelle):
        desk.force_login(clerk)

    parent = family(rochebelle)

    for address in (PAGE, EXPORT, PUT_IN):
        assert desk.post(address).status_code in {302, 403, 404}
        assert parent.post(address).status_code == 404
