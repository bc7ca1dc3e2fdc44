"""The charts, and numbers and amounts as text."""

from django import template

from portal.charts.bars import bar_chart, dot_range
from portal.charts.belgium import belgium_map
from portal.charts.days import day_clock
from portal.charts.hexagon import radar
from portal.charts.pay import salary_chart
from portal.numbers import money, number_text

register = template.Library()
register.filter("number", number_text)
register.filter(money)

for name, chart in [
    ("bars", salary_chart),
    ("bars", bar_chart),
    ("dot_range", dot_range),
    ("radar", radar),
    ("day_clock", day_clock),
    ("belgium_map", belgium_map),
]:
    register.inclusion_tag(f"components/charts/{name}.html")(chart)
