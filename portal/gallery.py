"""The gallery of the interface: every component in every state, for the staff."""

from datetime import date

from django import forms
from django.contrib.admin.views.decorators import staff_member_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from portal.facets import Facet, Option

PARTS = [
    ("tokens", _("Colours and type")),
    ("buttons", _("Buttons and icons")),
    ("navigation", _("Navigation")),
    ("search", _("Search and filters")),
    ("rows", _("Rows of a list")),
    ("guide", _("Blocks of a guide")),
    ("texts", _("Explained texts")),
    ("charts", _("Charts")),
    ("map", _("Map")),
    ("comparison", _("Comparison")),
    ("messages", _("Messages")),
    ("form", _("Form")),
]
COLOURS = [
    "ink", "ink-soft", "brand", "brand-tint", "warm", "warm-fill", "warm-tint", "cool", "cool-tint",
    "good", "warn", "bad", "tint", "surface", "line",
]  # fmt: skip
EXAMPLE = {
    "title": "Example source",
    "url": "https://example.org/",
    "publisher": "Example office",
    "read_on": date(2026, 1, 15),
    "year": 2025,
    "note": "What one must know to read the figures.",
}


class ExampleForm(forms.Form):
    """One field of each kind."""

    email = forms.EmailField(label=_("E-mail address"), help_text=_("Only to answer you."))
    level = forms.ChoiceField(
        label=_("Study level"), choices=[("", "–"), ("6", "Bachelor"), ("7", "Master")]
    )
    contact = forms.ChoiceField(
        label=_("How may we answer?"),
        choices=[("mail", "By e-mail"), ("phone", "By phone")],
        widget=forms.RadioSelect,
        required=False,
    )
    message = forms.CharField(label=_("Message"), widget=forms.Textarea(attrs={"rows": 3}))
    agree = forms.BooleanField(label=_("I have read the privacy page"))


# Example data, marked as such; none of it is a fact.
DAY = [
    {"start": "07:30", "end": "09:00", "text": "Round of the site and morning meeting."},
    {"start": "09:00", "end": "12:00", "text": "Work on the plans, with two colleagues."},
    {"start": "12:00", "end": "12:45", "text": "Meal."},
    {"start": "12:45", "end": "16:30", "text": "Visits, calls, and the report of the day."},
]
NIGHT = [
    {"start": "21:45", "end": "01:30", "text": "First half of the shift."},
    {"start": "01:30", "end": "02:00", "text": "Break."},
    {"start": "02:00", "end": "06:00", "text": "Second half of the shift."},
]
BANDS = [
    {"label": "Beginner", "low": 2600, "high": 3100},
    {"label": "With experience", "low": 3100, "high": 4200, "text": "after five years"},
    {"label": "Senior", "low": 4200, "high": None},
]
OTHER_BANDS = [
    {"label": "Beginner", "low": 2300, "high": 2800},
    {"label": "With experience", "low": 2900, "high": 2900},
]
OPTIONS = [
    Option("1", "Health and care", 24, checked=True),
    Option("2", "Industry and technology", 31, checked=False),
    Option("3", "Arts", 0, checked=False),
    Option("4", "Food and hospitality", 9, checked=False),
    Option("5", "Transport and logistics", 7, checked=False),
]
EXAMPLES = {
    "colours": COLOURS,
    "icons": ["search", "map-pin", "graduation-cap", "wallet", "briefcase", "clock", "flag"],
    "kinds": ["primary", "secondary", "quiet", "danger"],
    "notices": ["info", "success", "warning", "error"],
    "tabs": [
        {"label": "A to Z", "url": "#", "current": True, "count": 128},
        {"label": "By sector", "url": "#", "current": False, "count": 14},
        {"label": "By study level", "url": "#", "current": False, "count": None},
    ],
    "letters": [
        {
            "letter": letter,
            "url": "" if letter in "QWXYZ" else "#",
            "count": 3,
            "current": letter == "B",
        }
        for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    ],
    "toc": [{"id": part, "label": label} for part, label in PARTS[4:8]],
    "filters": [{"label": "Health", "url": "#"}, {"label": "Bachelor", "url": "#"}],
    "ignored": ["sector=example", "upwards"],
    "orders": [("", "Relevance"), ("name", "Name, A to Z")],
    "groups": [
        {
            "label": "Professions",
            "options": [
                {"label": "Example baker", "url": "#", "hint": "Food", "lang": None},
                {"label": "Exemple de boulanger", "url": "#", "hint": None, "lang": "fr"},
            ],
        },
        {
            "label": "Schools",
            "options": [{"label": "Example school", "url": "#", "hint": "Namur", "lang": None}],
        },
    ],
    "facts": ["Bachelor", "Industry", "2 programmes"],
    "source": EXAMPLE,
    "stats": [
        {"value": 128, "label": "professions", "url": "#"},
        {"value": 2345, "label": "programmes", "url": None},
        {"value": 565, "label": "municipalities", "url": None},
    ],
    "day": DAY,
    "pros": [
        {
            "text": "You see the result of your work each day.",
            "url": "#",
            "criterion": "Visible result",
        },
        {"text": "The team shares the work.", "url": "", "criterion": ""},
    ],
    "cons": [
        {"text": "Early hours and some weekends.", "url": "#", "criterion": "Irregular hours"},
        {"text": "Long time on your feet.", "url": "", "criterion": ""},
    ],
    "steps": [
        {"title": "Finish secondary school", "text": "Any branch, sciences help."},
        {
            "title": "Study three years",
            "text": "A bachelor at a university college, with a work placement.",
        },
        {"title": None, "text": "Begin in a team, with an experienced colleague beside you."},
    ],
    "skills": [
        {"name": "Reading plans", "text": "Symbols, measures, tolerances.", "importance": 5},
        {"name": "Patience", "text": "", "importance": 3},
        {"name": "Languages", "text": "French and Dutch.", "importance": 1},
    ],
    "questions": [
        {"question": "Do I need a diploma?", "answer": "For this example, no. Each guide says it."},
        {
            "question": "Can I learn on the job?",
            "answer": "Often, yes.\n\nEach guide lists the routes.",
        },
    ],
    "published": date(2026, 1, 15),
    "one": [{"label": "", "bands": BANDS}],
    "several": [
        {"label": "First example", "bands": BANDS},
        {"label": "Second example", "bands": OTHER_BANDS},
    ],
    "bars": [
        {"label": "Industry", "value": 42, "url": "#"},
        {"label": "Health", "value": 27},
        {"label": "Education", "value": 8.5},
    ],
    "days": [
        {"label": "Day example", "moments": DAY},
        {"label": "Night example", "moments": NIGHT},
    ],
    "interests": [5.8, 4.1, 2.2, 3.6, 4.9, 6.3],
    "other_interests": [3.1, 5.9, 4.4, 5.2, 2.8, 3.3],
    "intervals": [(5, 6.4), (3.2, 5), (1.4, 3), (2.9, 4.3), (4, 5.8), (5.6, 7)],
    "areas": [
        {"code": code, "value": value, "url": f"#{code}"}
        for code, value in [
            ("04000", 61),
            ("10000", 44),
            ("20001", 18),
            ("20002", 15),
            ("30000", 12),
            ("40000", 23),
            ("50000", 58),
            ("60000", 72),
            ("70000", 0),
            ("80000", 7),
        ]
    ],
    "places": [
        {"label": "Liège", "latitude": 50.64, "longitude": 5.57, "value": 3, "url": "#places"},
        {"label": "Mons", "latitude": 50.45, "longitude": 3.95, "value": 1, "url": "#places"},
    ],
    "columns": [
        {"label": "First example", "url": "#"},
        {"label": "Second example", "url": "#"},
        {"label": "Third example", "url": None},
    ],
    "table": [
        {"label": "Study level", "cells": ["Bachelor", "Master", "None"]},
        {"label": "Length of studies", "cells": ["3 years", "5 years", None]},
        {"label": "Hours", "cells": ["Day", "Day and night", "Early morning"]},
    ],
    "actions": [{"label": "All professions", "url": "#"}, {"label": "Without filters", "url": "#"}],
}


def _panel(theme: str) -> dict[str, list[Facet]]:
    """Facets as a filter set has them, their ids apart from those of the other theme."""
    return {
        "facets": [
            Facet(f"sector-{theme}", "Sector", OPTIONS, shown=3),
            Facet(f"level-{theme}", "One choice", OPTIONS, kind="radio"),
        ]
    }


def _forms(theme: str) -> tuple[ExampleForm, ExampleForm]:
    """An empty form and one with errors, their ids apart from those of the other theme."""
    wrong = {"email": "nobody", "message": "Hello"}
    return ExampleForm(auto_id=f"{theme}_%s"), ExampleForm(wrong, auto_id=f"{theme}_wrong_%s")


@staff_member_required(login_url="account_login")
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component in every state, light and dark side by side."""
    parts = [
        {"id": name, "title": title, "template": f"portal/gallery.html#{name}"}
        for name, title in PARTS
    ]
    context = {
        **EXAMPLES,
        "parts": parts,
        "themes": [(theme, _panel(theme), *_forms(theme)) for theme in ("light", "dark")],
        "query": QueryDict("q=example&sector=3"),
        "page": Paginator(range(300), 24).get_page(4),
    }
    return render(request, "portal/gallery.html", context)
