"""Published terms never change, and acceptances are kept as they were given."""

from django.db import migrations

TRIGGERS = """
CREATE FUNCTION preau_published_terms_stay() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION 'published terms of use never change: % refused', TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END
$body$;
CREATE TRIGGER published_terms_stay BEFORE UPDATE OR DELETE ON families_terms
    FOR EACH ROW WHEN (OLD.published_at IS NOT NULL)
    EXECUTE FUNCTION preau_published_terms_stay();

CREATE FUNCTION preau_acceptances_stay() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    -- The network address is emptied when it is no longer needed; nothing else changes.
    IF TG_OP = 'UPDATE' AND NEW.address IS NULL
        AND (NEW.id, NEW.account_id, NEW.terms_id, NEW.accepted_at)
        = (OLD.id, OLD.account_id, OLD.terms_id, OLD.accepted_at) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'acceptances of terms are append-only: % refused', TG_OP
        USING ERRCODE = 'integrity_constraint_violation';
END
$body$;
CREATE TRIGGER acceptances_stay BEFORE UPDATE OR DELETE ON families_termsacceptance
    FOR EACH ROW EXECUTE FUNCTION preau_acceptances_stay();
CREATE TRIGGER acceptances_stay_truncate BEFORE TRUNCATE ON families_termsacceptance
    FOR EACH STATEMENT EXECUTE FUNCTION preau_acceptances_stay();
"""

REVERSE = """
DROP FUNCTION preau_acceptances_stay CASCADE;
DROP FUNCTION preau_published_terms_stay CASCADE;
"""


class Migration(migrations.Migration):
    dependencies = [("families", "0007_terms_and_sign_up_links")]

    operations = [migrations.RunSQL(TRIGGERS, REVERSE)]
