"""What explains the lines of an issued invoice, and its taxes, is frozen with it."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION billing_frozen_detail() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    issued boolean;
BEGIN
    IF TG_TABLE_NAME = 'billing_reduction' THEN
        EXECUTE format(
            'SELECT invoice.number IS NOT NULL
               FROM %1$I.billing_charge AS charge
               JOIN %1$I.billing_invoice AS invoice ON invoice.id = charge.invoice_id
              WHERE charge.id = $1', TG_TABLE_SCHEMA
        ) INTO issued USING OLD.charge_id;
    ELSE
        EXECUTE format(
            'SELECT number IS NOT NULL FROM %I.billing_invoice WHERE id = $1',
            TG_TABLE_SCHEMA
        ) INTO issued USING OLD.invoice_id;
    END IF;
    IF issued THEN
        RAISE EXCEPTION 'a line of an issued invoice is frozen'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END
$body$;
"""

TRIGGERS = "".join(
    f"""
CREATE TRIGGER frozen_detail BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION billing_frozen_detail();
"""
    for table in ("billing_reduction", "billing_invoicetax")
)


class Migration(migrations.Migration):
    dependencies = [("billing", "0006_aids_and_taxes")]

    operations = [
        migrations.RunSQL(
            FUNCTION + TRIGGERS, "DROP FUNCTION billing_frozen_detail CASCADE"
        )
    ]
