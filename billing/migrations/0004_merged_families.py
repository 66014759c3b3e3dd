"""Invoices and their lines follow a family that was entered twice, and nothing else.

An issued invoice stays frozen, its words included: only whose it is may change, and
only to the household (or the child) that took over the one it was made for.
"""

from django.db import migrations

FOLLOW = """
CREATE FUNCTION billing_follows_merge() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    kept bigint;
    issued boolean;
BEGIN
    IF TG_TABLE_NAME = 'billing_charge' THEN
        EXECUTE format(
            'SELECT number IS NOT NULL FROM %I.billing_invoice WHERE id = $1',
            TG_TABLE_SCHEMA
        ) INTO issued USING OLD.invoice_id;
        IF issued IS NOT TRUE THEN
            RETURN NEW;
        END IF;
    END IF;
    IF NEW.household_id <> OLD.household_id THEN
        EXECUTE format(
            'SELECT merged_into_id FROM %I.families_household WHERE id = $1',
            TG_TABLE_SCHEMA
        ) INTO kept USING OLD.household_id;
        IF kept IS DISTINCT FROM NEW.household_id THEN
            RAISE EXCEPTION 'an issued invoice is frozen'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
    END IF;
    IF TG_TABLE_NAME = 'billing_charge' THEN
        IF NEW.child_id IS DISTINCT FROM OLD.child_id THEN
            EXECUTE format(
                'SELECT merged_into_id FROM %I.families_child WHERE id = $1',
                TG_TABLE_SCHEMA
            ) INTO kept USING OLD.child_id;
            IF kept IS DISTINCT FROM NEW.child_id THEN
                RAISE EXCEPTION 'a line of an issued invoice is frozen'
                    USING ERRCODE = 'integrity_constraint_violation';
            END IF;
        END IF;
    END IF;
    RETURN NEW;
END
$body$;
"""

# The frozen triggers let pass what changes nothing else than whose it is; the function
# above then looks at that.
TRIGGERS = """
DROP TRIGGER frozen_invoice ON billing_invoice;
CREATE TRIGGER frozen_invoice_kept BEFORE DELETE ON billing_invoice
    FOR EACH ROW EXECUTE FUNCTION billing_frozen_invoice();
CREATE TRIGGER frozen_invoice BEFORE UPDATE ON billing_invoice
    FOR EACH ROW WHEN (
        OLD.household_id = NEW.household_id
        OR to_jsonb(NEW) - 'household_id' <> to_jsonb(OLD) - 'household_id'
    ) EXECUTE FUNCTION billing_frozen_invoice();
CREATE TRIGGER frozen_invoice_follows BEFORE UPDATE ON billing_invoice
    FOR EACH ROW WHEN (
        OLD.number IS NOT NULL AND OLD.household_id <> NEW.household_id
    ) EXECUTE FUNCTION billing_follows_merge();

DROP TRIGGER frozen_line ON billing_charge;
CREATE TRIGGER frozen_line_kept BEFORE DELETE ON billing_charge
    FOR EACH ROW EXECUTE FUNCTION billing_frozen_line();
CREATE TRIGGER frozen_line BEFORE UPDATE ON billing_charge
    FOR EACH ROW WHEN (
        (OLD.household_id = NEW.household_id
         AND OLD.child_id IS NOT DISTINCT FROM NEW.child_id)
        OR to_jsonb(NEW) - ARRAY['household_id', 'child_id']
           <> to_jsonb(OLD) - ARRAY['household_id', 'child_id']
    ) EXECUTE FUNCTION billing_frozen_line();
CREATE TRIGGER frozen_line_follows BEFORE UPDATE ON billing_charge
    FOR EACH ROW WHEN (
        OLD.household_id <> NEW.household_id
        OR OLD.child_id IS DISTINCT FROM NEW.child_id
    ) EXECUTE FUNCTION billing_follows_merge();
"""

REVERSE = """
DROP FUNCTION billing_follows_merge CASCADE;
DROP TRIGGER frozen_invoice ON billing_invoice;
DROP TRIGGER frozen_invoice_kept ON billing_invoice;
CREATE TRIGGER frozen_invoice BEFORE UPDATE OR DELETE ON billing_invoice
    FOR EACH ROW EXECUTE FUNCTION billing_frozen_invoice();
DROP TRIGGER frozen_line ON billing_charge;
DROP TRIGGER frozen_line_kept ON billing_charge;
CREATE TRIGGER frozen_line BEFORE UPDATE OR DELETE ON billing_charge
    FOR EACH ROW EXECUTE FUNCTION billing_frozen_line();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0003_issue_codes"),
        ("families", "0003_rights_and_search"),
    ]

    operations = [migrations.RunSQL(FOLLOW + TRIGGERS, REVERSE)]
