"""Forms of the back office of offers: each refusal stands at its field."""

from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.offers import company_numbers, pay, wording
from careers.offers.enums import Benefit, OfferStatus
from careers.offers.models import JobOffer

# Where a rule of the database is shown.
FIELDS = {
    "joboffer_pay_is_given_or_said_not_to_be": "pay_min",
    "joboffer_pay_is_given_unless_imported": "pay_is_not_given",
    "joboffer_minimum_pay_is_not_over_maximum": "pay_max",
    "joboffer_percentage_goes_with_working_time": "percentage",
    "joboffer_has_a_post": "posts",
    "joboffer_has_a_profession_unless_imported": "profession",
    "joboffer_says_where_to_apply": "apply_by",
    "joboffer_reference_has_a_source": "reference",
    "joboffer_one_a_reference": "reference",
}


def _message(rule: str) -> str:
    """What a rule of the database says to people."""
    rules = {rule.name: rule for rule in JobOffer._meta.constraints}
    return str(rules[rule].get_violation_error_message())


class CompanyNumberField(forms.CharField):
    """A company number however it is written."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        return company_numbers.clean(text) if text else text

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        # Room for dots, blanks and "BE".
        return {**super().widget_attrs(widget), "maxlength": "20"}


class JobOfferForm(forms.ModelForm):
    """An offer. What is published already must also say nothing forbidden."""

    benefits = forms.TypedMultipleChoiceField(
        label=_("Benefits"),
        choices=Benefit.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_closes_on(self) -> Any:
        day, published = self.cleaned_data["closes_on"], self.instance.published_at
        is_waiting = self.instance.status in {OfferStatus.DRAFT, OfferStatus.IN_REVIEW}
        if is_waiting and day < timezone.localdate():
            raise ValidationError(_("This day has passed: the offer would close unpublished."))
        if published and day < timezone.localdate(published):
            raise ValidationError(_message("joboffer_closes_after_publication"))
        return day

    def clean(self) -> dict[str, Any]:
        """Check what Django leaves to the database: it reads columns that no form has."""
        values = super().clean() or {}
        for name in ["pay_min", "pay_max"]:
            amount, period = values.get(name), values.get("pay_period")
            if amount is None or not period:
                continue
            if not pay.LEAST_A_MONTH <= pay.a_month(amount, period) <= pay.MOST_A_MONTH:
                self.add_error(name, _message("joboffer_pay_is_plausible"))
        return values

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.instance.status == OfferStatus.PUBLISHED:
            for finding in wording.errors(wording.check_texts(self.instance)):
                self.add_error(finding.field, f"{finding.message} “{finding.excerpt}”")

    def _update_errors(self, errors: ValidationError) -> None:
        """Put what a rule of the database refuses at the field that breaks it."""
        if NON_FIELD_ERRORS in getattr(errors, "error_dict", {}):
            errors = self._at_their_fields(errors)
        super()._update_errors(errors)

    def _at_their_fields(self, errors: ValidationError) -> ValidationError:
        fields = {_message(rule): field for rule, field in FIELDS.items()}
        placed: dict[str, list[ValidationError]] = {}
        for name, refusals in errors.error_dict.items():
            for refusal in refusals:
                field = fields.get(str(refusal.message), name) if name == NON_FIELD_ERRORS else name
                placed.setdefault(field if field in self.fields else name, []).append(refusal)
        return ValidationError(placed)
