from django import forms
from django.utils.translation import gettext_lazy as _


class SendForm(forms.Form):
    """The address to which a result is sent; used once, stored nowhere."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("Used once, for this message, then forgotten."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
