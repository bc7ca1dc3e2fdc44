"""From the word in an address to the object it names, now or before."""

import re
from functools import reduce
from operator import or_
from typing import TypeVar

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.http import Http404
from django.utils.text import slugify

from portal.fields import LANGUAGE_CODES
from portal.models import SlugRedirect

M = TypeVar("M", bound=models.Model)

LONGEST = 120
PARTING = re.compile("[’–—]")


def slug_of(title: str) -> str:
    """The word in an address; what a dash or an apostrophe parts stays two words."""
    return slugify(PARTING.sub("-", title))[:LONGEST]


def find(queryset: models.QuerySet[M], slug: str) -> M:
    """The object that has this slug in any language, or had it; Http404 where there is none.

    The caller sends the visitor on (301) when `slug` is not the object's slug in this language.
    """
    found = queryset.filter(
        reduce(or_, [Q(**{f"slug_{code}": slug}) for code in LANGUAGE_CODES])
    ).first()
    if found is not None:
        return found
    moved = SlugRedirect.objects.filter(
        content_type=ContentType.objects.get_for_model(queryset.model), slug=slug
    ).first()
    target = moved and queryset.filter(pk=moved.object_id).first()
    if not target:
        raise Http404
    return target
