"""A certification is added, never rewritten; it leaves only with its household.

A merge of two files may say that the household is another one.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION preau_reviews_are_kept() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF (OLD.by_id, OLD.at, OLD.season) IS DISTINCT FROM (NEW.by_id, NEW.at, NEW.season)
    THEN
        RAISE EXCEPTION 'a yearly review is never rewritten'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$body$;
CREATE FUNCTION preau_reviews_leave_with_the_file() RETURNS trigger
LANGUAGE plpgsql AS $body$
BEGIN
    IF EXISTS (SELECT FROM families_household WHERE id = OLD.household_id) THEN
        RAISE EXCEPTION 'a yearly review is never removed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END
$body$;
"""

TRIGGERS = """
CREATE TRIGGER reviews_are_kept BEFORE UPDATE ON families_filereview
    FOR EACH ROW EXECUTE FUNCTION preau_reviews_are_kept();
CREATE CONSTRAINT TRIGGER reviews_leave_with_the_file AFTER DELETE
    ON families_filereview DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION preau_reviews_leave_with_the_file();
CREATE TRIGGER reviews_are_kept_whole BEFORE TRUNCATE ON families_filereview
    FOR EACH STATEMENT EXECUTE FUNCTION preau_append_only();
"""

UNDO = """
DROP FUNCTION preau_reviews_are_kept CASCADE;
DROP FUNCTION preau_reviews_leave_with_the_file CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("families", "0011_changes_and_reviews"),
        ("journal", "0002_append_only"),
    ]

    operations = [migrations.RunSQL(FUNCTIONS + TRIGGERS, UNDO)]
