"""What people fill in: how they begin, and all questions on one page."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext_lazy as _

from quiz import actions, questions
from quiz.enums import Situation, StudyOpenness
from quiz.models import QuizSession

LONGEST_CODE = 40


def _own_names() -> list[tuple[str, str]]:
    codes = [code for code, _name in settings.LANGUAGES]
    return [(code, get_language_info(code)["name_local"].capitalize()) for code in codes]


class StartForm(forms.Form):
    """Two taps before the first question, and what few people need."""

    study_level = forms.ChoiceField(
        label=_("Which studies can you imagine?"),
        help_text=_("Only a filter: you can change it on the result."),
        choices=StudyOpenness,
        initial=StudyOpenness.ANY,
        widget=forms.RadioSelect,
    )
    situation = forms.ChoiceField(
        label=_("Where are you now?"),
        choices=[*Situation.choices, ("", _("I’d rather not say"))],
        required=False,
        widget=forms.RadioSelect,
    )
    language = forms.ChoiceField(
        label=_("Language of the questions"), choices=_own_names, widget=forms.RadioSelect
    )
    class_code = forms.CharField(
        label=_("Class code"),
        help_text=_("Only if a teacher gave you one. Nobody sees your own answers."),
        max_length=LONGEST_CODE,
        required=False,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class OnePageForm(forms.Form):
    """All questions of a session at once. A question without an answer is skipped."""

    def __init__(self, session: QuizSession, data: Any = None) -> None:
        given = dict(session.answers.values_list("item__key", "value"))
        super().__init__(data, initial=given)
        choices = questions.choices(session.language)
        for item in actions.form_items(session):
            self.fields[item.key] = forms.ChoiceField(
                label=questions.item_text(item, session.language),
                choices=choices,
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": _("Choose one of the five answers.")},
            )
        self.least = actions.least_answers(session)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and sum(map(bool, values.values())) < self.least:
            text = ngettext(
                "Answer at least %(count)s question: from fewer nothing can be told.",
                "Answer at least %(count)s questions: from fewer nothing can be told.",
                self.least,
            )
            raise ValidationError(text % {"count": self.least})
        return values

    @property
    def answers(self) -> dict[str, int | None]:
        """The answers by the keys of their items, those of other items too.

        Items that the page did not show are for `actions.answer_form` to refuse.
        """
        sent = set(self.data) - {"csrfmiddlewaretoken"} | set(self.cleaned_data)
        values = {name: self.cleaned_data.get(name) for name in sent}
        return {name: int(value) if value else None for name, value in values.items()}
