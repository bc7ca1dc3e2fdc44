import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("offers", "0003_logo_in_public_storage"),
    ]

    operations = [
        migrations.CreateModel(
            name="OfferNotice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("closes-soon", "closes soon"), ("closed", "has closed")],
                        verbose_name="what was told",
                    ),
                ),
                ("closes_on", models.DateField(verbose_name="closes on")),
                ("told_at", models.DateTimeField(auto_now_add=True, verbose_name="told at")),
            ],
            options={
                "verbose_name": "notice to an employer",
                "verbose_name_plural": "notices to employers",
            },
        ),
        migrations.AddIndex(
            model_name="employer",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["search"], name="employer_words"
            ),
        ),
        migrations.AddIndex(
            model_name="joboffer",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("status", "published"), _negated=True),
                fields=["title_terms"],
                name="other_by_title",
            ),
        ),
        migrations.AddField(
            model_name="offernotice",
            name="offer",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="notices",
                to="offers.joboffer",
                verbose_name="job offer",
            ),
        ),
        migrations.AddConstraint(
            model_name="offernotice",
            constraint=models.UniqueConstraint(
                fields=("offer", "kind", "closes_on"),
                name="offernotice_once_a_closing_day",
                violation_error_message="This employer has been told already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="offernotice",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["closes-soon", "closed"])),
                name="offernotice_kind_is_known",
                violation_error_message="Choose a value of the list.",
            ),
        ),
    ]
