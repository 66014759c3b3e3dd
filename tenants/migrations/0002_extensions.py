"""Extensions, once for the whole database; managed servers may need an administrator."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("tenants", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public",
            migrations.RunSQL.noop,
        ),
    ]
