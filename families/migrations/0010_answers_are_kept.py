"""Answers to authorisations are added, never rewritten.

Only a merge of two files may say that the child is another record, or that the
household is gone. Erasing a child erases its answers.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION preau_answers_are_kept() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF (OLD.kind_id, OLD.text, OLD.is_allowed, OLD.given_by_id, OLD.given_at)
        IS DISTINCT FROM
        (NEW.kind_id, NEW.text, NEW.is_allowed, NEW.given_by_id, NEW.given_at)
    THEN
        RAISE EXCEPTION 'an answer to an authorisation is never rewritten'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$body$;
"""

TRIGGERS = """
CREATE TRIGGER answers_are_kept BEFORE UPDATE ON families_authorisation
    FOR EACH ROW EXECUTE FUNCTION preau_answers_are_kept();
CREATE TRIGGER answers_are_kept_whole BEFORE TRUNCATE ON families_authorisation
    FOR EACH STATEMENT EXECUTE FUNCTION preau_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("families", "0009_child_file"),
        ("journal", "0002_append_only"),
    ]

    operations = [
        migrations.RunSQL(
            FUNCTION + TRIGGERS, "DROP FUNCTION preau_answers_are_kept CASCADE"
        ),
    ]
