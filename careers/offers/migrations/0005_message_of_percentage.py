from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("offers", "0004_notices_and_words"),
    ]

    operations = [
        migrations.AlterConstraint(
            model_name="joboffer",
            name="joboffer_percentage_goes_with_working_time",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("percentage", 100), ("working_time", "full")),
                    models.Q(("percentage__range", (5, 99)), ("working_time", "part")),
                    _connector="OR",
                ),
                name="joboffer_percentage_goes_with_working_time",
                violation_error_message="Full time is 100 per cent; part time lies between 5 and 99.",
            ),
        ),
    ]
