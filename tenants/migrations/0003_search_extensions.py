"""What searching families needs: words without accents, and names that look alike."""

from django.db import migrations

EXTENSIONS = """
CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
"""


class Migration(migrations.Migration):
    dependencies = [("tenants", "0002_extensions")]

    operations = [migrations.RunSQL(EXTENSIONS, migrations.RunSQL.noop)]
