"""The books stay as they were, until the law no longer wants them.

Then the owner's function takes out whom they name; numbers and amounts remain. The
triggers that freeze invoices step aside for that function alone: nobody else runs as
somebody else than who signed in to the database.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION preau_books_are_forgotten() RETURNS boolean LANGUAGE sql STABLE AS $body$
    SELECT coalesce(current_setting('preau.forgetting', true), '') = 'books'
       AND current_user <> session_user
$body$;

CREATE FUNCTION preau_forget_books(town text, before date) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    emptied bigint;
    old text := format(
        'SELECT id FROM %I.billing_invoice
          WHERE issued_on < $1 AND status NOT IN (''draft'', ''open'')', town);
BEGIN
    PERFORM set_config('preau.forgetting', 'books', true);
    EXECUTE format(
        'UPDATE %I.billing_charge SET child_id = NULL, booking_id = NULL,
                description = '''', trace = ''{}''
          WHERE invoice_id IN (' || old || ')', town
    ) USING before;
    EXECUTE format(
        'UPDATE %I.billing_paymentattempt
            SET failure = '''', url = '''', provider_session = ''''
          WHERE invoice_id IN (' || old || ')', town
    ) USING before;
    EXECUTE format(
        'UPDATE %I.billing_payment SET document = '''', document_sha256 = ''''
          WHERE received_at < $1', town
    ) USING before;
    EXECUTE format(
        'UPDATE %I.billing_invoice
            SET addressee = ''{}'', document = '''', document_sha256 = ''''
          WHERE id IN (' || old || ') AND addressee <> ''{}''', town
    ) USING before;
    GET DIAGNOSTICS emptied = ROW_COUNT;
    PERFORM set_config('preau.forgetting', '', true);
    RETURN emptied;
END
$body$;
"""

# As they stand since 0004, with one more condition.
_CHANGED = {
    "frozen_invoice": (
        "billing_invoice",
        "billing_frozen_invoice",
        """OLD.household_id = NEW.household_id
        OR to_jsonb(NEW) - 'household_id' <> to_jsonb(OLD) - 'household_id'""",
    ),
    "frozen_line": (
        "billing_charge",
        "billing_frozen_line",
        """(OLD.household_id = NEW.household_id
         AND OLD.child_id IS NOT DISTINCT FROM NEW.child_id)
        OR to_jsonb(NEW) - ARRAY['household_id', 'child_id']
           <> to_jsonb(OLD) - ARRAY['household_id', 'child_id']""",
    ),
    "frozen_line_follows": (
        "billing_charge",
        "billing_follows_merge",
        """OLD.household_id <> NEW.household_id
        OR OLD.child_id IS DISTINCT FROM NEW.child_id""",
    ),
}


def _triggers(before: str = "") -> str:
    return "".join(
        f"""
DROP TRIGGER {name} ON {table};
CREATE TRIGGER {name} BEFORE UPDATE ON {table}
    FOR EACH ROW WHEN ({before}({rule})) EXECUTE FUNCTION {function}();
"""
        for name, (table, function, rule) in _CHANGED.items()
    )


REVERSE = _triggers() + (
    "DROP FUNCTION preau_forget_books; DROP FUNCTION preau_books_are_forgotten;"
)


class Migration(migrations.Migration):
    dependencies = [("billing", "0004_merged_families")]

    operations = [
        migrations.RunSQL(
            FUNCTIONS + _triggers("NOT preau_books_are_forgotten() AND "), REVERSE
        )
    ]
