"""Words of old entries may be forgotten too: who, when and what remain."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION preau_forget_old_words(town text, before timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    emptied bigint;
BEGIN
    PERFORM set_config('preau.forgetting', 'journal_entry', true);
    EXECUTE format(
        'UPDATE %I.journal_entry
            SET label = '''', old = ''{}'', new = ''{}'', reason = ''''
          WHERE at < $1 AND (label <> '''' OR old <> ''{}'' OR new <> ''{}''
                             OR reason <> '''')', town
    ) USING before;
    GET DIAGNOSTICS emptied = ROW_COUNT;
    PERFORM set_config('preau.forgetting', '', true);
    RETURN emptied;
END
$body$;
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0006_what_may_be_forgotten")]

    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION preau_forget_old_words;")]
