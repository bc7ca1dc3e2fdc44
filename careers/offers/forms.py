"""What people write about offers and employers."""

from typing import Any

from django import forms
from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from careers.offers import logos
from careers.offers.enums import ReportReason
from careers.offers.models import Employer, OfferReport

LONGEST_EXPLANATION = 4_000


class OfferReportForm(forms.ModelForm):
    """A notice that an offer is unlawful or wrong, by article 16 of the Digital Services Act."""

    explanation = forms.CharField(
        label=_("What is wrong, and where in the offer"),
        help_text=_("Quote the words. Please write nothing about your own health or family."),
        max_length=LONGEST_EXPLANATION,
        required=False,
        widget=forms.Textarea({"rows": 6}),
    )
    in_good_faith = forms.BooleanField(
        label=_("I believe in good faith that what I write is true and complete.")
    )
    # Nobody sees it; whoever fills it in is a program.
    leave_empty = forms.CharField(required=False)

    class Meta:
        model = OfferReport
        fields = ["reason", "explanation", "name", "email"]
        widgets = {"reason": forms.RadioSelect}
        help_texts = {
            "name": _("Only if you want an answer."),
            "email": _("Only if you want an answer: we write to you what was decided and why."),
        }

    field_order = ["reason", "explanation", "name", "email", "in_good_faith"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = ReportReason.choices

    @property
    def is_from_a_program(self) -> bool:
        return bool(self.data.get("leave_empty"))

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        reason = values.get("reason")
        if reason and reason != ReportReason.CLOSED and not values.get("explanation"):
            self.add_error("explanation", _("Say what is wrong: without it nobody can judge."))
        return values


class EmployerForm(forms.ModelForm):
    """An employer as the back office edits it; the admin adds the other fields."""

    class Meta:
        model = Employer
        fields = ["logo"]

    def clean_logo(self) -> File | None:
        logo = self.cleaned_data.get("logo")
        return logos.redrawn(logo) if isinstance(logo, UploadedFile) else logo
