"""The encrypted field on a real table of a real town."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, models, transaction
from django.test.utils import isolate_apps

from foundation.encryption import (
    EncryptedTextField,
    PlainTextRefusedError,
    Sealed,
    UnreadableValueError,
    reencrypt,
    rotate,
)

with isolate_apps():

    class Memo(models.Model):
        public_id = models.UUIDField(default=uuid4, unique=True)
        title = models.CharField(max_length=20, default="")
        text = EncryptedTextField()
        other = EncryptedTextField(null=True)

        class Meta:
            app_label = "foundation"
            db_table = "memo_of_the_test"

        def __str__(self):
            return self.title


memos: Any = Memo._default_manager


@pytest.fixture(autouse=True)
def table(rochebelle):
    """Make a table that lives as long as the transaction of the test."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE memo_of_the_test (id bigserial PRIMARY KEY, "
            "public_id uuid NOT NULL, title text NOT NULL, text bytea NOT NULL, "
            "other bytea) ON COMMIT DROP"
        )


@pytest.fixture(autouse=True)
def master_keys():
    """Keep the master key that wrapped the towns of the cast."""


def stored(memo):
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM memo_of_the_test WHERE id = %s", [memo.pk])
        return bytes(cursor.fetchone()[0])


def test_a_saved_text_is_read_back_and_is_not_in_the_table():
    memo = memos.create(text="Allergie à l'arachide")

    assert memos.get(pk=memo.pk).text == "Allergie à l'arachide"
    assert b"arachide" not in stored(memo)


def test_many_rows_are_created_at_once():
    created = memos.bulk_create([Memo(text=f"note {n}") for n in range(30)])

    read = {memo.pk: memo.text for memo in memos.all()}

    assert read == {memo.pk: f"note {n}" for n, memo in enumerate(created)}


def test_a_changed_text_is_sealed_again_and_other_fields_leave_it_alone():
    memo = memos.create(text="before")
    first = stored(memo)

    memo.text = "after"
    memo.save()
    second = stored(memo)
    unread = memos.get(pk=memo.pk)
    unread.title = "t"
    unread.save()

    assert first != second
    assert stored(memo) == second
    assert memos.get(pk=memo.pk).text == "after"


def test_a_deferred_text_is_fetched_when_read():
    memo = memos.create(text="secret", other="more")

    read = memos.only("title").get(pk=memo.pk)

    assert read.text == "secret"
    assert memos.defer("other").get(pk=memo.pk).other == "more"


def test_refreshing_reads_the_new_text():
    memo = memos.create(text="before")
    same = memos.get(pk=memo.pk)
    same.text = "after"
    same.save()

    memo.refresh_from_db()

    assert memo.text == "after"


def test_plain_text_in_an_update_is_refused():
    memo = memos.create(text="secret")

    with pytest.raises(PlainTextRefusedError), transaction.atomic():
        memos.filter(pk=memo.pk).update(text="plain")
    with pytest.raises(PlainTextRefusedError), transaction.atomic():
        memos.bulk_update([memo], ["text"])

    assert memos.filter(pk=memo.pk).update(other=None, title="t") == 1


def test_values_gives_sealed_values_that_open_with_their_row():
    memos.create(text="secret")

    row = memos.values("public_id", "text").get()

    assert isinstance(row["text"], Sealed)
    assert row["text"].open(row["public_id"]) == "secret"


def test_a_query_finds_rows_without_a_value():
    memos.create(text="a", other="b")
    empty = memos.create(text="a")

    assert list(memos.filter(other=None)) == [empty]
    assert list(memos.filter(other__isnull=True)) == [empty]


def test_a_value_copied_to_another_row_in_the_database_does_not_open():
    first, second = memos.create(text="of one"), memos.create(text="of another")
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE memo_of_the_test SET text = "
            "(SELECT text FROM memo_of_the_test WHERE id = %s) WHERE id = %s",
            [first.pk, second.pk],
        )

    with pytest.raises(UnreadableValueError):
        _ = memos.get(pk=second.pk).text


def test_reencrypting_after_a_rotation_touches_each_old_row_once(rochebelle):
    old = [memos.create(text=f"note {n}", other="x") for n in range(7)]
    before = [stored(memo) for memo in old]
    rochebelle.wrapped_key = rotate(rochebelle.wrapped_key)
    new = memos.create(text="sealed by the new key")

    first = reencrypt(memos.all(), batch_rows=3)
    second = reencrypt(memos.all(), batch_rows=3)

    assert (first, second) == (7, 0)
    assert all(stored(memo) != was for memo, was in zip(old, before, strict=True))
    assert [memo.text for memo in memos.order_by("pk")] == [
        *(f"note {n}" for n in range(7)),
        new.text,
    ]
