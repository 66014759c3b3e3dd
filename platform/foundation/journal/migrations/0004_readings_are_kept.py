"""The readings refuse updates, deletions and truncation."""

from django.db import migrations

TRIGGERS = """
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON journal_reading
    FOR EACH ROW EXECUTE FUNCTION preau_append_only();
CREATE TRIGGER append_only_truncate BEFORE TRUNCATE ON journal_reading
    FOR EACH STATEMENT EXECUTE FUNCTION preau_append_only();
"""

REVERSE = """
DROP TRIGGER append_only ON journal_reading;
DROP TRIGGER append_only_truncate ON journal_reading;
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_readings")]

    operations = [migrations.RunSQL(TRIGGERS, REVERSE)]
