from django.db import migrations


class Migration(migrations.Migration):
    """Similar professions belong to the app of professions: the table moves with its rows."""

    dependencies = [("quiz", "0003_self_checks")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel("SimilarProfession")],
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE quiz_similarprofession RENAME TO professions_similarprofession",
                    "ALTER TABLE professions_similarprofession RENAME TO quiz_similarprofession",
                )
            ],
        )
    ]
