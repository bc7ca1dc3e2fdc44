import json

import pytest
from django.utils import translation

from careers.professions.models import (
    Criterion,
    GuideVersion,
    Profession,
    ProfessionCriterion,
)
from portal import kept
from quiz import actions, findings, results
from quiz.engine import Band
from quiz.enums import StudyOpenness
from quiz.models import Report
from quiz.reasons import CARRIES, LACKS
from quiz.whatif import WhatIf
from tests.quiz.answered import ALIKE, CARING, LEADING, MAKING, finished
from tests.quiz.shipped import load_bank

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content")]


@pytest.fixture(autouse=True)
def bank():
    kept.forget()
    load_bank()
    with translation.override("en"):
        yield


def as_bytes(session):
    return json.dumps(results.stored(session), sort_keys=True)


# What is stored


@pytest.mark.parametrize("likes", [CARING, MAKING, ALIKE])
def test_same_answers_give_the_same_bytes(likes):
    assert as_bytes(finished(likes)) == as_bytes(finished(likes))


def test_other_answers_give_another_result():
    assert as_bytes(finished(CARING)) != as_bytes(finished(MAKING))


def test_what_was_shown_once_is_shown_again():
    session = finished()
    before = results.of(session)

    Profession.objects.update(name_masculine_fr="autre", name_masculine_en="other")
    ProfessionCriterion.objects.all().delete()
    kept.forget()

    assert results.of(session) == before
    assert Report.objects.count() == 1


def test_a_result_reads_in_each_language():
    session = finished()
    results.of(session)

    with translation.override("fr"):
        french = results.of(session)

    assert {m.pk for m in french} == {m.pk for m in results.of(session)}
    assert all("/metiers/" in match.url for match in french)


def test_a_profession_that_is_gone_keeps_its_place_without_a_link():
    session = finished()
    first = results.of(session).nearest[0]

    Profession.objects.filter(pk=first.pk).update(is_listed=False)
    kept.forget()

    again = results.of(session).nearest[0]
    assert (again.title, again.url, again.friction.url) == (first.title, "", "")


# What is ranked is what is shown


def test_contributions_add_up_to_the_score():
    for profession in results.stored(finished())["professions"].values():
        assert sum(profession["contributions"]) == pytest.approx(profession["score"], abs=5e-6)


@pytest.mark.parametrize("level", StudyOpenness)
def test_the_order_is_that_of_the_engine(level):
    session = finished(MAKING, level=level)
    levels = [findings.LEVELS.index(name) for name in level.levels]

    report = actions.resumed(session).report(levels=levels)

    assert results.stored(session)["ranking"] == [match.id for match in report.professions]


def test_places_fall_with_the_rank_and_bands_with_the_places():
    found = results.of(finished())

    assert [match.rank for match in found.nearest] == list(range(1, 11))
    shown = sorted(found, key=lambda match: match.rank)
    assert [m.place for m in shown] == sorted((m.place for m in shown), reverse=True)
    for match in shown:
        assert match.band == Band.of(match.place)
        assert match.low <= match.place <= match.high


def test_families_are_sectors_with_their_nearest_first():
    found = results.of(finished())

    sectors = {p.pk: p.sector.name for p in Profession.objects.select_related("sector")}
    assert 1 < len(found.families) <= 3
    for family in found.families:
        assert {sectors[match.pk] for match in family.professions} == {family.name}
        ranks = [match.rank for match in family.professions]
        assert ranks == sorted(ranks)
    assert found.bridge is None or found.bridge.sector not in {f.name for f in found.families}


# Reasons


def test_reasons_agree_with_the_contributions():
    session = finished()
    found = results.stored(session)
    liked = {row["letter"] for row in found["interests"] if row["centred"] > 0}

    for profession in found["professions"].values():
        parts = dict(zip("RIASEC", profession["contributions"], strict=True))
        for reason in profession["strengths"]:
            assert parts[reason["letter"]] > 0
            assert (reason["kind"] == "shared") == (reason["letter"] in liked)
        friction = profession["friction"]
        if friction["kind"] in {"missing", "heavy"}:
            assert parts[friction["letter"]] == min(parts.values()) < 0
        else:
            assert min(parts.values()) >= 0


def test_each_profession_has_its_two_strengths_and_one_friction():
    session = finished(LEADING)
    found = results.stored(session)["professions"]

    for match in results.of(session):
        parts = found[str(match.pk)]["contributions"]
        assert len(match.strengths) == min(2, sum(part > 0 for part in parts))
        assert match.friction.text


@pytest.mark.parametrize("likes", [LEADING, MAKING, CARING])
def test_a_sentence_of_the_guide_speaks_of_the_interest(likes):
    keys = dict(Criterion.objects.values_list("pk", "key"))
    lists = {"shared": CARRIES, "heavy": CARRIES, "spared": LACKS, "missing": LACKS}

    for profession in results.stored(finished(likes))["professions"].values():
        for reason in [*profession["strengths"], profession["friction"]]:
            if reason["kind"] in lists and "section" in reason:
                guide = GuideVersion.objects.get(pk=profession["guide_version"])
                items = [
                    item for item in guide.snapshot["items"] if item["section"] == reason["section"]
                ]
                item = items[reason["place"] - 1]
                assert item["text"] == reason["text"]
                assert keys[item["criterion_id"]] in lists[reason["kind"]][reason["letter"]]


def test_a_guide_that_was_published_anew_is_linked_by_its_block():
    session = finished(LEADING)
    quoted = [match for match in results.of(session) if match.friction.quote]
    assert all("#con-" in match.friction.url for match in quoted)

    Report.objects.update(snapshot=_of_another_guide(results.stored(session)))

    again = [match for match in results.of(session) if match.friction.quote]
    assert quoted
    assert all(match.friction.url.endswith("#pros-cons") for match in again)


def _of_another_guide(data):
    for profession in data["professions"].values():
        profession["guide_version"] = 0
    return data


# What-ifs


def test_weights_rank_as_the_engine_does_with_its_gains():
    session = finished()
    weights = (2.0, 1.0, 0.5, 1.0, 0.0, 1.5)

    found = results.imagined(session, WhatIf(weights=weights))

    report = actions.resumed(session).report(weights=weights)
    gains = {match.id: match.gain for match in report.professions}
    assert [m.pk for m in found.nearest] == [m.id for m in report.professions[:10]]
    assert [m.gain for m in found.nearest] == [gains[m.pk] for m in found.nearest]
    assert any(match.gain for match in found.nearest)


def gains(found):
    return {match.gain for match in found} | {match.gain for match in found.nearest}


@pytest.mark.parametrize("whatif", [WhatIf(level=StudyOpenness.BACHELOR), WhatIf(no_shifts=True)])
def test_a_filter_wins_no_places(whatif):
    session = finished()

    found = results.imagined(session, whatif)

    assert found.is_filtered
    assert gains(found) == {0}


def test_showing_other_levels_loses_no_places():
    session = finished(MAKING, level=StudyOpenness.MASTER)

    found = results.imagined(session, WhatIf(level=StudyOpenness.MASTER, other_levels=True))

    assert found.is_filtered
    assert gains(found) == {0, None}


def test_a_profession_that_is_gone_gives_nobody_its_place():
    session = finished()
    Profession.objects.filter(pk=results.of(session).nearest[0].pk).update(is_listed=False)
    kept.forget()

    found = results.imagined(session, WhatIf(weights=(1.0000001, 1, 1, 1, 1, 1)))

    assert gains(found) == {0}


def test_another_engine_wins_no_places():
    session = finished()
    data = results.stored(session)
    older = {"engine": "0.0.0", "ranking": data["ranking"][::-1]}
    Report.objects.update(snapshot=data | older, engine_version="0.0.0")

    found = results.imagined(session, WhatIf(no_shifts=True))

    assert gains(found) == {0}


def test_what_is_imagined_changes_no_word_of_the_profile():
    session = finished()

    found = results.imagined(session, WhatIf(weights=(2.0, 0.0, 2.0, 0.0, 1.0, 1.0)))

    assert found.families != results.of(session).families
    assert found.sentences == results.of(session).sentences


def test_a_what_if_is_not_stored():
    session = finished()
    before = as_bytes(session)

    results.imagined(session, WhatIf(no_shifts=True, weights=(2, 1, 1, 1, 1, 1)))

    assert as_bytes(session) == before
    assert Report.objects.count() == 1


def test_other_levels_are_shown_on_demand_with_what_clashes():
    session = finished(MAKING, level=StudyOpenness.MASTER)
    usual = results.of(session)
    whatif = WhatIf(level=StudyOpenness.MASTER, other_levels=True)

    found = results.imagined(session, whatif)

    assert {match.level for match in usual} <= {"Master", "Doctorate"}
    assert not any(match.clashes for match in usual)
    others = [match for match in found.nearest if match.level not in {"Master", "Doctorate"}]
    assert len(others) == usual.others > 0
    assert all("shorter than those you imagine" in match.clashes[0] for match in others)
    assert all(match.gain is None for match in others)
    assert found.others == 0


def test_shift_work_is_set_apart_by_name():
    session = finished()
    usual = results.of(session)
    shifts = Criterion.objects.get(key="shift-hours")
    tagged = set(shifts.values.tags().values_list("profession", flat=True))
    assert tagged & {match.pk for match in usual.nearest}

    found = results.imagined(session, WhatIf(no_shifts=True))

    assert not tagged & {match.pk for match in found}
    expected = [(match.title, match.rank) for match in usual.nearest if match.pk in tagged]
    assert [(other.title, other.rank) for other in found.apart] == expected
    assert found.apart_count + found.total == usual.total


# The change of one answer


@pytest.mark.parametrize("level", [StudyOpenness.ANY, StudyOpenness.SECONDARY])
def test_the_change_does_what_it_says(level):
    session = finished(MAKING, level=level)
    data = results.stored(session)
    change = data["change"]
    assert change["item"]

    engine = actions.resumed(session)
    key = next(row.item.key for row in session.answers.all() if row.item.text_fr == change["item"])
    labels = {"Pas du tout": 1, "Plutôt non": 2, "Ni oui ni non": 3, "Plutôt oui": 4, "Beaucoup": 5}
    after = engine.with_answer(key, labels[change["after"]]).report()
    order = [match.id for match in after.professions if match.id in data["ranking"]]

    assert engine.answers[key] == labels[change["before"]]
    assert data["ranking"].index(change["id"]) + 1 == change["rank_before"] > 10
    assert order.index(change["id"]) + 1 == change["rank_after"] <= 10


def test_another_profession_can_be_asked_for():
    session = finished(MAKING)
    usual = results.of(session)
    inside = [choice for choice in usual.choices if not choice.enters][0]

    found = results.of(session, inside.slug)

    assert found.change.pk == inside.pk
    assert not found.change.enters
    assert usual.change.pk != inside.pk
    assert results.of(session, "nobody").change == usual.change


# Cost


def test_a_stored_result_costs_one_query_and_the_version_of_the_content(
    django_assert_num_queries,
):
    session = finished()
    results.of(session)

    with django_assert_num_queries(2), kept.at(kept.ContentVersion.current()):
        results.of(session)
