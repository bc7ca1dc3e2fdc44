import pytest
from django.db import ProgrammingError, transaction

from careers.professions import actions, snapshot
from careers.professions.enums import GuideStatus, Section
from careers.professions.models import Guide, GuideItem, Profession, Sector
from careers.professions.reading import read

pytestmark = pytest.mark.django_db


@pytest.fixture
def guide():
    sector = Sector.objects.create(name_fr="Industrie", slug_fr="industrie")
    profession = Profession.objects.create(
        slug_fr="soudeur",
        name_masculine_fr="soudeur",
        name_feminine_fr="soudeuse",
        name_short_fr="soudage",
        definition_fr="Assemble le métal.",
        sector=sector,
        study_level="vocational",
    )
    guide = Guide.objects.create(
        profession=profession, tagline_fr="Du métal", introduction_fr="Un métier."
    )
    GuideItem.objects.create(guide=guide, section=Section.MISSIONS, text_fr="Souder")
    return guide


def missions(snapshot_of):
    return [str(row.text) for row in read(snapshot_of).missions]


def test_publishing_freezes_the_rows(guide):
    version = actions.publish(guide=guide)
    guide.items.update(text_fr="Braser")

    guide.refresh_from_db()
    assert guide.status == GuideStatus.PUBLISHED
    assert missions(guide.published_version.snapshot) == missions(version.snapshot) == ["Souder"]
    assert missions(snapshot.take(guide)) == ["Braser"]


def test_publishing_again_makes_the_next_version(guide):
    actions.publish(guide=guide)
    guide.items.update(text_fr="Braser")

    version = actions.publish(guide=guide)

    assert version.number == 2
    assert missions(version.snapshot) == ["Braser"]


def test_restoring_a_version_brings_its_rows_back_and_leaves_the_public_page(guide):
    first = actions.publish(guide=guide)
    guide.items.update(text_fr="Braser")
    second = actions.publish(guide=guide)

    snapshot.restore(guide, first.snapshot)

    guide.refresh_from_db()
    assert guide.items.get().text_fr == "Souder"
    assert guide.published_version == second


def test_an_incomplete_guide_is_not_published(guide):
    Guide.objects.update(introduction_fr="")

    with pytest.raises(actions.GuideIncomplete):
        actions.publish(guide=guide)

    guide.refresh_from_db()
    assert guide.status == GuideStatus.DRAFT
    assert not guide.versions.exists()


def test_the_allowed_moves_are_followed(guide):
    actions.move(guide=guide, to=GuideStatus.IN_REVIEW)
    with pytest.raises(actions.MoveRefused):
        actions.move(guide=guide, to=GuideStatus.ARCHIVED)

    actions.publish(guide=guide)
    actions.move(guide=guide, to=GuideStatus.ARCHIVED)
    with pytest.raises(actions.MoveRefused):
        actions.publish(guide=guide)

    guide.refresh_from_db()
    assert guide.status == GuideStatus.ARCHIVED


def test_the_database_refuses_a_move_that_no_action_made(guide):
    with pytest.raises(ProgrammingError, match="Invalid transition"), transaction.atomic():
        Guide.objects.filter(pk=guide.pk).update(status=GuideStatus.ARCHIVED)


def test_the_database_refuses_to_change_a_version(guide):
    version = actions.publish(guide=guide)
    version.snapshot = {}

    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        version.save()


def test_a_text_without_translation_says_that_it_is_french(guide):
    page = read(snapshot.take(guide))

    assert (page.tagline, page.tagline.language) == ("Du métal", "fr")


def test_history_sees_what_went_past_the_models(guide):
    GuideItem.objects.update(text_fr="Braser")

    labels = guide.items.get().events.order_by("pgh_id").values_list("pgh_label", "text_fr")

    assert list(labels) == [("insert", "Souder"), ("update", "Braser")]


def test_a_guide_that_was_published_can_be_deleted(guide):
    actions.publish(guide=guide)

    Guide.objects.get().delete()

    assert not Guide.objects.exists()
