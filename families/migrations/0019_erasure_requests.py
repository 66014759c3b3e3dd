from datetime import date

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("families", "0018_signed_codes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="datacopy",
            options={
                "permissions": [
                    ("copy_data", "Can make a copy of somebody's data for them")
                ],
                "verbose_name": "copy of somebody's data",
                "verbose_name_plural": "copies of people's data",
            },
        ),
        migrations.RemoveConstraint(
            model_name="erasurerequest",
            name="a_family_asks_for_erasure_once",
        ),
        migrations.AddField(
            model_name="datacopy",
            name="is_for_counter",
            field=models.BooleanField(
                default=False, verbose_name="given at the counter"
            ),
        ),
        migrations.AddField(
            model_name="erasurerequest",
            name="decided_at",
            field=models.DateTimeField(null=True, verbose_name="decided at"),
        ),
        migrations.AddField(
            model_name="erasurerequest",
            name="decided_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="erasurerequest",
            name="due_on",
            # No row was ever written before this field.
            field=models.DateField(
                default=date(2026, 12, 31), verbose_name="to answer before the end of"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="erasurerequest",
            name="reason",
            field=models.TextField(blank=True, default="", verbose_name="reason"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="erasurerequest",
            name="status",
            field=models.CharField(
                choices=[
                    ("asked", "To decide"),
                    ("accepted", "Being erased"),
                    ("refused", "Refused"),
                    ("withdrawn", "Taken back"),
                    ("done", "Erased"),
                ],
                default="asked",
                max_length=10,
                verbose_name="status",
            ),
        ),
        migrations.AddField(
            model_name="erasurerequest",
            name="warned_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name="erasurerequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ["asked", "accepted"])),
                fields=("household",),
                name="a_family_asks_for_erasure_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="erasurerequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "refused"), _negated=True),
                    models.Q(("reason", ""), _negated=True),
                    _connector="OR",
                ),
                name="a_refused_erasure_has_a_reason",
            ),
        ),
    ]
