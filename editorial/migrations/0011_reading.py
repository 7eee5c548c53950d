import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def person():
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
        to=settings.AUTH_USER_MODEL,
    )


class Migration(migrations.Migration):
    dependencies = [("editorial", "0010_comments")]

    operations = [
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "passages",
                    models.TextField(
                        help_text="The SHA-256 of each change, a line each."
                    ),
                ),
                ("by", person()),
                (
                    "summary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="editorial.summary",
                    ),
                ),
            ],
            options={"abstract": False},
        ),
        *(
            migrations.AddField(
                model, "review_wanted_by", models.DateField(blank=True, null=True)
            )
            for model in ("summary", "historicalsummary")
        ),
    ]
