"""The what-ifs of a result page as its address writes them.

`level` is one of `StudyOpenness`, `others=1` shows other levels too, `no_shifts=1` sets shift work
apart, the English name of an interest gives its weight (0 to 2 in halves), `where` and `radius`
say near which place offers and programmes are counted, `metier` is the slug of the profession whose
change is asked for. What cannot be read is left out, and said.
"""

from dataclasses import dataclass, field
from functools import cached_property

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from careers.professions.models import INTERESTS
from careers.zones import places
from careers.zones.places import Place
from portal.query import LONGEST_SHOWN, TRACKING
from quiz import sentences
from quiz.enums import Interest, StudyOpenness
from quiz.models import QuizSession
from quiz.whatif import EVEN, WhatIf

MOST_IGNORED = 20
LONGEST_PLACE = 60
WEIGHTS = {
    "0": _("left out"),
    "0.5": _("half"),
    "1": _("normal"),
    "1.5": _("more"),
    "2": _("double"),
}


class WhatIfForm(forms.Form):
    """Everything may be left out; each field stands alone."""

    level = forms.ChoiceField(choices=StudyOpenness.choices, required=False)
    others = forms.ChoiceField(choices=[("1", "")], required=False)
    no_shifts = forms.ChoiceField(choices=[("1", "")], required=False)
    where = forms.CharField(max_length=LONGEST_PLACE, required=False)
    radius = forms.CharField(max_length=LONGEST_PLACE, required=False)
    metier = forms.SlugField(required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        for name in INTERESTS:
            self.fields[name] = forms.ChoiceField(choices=list(WEIGHTS.items()), required=False)


@dataclass(frozen=True)
class Option:
    """A value to choose."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Field:
    """A select of the form."""

    name: str
    label: str
    options: list[Option]
    text: str = ""

    @property
    def said(self) -> str:
        """What is chosen, in words."""
        return next((option.label for option in self.options if option.chosen), "")


@dataclass(frozen=True)
class WhatIfQuery:
    """What the address of a result imagines."""

    data: QueryDict
    session: QuizSession
    # What was asked for that the page does not know, found while it was made.
    unknown: list[str] = field(default_factory=list)

    @cached_property
    def form(self) -> WhatIfForm:
        form = WhatIfForm(self.data)
        form.is_valid()
        return form

    def _value(self, name: str) -> str:
        return str(self.form.cleaned_data.get(name) or "")

    @cached_property
    def asked(self) -> WhatIf:
        usual = WhatIf.of(self.session)
        return WhatIf(
            level=StudyOpenness(self._value("level") or usual.level),
            other_levels=bool(self._value("others")),
            no_shifts=bool(self._value("no_shifts")),
            weights=EVEN if self._is_weightless else self._weights,
        )

    @cached_property
    def _weights(self) -> tuple[float, ...]:
        return tuple(float(self._value(name) or 1) for name in INTERESTS)

    @property
    def is_weighted(self) -> bool:
        """Whether an interest weighs other than it does."""
        return self.asked.weights != EVEN

    @property
    def _is_weightless(self) -> bool:
        """Nothing is left to rank by."""
        return not any(self._weights)

    @cached_property
    def is_imagined(self) -> bool:
        """Whether anything but the place differs from what the person said."""
        return self.asked.ranks_as != WhatIf.of(self.session).ranks_as

    @property
    def wanted(self) -> str:
        return self._value("metier")

    # The place

    @property
    def where(self) -> str:
        return self._value("where")

    @cached_property
    def place(self) -> Place | None:
        return places.find_place(self.where) if self.where else None

    @cached_property
    def radius(self) -> places.Radius:
        return places.clean_radius(self._value("radius"))

    @property
    def km(self) -> int:
        """0 where only the place itself is meant."""
        return self.radius.km or 0

    # What the page shows of it

    @property
    def levels(self) -> Field:
        chosen = self.asked.level
        options = [Option(v, str(text), v == chosen) for v, text in StudyOpenness.choices]
        return Field("level", str(_("Studies you imagine")), options)

    @property
    def weights(self) -> list[Field]:
        return [
            Field(
                name,
                str(interest.label),
                [
                    Option(value, str(text), float(value) == weight)
                    for value, text in WEIGHTS.items()
                ],
                sentences.words(interest),
            )
            for name, interest, weight in zip(INTERESTS, Interest, self.asked.weights, strict=True)
        ]

    @property
    def radii(self) -> list[Option]:
        chosen = self.km if self.place else 25
        return [Option(str(km), str(km), km == chosen) for km in places.RADII]

    @cached_property
    def ignored(self) -> list[str]:
        """What of the address says nothing here, as it was written."""
        told = [
            f"{name}={value}"
            for name in self.data
            for value in self.data.getlist(name)
            if value and not self._is_read(name, value)
        ]
        return [text[:LONGEST_SHOWN] for text in dict.fromkeys(told)][:MOST_IGNORED]

    def _is_read(self, name: str, value: str) -> bool:
        if TRACKING.fullmatch(name):
            return True
        if name not in self.form.fields or name in self.form.errors or value in self.unknown:
            return False
        if name == "where":
            return self.place is not None
        if name == "radius":
            return self.place is None or self.radius.km is not None
        return name not in INTERESTS or not self._is_weightless
