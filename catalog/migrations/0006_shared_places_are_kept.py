"""Shared places are never overbooked, whatever the code above does.

Each place taken in a session counts, at the fullest moment of that session, the
children of every session that shares its places. The row of the shared places is
locked meanwhile: two families never take the last one together.
"""

from django.db import migrations

SQL = """
CREATE FUNCTION catalog_keep_shared_places() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    shared bigint;
    most integer;
    fullest integer;
BEGIN
    EXECUTE format(
        'SELECT places.id, places.capacity
           FROM %I.catalog_activity AS activity
           JOIN %I.catalog_sharedplaces AS places
             ON places.id = activity.shared_places_id
          WHERE activity.id = $1
            FOR NO KEY UPDATE OF places',
        TG_TABLE_SCHEMA, TG_TABLE_SCHEMA
    ) INTO shared, most USING NEW.activity_id;
    IF shared IS NULL THEN
        RETURN NULL;
    END IF;
    EXECUTE format(
        'WITH meeting AS (
            SELECT session.id, session.seats_taken,
                   day + session.start_time AS starts, day + session.end_time AS ends
              FROM %I.catalog_session AS session
              JOIN %I.catalog_activity AS activity ON activity.id = session.activity_id,
                   LATERAL (
                        SELECT value::date AS day
                          FROM jsonb_array_elements_text(session.meets_on)
                        UNION ALL
                        SELECT generate_series(
                                   session.starts_on, session.ends_on, interval ''1 day''
                               )::date
                         WHERE session.meets_on = ''[]''::jsonb
                   ) AS days
             WHERE activity.shared_places_id = $1 AND session.cancelled_at IS NULL
               AND session.starts_on <= $3 AND session.ends_on >= $2
        ), own AS (
            SELECT starts, ends FROM meeting WHERE id = $4
        ), moment AS (
            SELECT starts AS at FROM own
            UNION
            SELECT meeting.starts FROM meeting
              JOIN own ON meeting.starts >= own.starts AND meeting.starts < own.ends
        )
        SELECT max((SELECT sum(seats_taken) FROM meeting
                     WHERE starts <= moment.at AND moment.at < ends))
          FROM moment',
        TG_TABLE_SCHEMA, TG_TABLE_SCHEMA
    ) INTO fullest USING shared, NEW.starts_on, NEW.ends_on, NEW.id;
    IF fullest > most THEN
        RAISE EXCEPTION 'these shared places are full'
            USING ERRCODE = 'check_violation',
                  CONSTRAINT = 'shared_places_are_never_overbooked';
    END IF;
    RETURN NULL;
END
$body$;
CREATE TRIGGER keep_shared_places AFTER UPDATE OF seats_taken ON catalog_session
    FOR EACH ROW WHEN (NEW.seats_taken > OLD.seats_taken)
    EXECUTE FUNCTION catalog_keep_shared_places();
"""

REVERSE = "DROP FUNCTION catalog_keep_shared_places CASCADE;"


class Migration(migrations.Migration):
    dependencies = [("catalog", "0005_shared_places_and_seasons")]

    operations = [migrations.RunSQL(SQL, REVERSE)]
