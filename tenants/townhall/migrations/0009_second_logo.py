"""The logo of the second brand, beside the first one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("townhall", "0008_sign_in_providers")]

    operations = [
        migrations.AddField(
            model_name="townsettings",
            name="second_logo",
            field=models.ImageField(
                blank=True, upload_to="brand", verbose_name="second logo"
            ),
        ),
    ]
