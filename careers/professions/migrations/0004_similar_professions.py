import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Similar professions come from the quiz, which has renamed their table."""

    dependencies = [
        ("professions", "0003_confidence_of_profiles"),
        ("quiz", "0004_similar_professions"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="SimilarProfession",
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
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("close", "close"),
                                    ("bridge", "same skills, another family"),
                                    ("level", "another level of study"),
                                ],
                                verbose_name="kind",
                            ),
                        ),
                        ("score", models.FloatField(verbose_name="score")),
                        ("parts", models.JSONField(default=dict, verbose_name="parts")),
                        ("version", models.PositiveIntegerField(verbose_name="version")),
                        (
                            "other",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="professions.profession",
                                verbose_name="similar profession",
                            ),
                        ),
                        (
                            "profession",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="similar",
                                to="professions.profession",
                                verbose_name="profession",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "similar profession",
                        "verbose_name_plural": "similar professions",
                        "indexes": [
                            models.Index(
                                fields=["profession", "kind", "-score"],
                                name="similar_closest_first",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("profession", "other"),
                                name="similarprofession_one_a_pair",
                                violation_error_message="These two have been compared already.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("profession", models.F("other")), _negated=True
                                ),
                                name="similarprofession_is_another_one",
                                violation_error_message="A profession is not similar to itself.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["close", "bridge", "level"])),
                                name="similarprofession_kind_is_known",
                                violation_error_message="Choose a value of the list.",
                            ),
                        ],
                    },
                )
            ]
        )
    ]
