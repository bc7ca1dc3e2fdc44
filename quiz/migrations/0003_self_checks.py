import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("professions", "0003_confidence_of_profiles"),
        ("quiz", "0002_mails_are_counted"),
    ]

    operations = [
        migrations.CreateModel(
            name="SelfCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(verbose_name="order")),
                (
                    "answer",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Yes"), ("depends", "It depends"), ("no", "No")],
                        verbose_name="answer",
                    ),
                ),
                (
                    "session",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="self_checks",
                        to="quiz.quizsession",
                        verbose_name="quiz session",
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="professions.guideversion",
                        verbose_name="version of a guide",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer to a statement",
                "verbose_name_plural": "answers to statements",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("session", "order"),
                        name="selfcheck_one_answer_a_statement",
                        violation_error_message="This statement has been answered already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("order__gte", 1)),
                        name="selfcheck_order_starts_at_1",
                        violation_error_message="Statements are counted from 1 on.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("answer__in", ["", "yes", "depends", "no"])),
                        name="selfcheck_answer_is_known",
                        violation_error_message="Choose a value of the list.",
                    ),
                ],
            },
        ),
    ]
