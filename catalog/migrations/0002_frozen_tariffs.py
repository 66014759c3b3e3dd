"""A published version of a tariff never changes."""

from django.db import migrations

SQL = """
CREATE FUNCTION catalog_frozen_version() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF OLD.published_at IS NOT NULL THEN
        RAISE EXCEPTION 'a published tariff version is frozen'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER frozen_version BEFORE UPDATE OR DELETE ON catalog_tariffversion
    FOR EACH ROW EXECUTE FUNCTION catalog_frozen_version();
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial")]

    operations = [
        migrations.RunSQL(SQL, "DROP FUNCTION catalog_frozen_version CASCADE"),
    ]
