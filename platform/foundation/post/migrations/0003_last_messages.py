from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("post", "0002_mail_by_recipient")]

    operations = [
        migrations.AddField(
            model_name="outgoingmail",
            name="goes_once_sent",
            field=models.BooleanField(default=False, editable=False),
        ),
    ]
