from pathlib import Path

import pytest

from careers.professions.importers import load_profile
from careers.professions.models import InterestProfile
from portal.imports.files import Record
from portal.imports.loading import UNWRITABLE, Outcome
from tests.careers.professions.factories import (
    CriterionFactory,
    ProfessionCriterionFactory,
    ProfessionFactory,
)
from tests.portal.sources.factories import SourceFactory

pytestmark = pytest.mark.django_db

LINE = {"key": "welder", "R": "6.5", "I": "3", "A": "2", "S": "1.5", "E": "2", "C": "4"}


@pytest.fixture(autouse=True)
def welder():
    SourceFactory(key="jalon-editorial")
    CriterionFactory(key="manual")
    return ProfessionFactory(key="welder")


def load(**more):
    record = Record(Path("profiles.csv"), 2, LINE | {"manual": "90"} | more)
    return load_profile(record, overwrite=False)


def test_a_profile_is_an_estimate_unless_its_line_says_more(welder):
    assert load() == Outcome.CREATED
    assert welder.interests.confidence == pytest.approx(0.5)

    assert load(confidence="") == Outcome.SAME
    assert load(confidence="0.9") == Outcome.CHANGED

    profile = InterestProfile.objects.get()
    assert float(profile.confidence) == 0.9
    assert profile.values == [6.5, 3, 2, 1.5, 2, 4]
    assert welder.criterion_values.get().value == 90


@pytest.mark.parametrize("value", ["1.1", "-0.1", "many"])
def test_confidence_lies_between_0_and_1(value):
    with pytest.raises(UNWRITABLE):
        load(confidence=value)
    assert not InterestProfile.objects.exists()


def test_a_criterion_that_the_line_leaves_blank_is_taken_away(welder):
    CriterionFactory(key="night")
    own = ProfessionCriterionFactory(profession=welder, criterion=CriterionFactory(key=None))
    load(night="40")

    assert load(manual="") == Outcome.CHANGED
    assert load(manual="", night="50") == Outcome.CHANGED

    rows = welder.criterion_values.exclude(pk=own.pk).values_list("criterion__key", "value")
    assert list(rows) == [("night", 50)]
    assert welder.criterion_values.contains(own)


def test_criteria_that_an_editor_changed_are_kept(welder):
    load()
    welder.criterion_values.update(value=20)

    assert load(manual="") == Outcome.SAME
    assert welder.criterion_values.get().value == 20
