"""Blank forms travel with a town's file: cleaned, the same, or refused."""

from hashlib import sha256
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django_tenants.utils import tenant_context

from families.domain.blank_forms import MOST_BYTES, written_content
from families.models import ProofType
from families.services.blank_forms import content_of
from foundation.journal.models import Entry
from foundation.problems import ConfigurationError, explain
from foundation.uploads.documents import rebuild
from tenants.gateways.pack_files import read_pack_file, write_pack_file
from tenants.models import Town
from tenants.services.packing import export_pack, preview_import
from tests.catalog.views.staff_steps import administrator, fields_of
from tests.foundation.uploads import documents
from tests.tenants.services.test_packing import NOW, exported, opened, put

EVERYTHING = Path(__file__).parents[2] / "tenants" / "everything.yaml"
LOCKED = documents.save(
    documents.document(), encryption=pikepdf.Encryption(user="a", owner="b")
)
CLEAN, _PAGES = rebuild(documents.save(documents.document()))


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    # The storage remembers its folder until this one changes.
    settings.MULTITENANT_RELATIVE_MEDIA_ROOT = "%s"
    return tmp_path


def block(content: bytes, name: str = "fiche.pdf") -> dict[str, str]:
    return {
        "name": name,
        "sha256": sha256(content).hexdigest(),
        "content": written_content(content),
    }


def with_form(town: Town, content: bytes, code: str = "domicile") -> Any:
    data = export_pack(town=town)
    (row,) = [each for each in data["proof_types"] if each["code"] == code]
    row["blank_template"] = block(content)
    return data


def files(folder: Path) -> list[Path]:
    return sorted(each for each in folder.rglob("*") if each.is_file())


def form_of(code: str = "domicile") -> bytes:
    return content_of(ProofType.objects.get(code=code))


def noisy(size: int) -> bytes:
    """Return a PDF that no compression makes smaller."""
    drawn = b"".join(sha256(b"%d" % n).hexdigest().encode() for n in range(size // 32))
    pdf = documents.document(content=b"BT (" + drawn + b") Tj ET")
    made: bytes = documents.save(pdf)
    return made


def test_a_form_goes_from_one_town_to_the_next_to_the_byte(db: None) -> None:
    first = opened(read_pack_file(EVERYTHING.read_bytes()))
    data = read_pack_file(exported(first))

    second = opened(read_pack_file(write_pack_file(data)))

    for town in (first, second):
        with tenant_context(town):
            assert form_of("sante").startswith(b"%PDF-")
            kept = ProofType.objects.get(code="sante").template_sha256
            assert sha256(form_of("sante")).hexdigest() == kept
    assert exported(first) == exported(second)


def test_a_form_that_acts_arrives_clean_and_leaves_clean(db: None) -> None:
    data = read_pack_file(EVERYTHING.read_bytes())
    active = documents.made(documents.attach)
    data["proof_types"][0]["blank_template"] = block(active)

    first = opened(data)
    second = opened(read_pack_file(exported(first)))

    assert b"EmbeddedFile" in active
    with tenant_context(first):
        assert form_of() == CLEAN
    assert exported(second) == exported(first)


def test_a_neighbour_does_not_get_the_forms(rochebelle: Town) -> None:
    ProofType.objects.get(code="domicile").template.save(
        "fiche.pdf", SimpleUploadedFile("fiche.pdf", CLEAN)
    )

    whole = export_pack(town=rochebelle)
    other = export_pack(town=rochebelle, for_neighbour=True)

    assert any("blank_template" in each for each in whole["proof_types"])
    assert not any("blank_template" in each for each in other["proof_types"])


def test_a_preview_writes_no_file_and_an_import_does(
    rochebelle: Town, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    data = with_form(rochebelle, CLEAN)

    with django_capture_on_commit_callbacks(execute=True):
        told = preview_import(town=rochebelle, data=data, now=NOW)
    seen = files(media)
    with django_capture_on_commit_callbacks(execute=True):
        done = put(rochebelle, data)
    again = put(rochebelle, data)

    assert seen == []
    assert done == told
    assert [each.path for each in done.changes] == [
        "proof_types[domicile].blank_template"
    ]
    assert (form_of(), again.changes) == (CLEAN, ())
    told_in_journal = Entry.objects.get(action="configuration imported").new
    assert told_in_journal["proof_types[domicile].blank_template"] == {
        "name": "fiche.pdf",
        "sha256": sha256(CLEAN).hexdigest(),
    }


def test_a_new_form_takes_the_place_of_the_former_one(
    rochebelle: Town, media: Path, django_capture_on_commit_callbacks: Any
) -> None:
    newer, _pages = rebuild(documents.save(documents.document(pages=2)))

    for content in (CLEAN, newer):
        with django_capture_on_commit_callbacks(execute=True):
            put(rochebelle, with_form(rochebelle, content))

    assert form_of() == newer
    assert len(files(media)) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (documents.save(documents.document(31)), "31 pages"),
        (LOCKED, "protected"),
        (b"%PDF-1.7 and nothing more", "damaged"),
    ],
)
def test_what_no_upload_may_be_is_refused_with_its_place(
    rochebelle: Town, media: Path, content: bytes, said: str
) -> None:
    data = with_form(rochebelle, content)
    before = export_pack(town=rochebelle)

    with pytest.raises(ConfigurationError) as refused:
        put(rochebelle, data)

    (problem,) = refused.value.problems
    assert problem.path.endswith("].blank_template.content")
    assert said in explain(problem)
    assert (export_pack(town=rochebelle), files(media)) == (before, [])


def test_forms_too_heavy_together_are_refused(rochebelle: Town) -> None:
    data = export_pack(town=rochebelle)
    heavy = CLEAN.ljust(MOST_BYTES, b" ")
    row = data["proof_types"][0]
    data["proof_types"] += [
        {**row, "code": f"f-{number}", "blank_template": block(heavy)}
        for number in range(3)
    ]

    with pytest.raises(ConfigurationError) as refused:
        put(rochebelle, data)

    assert [(each.path, each.reason) for each in refused.value.problems] == [
        ("proof_types", "files_too_heavy")
    ]


def attach(desk: Any, kind: ProofType, content: bytes) -> Any:
    edit = f"/admin/proof-types/edit/{kind.pk}/"
    fields = fields_of(desk.get(edit))
    fields["template"] = SimpleUploadedFile("Fiche à rendre.pdf", content)
    return desk.post(edit, fields)


def test_a_clerk_attaches_a_form_and_it_is_cleaned(rochebelle: Town) -> None:
    kind = ProofType.objects.get(code="domicile")

    saved = attach(administrator(rochebelle), kind, documents.made(documents.attach))

    with tenant_context(rochebelle):
        kind.refresh_from_db()
        assert saved.status_code == 302
        assert (form_of(), kind.template_sha256) == (
            CLEAN,
            sha256(CLEAN).hexdigest(),
        )
        (row,) = [
            each
            for each in export_pack(town=rochebelle)["proof_types"]
            if each["code"] == "domicile"
        ]
        assert row["blank_template"]["name"] == "Fiche-à-rendre.pdf"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (LOCKED, "protected"),
        (noisy(2 * MOST_BYTES), "too heavy"),
    ],
)
def test_a_clerk_learns_why_a_form_is_refused(
    rochebelle: Town, media: Path, content: bytes, said: str
) -> None:
    kind = ProofType.objects.get(code="domicile")

    page = attach(administrator(rochebelle), kind, content)

    assert said in str(page.context["form"].errors["template"])
    assert files(media) == []


def test_a_form_taken_away_leaves_no_fingerprint(
    rochebelle: Town, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        put(rochebelle, with_form(rochebelle, CLEAN))
    kind = ProofType.objects.get(code="domicile")
    desk = administrator(rochebelle)
    edit = f"/admin/proof-types/edit/{kind.pk}/"

    desk.post(edit, {**fields_of(desk.get(edit)), "template-clear": "on"})

    with tenant_context(rochebelle):
        kind.refresh_from_db()
    assert (kind.template.name, kind.template_sha256) == ("", "")
