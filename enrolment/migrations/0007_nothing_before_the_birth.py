"""A child to be born only waits: nothing is booked, no place is taken but on a list.

The functions name the schema of the table they were called for: a trigger can never
touch a neighbouring town, whatever the connection's search path says.
"""

from django.db import migrations

UNBORN = """
CREATE FUNCTION enrolment_refuse_unborn() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    is_unborn boolean;
    is_list boolean := false;
BEGIN
    EXECUTE format(
        'SELECT is_expected FROM %I.families_child WHERE id = $1', TG_TABLE_SCHEMA
    ) INTO is_unborn USING NEW.child_id;
    IF NOT is_unborn THEN
        RETURN NEW;
    END IF;
    IF TG_TABLE_NAME = 'enrolment_access' THEN
        EXECUTE format(
            'SELECT keeps_waiting_list FROM %I.catalog_service WHERE id = $1',
            TG_TABLE_SCHEMA
        ) INTO is_list USING NEW.service_id;
    END IF;
    IF NOT is_list THEN
        RAISE EXCEPTION 'a child to be born only waits for a place'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER refuse_unborn BEFORE INSERT OR UPDATE OF child_id ON enrolment_booking
    FOR EACH ROW EXECUTE FUNCTION enrolment_refuse_unborn();
CREATE TRIGGER refuse_unborn
    BEFORE INSERT OR UPDATE OF child_id, service_id ON enrolment_access
    FOR EACH ROW EXECUTE FUNCTION enrolment_refuse_unborn();
"""

NOBODY = """
DROP TRIGGER refuse_unborn ON enrolment_access;
DROP TRIGGER refuse_unborn ON enrolment_booking;
DROP FUNCTION enrolment_refuse_unborn();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("enrolment", "0006_waiting_lists"),
        ("catalog", "0009_children_to_be_born"),
        ("families", "0022_children_to_be_born"),
    ]

    operations = [migrations.RunSQL(UNBORN, NOBODY)]
