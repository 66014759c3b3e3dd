from typing import Any
from uuid import UUID, uuid4

import pytest
from django import forms
from django.db import connection, models
from django.test.utils import isolate_apps

from foundation.encryption import (
    EncryptedLookupError,
    EncryptedTextField,
    PlainTextRefusedError,
    Sealed,
    UnreadableValueError,
)

pytestmark = pytest.mark.usefixtures("in_alpha")

with isolate_apps():

    class Note(models.Model):
        public_id = models.UUIDField(default=uuid4, unique=True)
        text = EncryptedTextField(max_length=500)
        other = EncryptedTextField(null=True, blank=True)

        class Meta:
            app_label = "foundation"
            db_table = "note"
            managed = False

        def __str__(self):
            return str(self.public_id)


def field_of(name: str) -> Any:
    return Note._meta.get_field(name)


def stored(note: Note, name: str) -> Any:
    """Return what the database would be given for a field of the row."""
    field = field_of(name)
    value = field.get_db_prep_save(field.pre_save(note, add=True), connection)
    return value if value is None else bytes(getattr(value, "obj", value))


def loaded(public_id: UUID, text: bytes | None, other: bytes | None = None) -> Note:
    """Return the row as a query would build it."""
    values = [
        1,
        public_id,
        field_of("text").from_db_value(text, None, connection),
        field_of("other").from_db_value(other, None, connection),
    ]
    return Note.from_db("default", ["id", "public_id", "text", "other"], values)


def test_a_text_comes_back_as_it_was_saved():
    note = Note(text="Allergie à l'arachide 🥜")

    read = loaded(note.public_id, stored(note, "text"))

    assert read.text == "Allergie à l'arachide 🥜"


def test_the_database_never_sees_the_text():
    assert b"arachide" not in stored(Note(text="arachide"), "text")


def test_nothing_stays_nothing():
    note = Note(text="", other=None)

    read = loaded(note.public_id, stored(note, "text"), stored(note, "other"))

    assert (read.text, read.other) == ("", None)
    assert stored(note, "text") != b""


def test_a_column_added_to_existing_rows_reads_as_empty_text():
    assert loaded(uuid4(), b"").text == ""


def test_a_row_is_loaded_and_listed_without_opening_its_values(enter, alpha):
    with enter(alpha):
        note = Note(text="secret")
        payload = stored(note, "text")

    with enter(None):
        read = loaded(note.public_id, payload)

    assert isinstance(read.__dict__["text"], Sealed)


def test_a_value_copied_to_another_row_does_not_open():
    payload = stored(Note(text="secret"), "text")

    with pytest.raises(UnreadableValueError):
        _ = loaded(uuid4(), payload).text


def test_a_value_copied_to_another_column_does_not_open():
    note = Note(text="secret", other="public")

    read = loaded(note.public_id, stored(note, "text"), stored(note, "text"))

    assert read.text == "secret"
    with pytest.raises(UnreadableValueError):
        _ = read.other


def test_an_unread_value_is_written_back_as_it_was():
    note = Note(text="secret")
    payload = stored(note, "text")

    assert stored(loaded(note.public_id, payload), "text") == payload


def test_copying_a_row_without_reading_it_is_refused_rather_than_lost():
    note = Note(text="secret")
    copy = loaded(note.public_id, stored(note, "text"))
    copy.public_id = uuid4()

    with pytest.raises(UnreadableValueError, match="Read it before"):
        stored(copy, "text")


def test_copying_a_row_after_reading_it_seals_it_for_the_copy():
    note = Note(text="secret")
    copy = loaded(note.public_id, stored(note, "text"))
    assert copy.text == "secret"
    copy.public_id = uuid4()

    assert loaded(copy.public_id, stored(copy, "text")).text == "secret"


@pytest.mark.parametrize("plain", ["secret", "", 12, b"bytes"])
def test_plain_text_cannot_reach_the_database(plain):
    field = field_of("text")

    with pytest.raises(PlainTextRefusedError, match=r"save\(\) or bulk_create\(\)"):
        field.get_db_prep_save(plain, connection)


@pytest.mark.parametrize("lookup", ["exact", "in", "contains", "gt", "lower"])
def test_a_query_cannot_compare_an_encrypted_column(lookup):
    with pytest.raises(EncryptedLookupError, match="blind_index"):
        Note._default_manager.filter(**{f"text__{lookup}": "secret"})


def test_a_query_may_ask_whether_a_value_is_there():
    assert "IS NULL" in str(Note._default_manager.filter(other__isnull=True).query)


def test_a_sealed_value_refuses_to_become_text():
    sealed = Sealed.close("secret", binding="note.text", row_id=uuid4())

    with pytest.raises(PlainTextRefusedError):
        f"{sealed}"


def test_a_value_taken_alone_opens_with_the_identity_of_its_row():
    note = Note(text="secret")
    field = field_of("text")

    sealed = field.from_db_value(stored(note, "text"), None, connection)

    assert sealed.open(note.public_id) == "secret"


def test_an_encrypted_value_never_leaves_through_a_fixture():
    with pytest.raises(PlainTextRefusedError):
        Note._meta.get_field("text").value_to_string(Note(text="secret"))


def test_the_form_field_edits_the_plain_text():
    form_class = forms.modelform_factory(Note, fields=["text"])
    note = loaded(note_id := uuid4(), stored(Note(public_id=note_id, text="a"), "text"))

    form = form_class({"text": "b" * 501}, instance=note)

    assert form.initial["text"] == "a"
    assert list(form.errors) == ["text"]


def test_a_migration_recreates_the_field():
    field = EncryptedTextField(row_id_field="ref", bound_to="old.name", null=True)

    _, path, args, kwargs = field.deconstruct()

    assert path == "foundation.encryption.fields.EncryptedTextField"
    assert not args
    assert kwargs == {"row_id_field": "ref", "bound_to": "old.name", "null": True}


def test_a_value_still_opens_after_its_column_was_renamed():
    note = Note(text="secret")
    renamed: Any = EncryptedTextField(bound_to="note.text")

    sealed = renamed.from_db_value(stored(note, "text"), None, connection)

    assert sealed.open(note.public_id) == "secret"


@isolate_apps()
def test_a_field_without_a_row_identity_is_an_error():
    class Anonymous(models.Model):
        text = EncryptedTextField()

        class Meta:
            app_label = "foundation"

        def __str__(self):
            return ""

    found = {error.id for error in Anonymous._meta.get_field("text").check()}

    assert found == {"foundation.E101"}


@isolate_apps()
def test_an_indexed_encrypted_field_is_an_error():
    class Indexed(models.Model):
        public_id = models.UUIDField(default=uuid4)
        text = EncryptedTextField(db_index=True)

        class Meta:
            app_label = "foundation"

        def __str__(self):
            return ""

    found = {error.id for error in Indexed._meta.get_field("text").check()}

    assert found == {"foundation.E102"}
