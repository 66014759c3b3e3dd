"""Places follow bookings, and no child is in two places at once.

The functions name the schema of the table they were called for: a trigger can never
touch a neighbouring town, whatever the connection's search path says.
"""

from django.db import migrations

SEATS = """
CREATE FUNCTION enrolment_count_seats() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    was integer := 0;
    is_now integer := 0;
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.status IN ('held', 'booked') THEN
        was := 1;
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.status IN ('held', 'booked') THEN
        is_now := 1;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.session_id <> NEW.session_id THEN
        RAISE EXCEPTION 'a booking does not change its session'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF was <> is_now THEN
        EXECUTE format(
            'UPDATE %I.catalog_session SET seats_taken = seats_taken + $1 WHERE id = $2',
            TG_TABLE_SCHEMA
        ) USING is_now - was, COALESCE(NEW.session_id, OLD.session_id);
    END IF;
    RETURN NULL;
END
$body$;
CREATE TRIGGER count_seats AFTER INSERT OR UPDATE OR DELETE ON enrolment_booking
    FOR EACH ROW EXECUTE FUNCTION enrolment_count_seats();
"""

HOURS = """
ALTER TABLE enrolment_booking ADD COLUMN occupies tsmultirange;

CREATE FUNCTION enrolment_fill_hours() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    EXECUTE format(
        'SELECT range_agg(tsrange(day + start_time, day + end_time))
           FROM %I.catalog_session AS session,
                LATERAL (
                    SELECT value::date AS day
                      FROM jsonb_array_elements_text(session.meets_on)
                    UNION ALL
                    SELECT generate_series(starts_on, ends_on, interval ''1 day'')::date
                     WHERE session.meets_on = ''[]''::jsonb
                ) AS days
          WHERE session.id = $1',
        TG_TABLE_SCHEMA
    ) INTO NEW.occupies USING NEW.session_id;
    RETURN NEW;
END
$body$;
CREATE TRIGGER fill_hours BEFORE INSERT ON enrolment_booking
    FOR EACH ROW EXECUTE FUNCTION enrolment_fill_hours();

ALTER TABLE enrolment_booking ADD CONSTRAINT a_child_is_in_one_place_at_a_time
    EXCLUDE USING gist (child_id WITH =, occupies WITH &&)
    WHERE (status IN ('held', 'booked'));
"""

REVERSE = """
DROP FUNCTION enrolment_count_seats CASCADE;
DROP FUNCTION enrolment_fill_hours CASCADE;
ALTER TABLE enrolment_booking DROP COLUMN occupies CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("enrolment", "0001_initial")]

    operations = [migrations.RunSQL(SEATS + HOURS, REVERSE)]
