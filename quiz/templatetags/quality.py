from django import template

from portal.numbers import number_text

register = template.Library()


@register.filter
def percent(share: float | None) -> str:
    """A share of 0 to 1 as "12.5 %", a dash where there is none."""
    return "–" if share is None else f"{number_text(round(100 * share, 1))}\N{NO-BREAK SPACE}%"
