"""The journal still refuses every change, save two that the law asks for.

The words of entries about erased records are emptied: who, when and what remain.
Readings end with their period. Both are functions of the owner's, who alone has the
right; the application may call them and nothing else.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION preau_journal_stays() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF current_setting('preau.forgetting', true) = TG_TABLE_NAME THEN
        IF TG_OP = 'DELETE' AND TG_TABLE_NAME = 'journal_reading' THEN
            RETURN OLD;
        END IF;
        IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'journal_entry'
           AND to_jsonb(NEW) - ARRAY['label', 'old', 'new', 'reason']
             = to_jsonb(OLD) - ARRAY['label', 'old', 'new', 'reason'] THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END
$body$;

CREATE FUNCTION preau_forget_words(town text, records uuid[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    emptied bigint;
BEGIN
    PERFORM set_config('preau.forgetting', 'journal_entry', true);
    EXECUTE format(
        'UPDATE %I.journal_entry
            SET label = '''', old = ''{}'', new = ''{}'', reason = ''''
          WHERE record = ANY ($1)', town
    ) USING records;
    GET DIAGNOSTICS emptied = ROW_COUNT;
    PERFORM set_config('preau.forgetting', '', true);
    RETURN emptied;
END
$body$;

CREATE FUNCTION preau_forget_readings(town text, before timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    gone bigint;
BEGIN
    PERFORM set_config('preau.forgetting', 'journal_reading', true);
    EXECUTE format('DELETE FROM %I.journal_reading WHERE at < $1', town) USING before;
    GET DIAGNOSTICS gone = ROW_COUNT;
    PERFORM set_config('preau.forgetting', '', true);
    RETURN gone;
END
$body$;
"""

_TABLES = ("journal_entry", "journal_reading")
TRIGGERS = "".join(
    f"""
DROP TRIGGER append_only ON {table};
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION preau_journal_stays();
"""
    for table in _TABLES
)
REVERSE = (
    "DROP FUNCTION preau_journal_stays CASCADE;"
    "DROP FUNCTION preau_forget_words; DROP FUNCTION preau_forget_readings;"
    + "".join(
        f"""
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION preau_append_only();
"""
        for table in _TABLES
    )
)


class Migration(migrations.Migration):
    dependencies = [("journal", "0005_capacities")]

    operations = [migrations.RunSQL(FUNCTIONS + TRIGGERS, REVERSE)]
