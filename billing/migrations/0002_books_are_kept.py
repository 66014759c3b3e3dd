"""The ledger balances and is append-only; an issued invoice is frozen."""

from django.db import migrations

LEDGER = """
CREATE FUNCTION billing_entries_balance() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    unbalanced integer;
BEGIN
    EXECUTE format(
        'SELECT count(*) FROM (
            SELECT 1 FROM %I.billing_ledgerentry WHERE transaction_id = $1
            GROUP BY currency HAVING sum(amount_minor) <> 0) AS sums',
        TG_TABLE_SCHEMA
    ) INTO unbalanced USING NEW.transaction_id;
    IF unbalanced > 0 THEN
        RAISE EXCEPTION 'ledger transaction % does not balance', NEW.transaction_id
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$body$;
CREATE CONSTRAINT TRIGGER entries_balance AFTER INSERT ON billing_ledgerentry
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION billing_entries_balance();
"""

APPEND_ONLY = "".join(
    f"""
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION preau_append_only();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION preau_append_only();
"""
    for table in ("billing_ledgertransaction", "billing_ledgerentry")
)

# What may still change on an issued invoice: its payment state and its document's
# reference, the latter once. Everything else is compared as a whole.
INVOICES = """
CREATE FUNCTION billing_frozen_invoice() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    free text[] := ARRAY['status', 'paid_minor'];
BEGIN
    IF OLD.number IS NULL THEN
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
        RETURN NEW;
    END IF;
    IF OLD.document = '' THEN
        free := free || ARRAY['document', 'document_sha256'];
    END IF;
    IF TG_OP = 'DELETE' OR to_jsonb(NEW) - free <> to_jsonb(OLD) - free
       OR NEW.status = 'draft' THEN
        RAISE EXCEPTION 'an issued invoice is frozen'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER frozen_invoice BEFORE UPDATE OR DELETE ON billing_invoice
    FOR EACH ROW EXECUTE FUNCTION billing_frozen_invoice();

CREATE FUNCTION billing_frozen_line() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    issued boolean;
BEGIN
    IF OLD.invoice_id IS NOT NULL THEN
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
CREATE TRIGGER frozen_line BEFORE UPDATE OR DELETE ON billing_charge
    FOR EACH ROW EXECUTE FUNCTION billing_frozen_line();
"""

REVERSE = """
DROP FUNCTION billing_entries_balance CASCADE;
DROP FUNCTION billing_frozen_invoice CASCADE;
DROP FUNCTION billing_frozen_line CASCADE;
DROP TRIGGER append_only ON billing_ledgertransaction;
DROP TRIGGER append_only_truncate ON billing_ledgertransaction;
DROP TRIGGER append_only ON billing_ledgerentry;
DROP TRIGGER append_only_truncate ON billing_ledgerentry;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0001_initial"),
        ("journal", "0002_append_only"),
    ]

    operations = [migrations.RunSQL(LEDGER + APPEND_ONLY + INVOICES, REVERSE)]
