"""When the first dated statement of a signed text lapses, frozen with its signature."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('editorial', '0011_reading'),
    ]

    operations = [
        migrations.AddField(
            model_name='signoff',
            name='lapses_on',
            field=models.DateField(blank=True, null=True, verbose_name='first statement lapses'),
        ),
        migrations.AddIndex(
            model_name='signoff',
            index=models.Index(fields=['review_due_on'], name='sign_offs_by_day_due'),
        ),
        migrations.AddIndex(
            model_name="signoff",
            index=models.Index(fields=["lapses_on"], name="sign_offs_by_first_lapse"),
        ),
    ]
