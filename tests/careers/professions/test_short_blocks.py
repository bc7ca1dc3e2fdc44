"""What a guide says once, folds, or leaves out."""

import re

import pytest

from careers.professions import actions
from careers.professions.enums import ConditionKind, FigureKind, SkillKind
from tests.careers.professions.factories import (
    ConditionFactory,
    FigureFactory,
    GuideFactory,
    SkillFactory,
)
from tests.portal.sources.factories import SourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide():
    return GuideFactory()


@pytest.fixture
def block(client, guide):
    """Publishes the guide and gives one of its blocks as HTML."""

    def read(name):
        actions.publish(guide=guide)
        html = client.get(guide.profession.get_absolute_url()).content.decode()
        return html.split(f'<section class="section" id="{name}"')[1].split("</section>")[0]

    return read


def test_the_source_of_several_figures_stands_once_below_them(guide, block):
    shared, other = SourceFactory(title="Enquête"), SourceFactory(title="Registre")
    for kind in (FigureKind.AVERAGE_AGE, FigureKind.GROWTH):
        FigureFactory(guide=guide, kind=kind, source=shared)
    FigureFactory(guide=guide, kind=FigureKind.PLACEMENT_RATE, source=other)

    told = re.findall("48|Enquête|Registre", block("figures"))

    assert told == ["48", "48", "Enquête", "48", "Registre"]


@pytest.mark.parametrize(("count", "charts"), [(1, 0), (2, 1)])
def test_one_share_alone_has_no_chart(guide, block, count, charts):
    for kind in [FigureKind.WOMEN_SHARE, FigureKind.PLACEMENT_RATE][:count]:
        FigureFactory(guide=guide, kind=kind, unit="percent", value=22, text_fr="22 %")

    assert block("figures").count('id="chart-shares-title"') == charts


def test_the_first_five_skills_of_a_kind_are_not_folded(guide, block):
    SkillFactory.create_batch(5, guide=guide, kind=SkillKind.SOFT)
    SkillFactory.create_batch(7, guide=guide, kind=SkillKind.HARD)

    open_, folded, rest = block("skills").replace("</details>", "<details").split("<details")

    counts = [part.count('<li class="skill">') for part in (open_, folded, rest)]
    assert counts == [5, 2, 5]


def test_hours_have_no_frequency(guide, block):
    ConditionFactory(guide=guide, kind=ConditionKind.HOURS, text_fr="De jour.")
    ConditionFactory(guide=guide, kind=ConditionKind.NOISE, text_fr="Des presses.")

    html = block("conditions")

    assert html.count("Souvent") == 1
    assert html.index("De jour.") < html.index("Souvent") < html.index("Des presses.")
