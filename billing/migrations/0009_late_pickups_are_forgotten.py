"""Books that are forgotten let go of the late pick-ups too, as of the bookings."""

from django.db import migrations

# As it stands since 0005, with one more column emptied.
_FUNCTION = """
CREATE OR REPLACE FUNCTION preau_forget_books(town text, before date) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
    emptied bigint;
    old text := format(
        'SELECT id FROM %%I.billing_invoice
          WHERE issued_on < $1 AND status NOT IN (''draft'', ''open'')', town);
BEGIN
    PERFORM set_config('preau.forgetting', 'books', true);
    EXECUTE format(
        'UPDATE %%I.billing_charge SET child_id = NULL, booking_id = NULL,%s
                description = '''', trace = ''{}''
          WHERE invoice_id IN (' || old || ')', town
    ) USING before;
    EXECUTE format(
        'UPDATE %%I.billing_paymentattempt
            SET failure = '''', url = '''', provider_session = ''''
          WHERE invoice_id IN (' || old || ')', town
    ) USING before;
    EXECUTE format(
        'UPDATE %%I.billing_payment SET document = '''', document_sha256 = ''''
          WHERE received_at < $1', town
    ) USING before;
    EXECUTE format(
        'UPDATE %%I.billing_invoice
            SET addressee = ''{}'', document = '''', document_sha256 = ''''
          WHERE id IN (' || old || ') AND addressee <> ''{}''', town
    ) USING before;
    GET DIAGNOSTICS emptied = ROW_COUNT;
    PERFORM set_config('preau.forgetting', '', true);
    RETURN emptied;
END
$body$;
"""

FORWARD = _FUNCTION % " late_pickup_id = NULL,"
REVERSE = _FUNCTION % ""


class Migration(migrations.Migration):
    dependencies = [("billing", "0008_late_pickups_and_exemptions")]

    operations = [migrations.RunSQL(FORWARD, REVERSE)]
