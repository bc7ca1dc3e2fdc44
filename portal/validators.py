"""Rules for values that several apps share."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from lucide import IconDoesNotExist
from lucide.templatetags.lucide import lucide

# Words of the URL tree: a profession called "compare" would hide a page.
RESERVED_SLUGS = frozenset(
    "comparer compare vergelijken vergleichen criteres criteria compatibilite compatibility "
    "suggestions search recherche admin api quiz compte account carte map new nouveau".split()
)


def validate_slug_is_free(slug: str) -> None:
    """Refuse a slug that is a word of the URL tree."""
    if slug in RESERVED_SLUGS:
        raise ValidationError(
            _("“%(slug)s” is a word of the site's own addresses."), params={"slug": slug}
        )


def validate_icon(name: str) -> None:
    """Refuse a name that no icon of the set has."""
    try:
        lucide(name)
    except IconDoesNotExist:
        raise ValidationError(
            _("There is no icon “%(name)s”. Choose a name of lucide.dev, such as “factory”."),
            params={"name": name},
        ) from None
