"""When a photo was put away."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("generation", "0005_turn"),)

    operations = (migrations.AddField(model_name="cutout", name="discarded_at", field=models.DateTimeField(null=True)),)
