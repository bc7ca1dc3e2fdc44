"""The button that keeps something for later."""

from typing import Any

from django import template

from portal.shortlist import Shortlist

register = template.Library()


@register.inclusion_tag("components/keep_button.html", takes_context=True)
def keep_button(
    context: template.Context, kind: str, pk: int, title: str, small: bool = True
) -> dict[str, Any]:
    """A button that keeps an offer, a programme or a profession, or takes it away again."""
    request = getattr(context, "request", None)
    shortlist = Shortlist.of(request) if request is not None else None
    kept = shortlist is not None and (kind, pk) in shortlist
    said = shortlist.said((kind, pk)) if shortlist is not None else ""
    return {"kind": kind, "pk": pk, "title": title, "kept": kept, "said": said, "small": small}
