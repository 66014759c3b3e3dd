"""What the responsible of a household is to each child of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("families", "0020_regimes")]

    operations = [
        migrations.AlterModelOptions(
            name="childmembership",
            options={
                "verbose_name": "child of the household",
                "verbose_name_plural": "children of the household",
            },
        ),
        migrations.AddField(
            model_name="childmembership",
            name="filiation",
            field=models.CharField(
                blank=True,
                choices=[
                    ("mother", "Mother"),
                    ("father", "Father"),
                    ("guardian", "Legal guardian"),
                    ("foster", "Foster family"),
                    ("grandparent", "Grandparent"),
                    ("other", "Other"),
                ],
                default="",
                max_length=16,
                verbose_name="link with the child",
            ),
            preserve_default=False,
        ),
    ]
