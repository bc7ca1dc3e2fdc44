"""What people fill in for the quiz about one profession."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from quiz.enums import SelfCheckAnswer
from quiz.forms import StartForm
from quiz.reality import Statement

FIELD = "statement-"


class BeginForm(forms.Form):
    """The language of the questions; and earlier answers, where there are any."""

    language = StartForm.base_fields["language"]
    anew = forms.BooleanField(
        label=_("Leave out my earlier answers and ask all eight questions"), required=False
    )


class RealityForm(forms.Form):
    """The statements of a guide, each with three answers; one without an answer stays open."""

    def __init__(self, statements: Sequence[Statement], version: int, data: Any = None) -> None:
        super().__init__(data, initial={f"{FIELD}{row.order}": row.answer for row in statements})
        self.version = version
        for row in statements:
            self.fields[f"{FIELD}{row.order}"] = forms.ChoiceField(
                label=row.text,
                choices=SelfCheckAnswer,
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": _("Choose one of the three answers.")},
            )
            self.fields[f"{FIELD}{row.order}"].statement = row

    def clean(self) -> dict[str, Any]:
        if self.data.get("version") != str(self.version):
            text = _("The statements have changed meanwhile. Read them again.")
            raise forms.ValidationError(text)
        return super().clean()

    @property
    def statements(self) -> list[forms.BoundField]:
        """The fields of the statements, in their order."""
        return list(self)

    @property
    def answers(self) -> dict[int, str]:
        """What was answered to each statement, by its order."""
        return {
            field.field.statement.order: self.cleaned_data[field.name] for field in self.statements
        }
