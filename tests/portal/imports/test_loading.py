import inspect
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from careers.professions.enums import CodeSystem
from careers.professions.models import Guide, Profession, ProfessionCode, Sector
from careers.zones.models import Zone
from portal.management.commands.load_content import CODE, STAGES
from portal.sources.models import Source

pytestmark = pytest.mark.django_db

SECTOR = (
    "- {key: industry, name: {fr: Industrie, en: Industry}, description: Usines., icon: factory}\n"
)
PROFESSION = """
- key: welder
  study_level: vocational
  isco08: "7212"
  names:
    fr: {masculine: soudeur, feminine: soudeuse, short: soudage}
    en: {masculine: welder, feminine: welder, short: welding}
  definition: {fr: Assemble des pièces de métal.}
  other_names: [{text: chaudronnier soudeur, kind: title}]
"""
GUIDE = """
profession: welder
reviewed_on: 2026-11-20
source: survey
tagline: {fr: Vous assemblez le métal., en: You join metal.}
introduction: Un métier de précision.
figures:
  - {kind: average-age, value: 41, unit: years, text: 41 ans, area: BE, year: 2025}
salaries:
  - {level: beginner, min: 2500, max: 3000.5, period: month, country: BE, year: 2025}
day:
  - {start: "07:00", end: "09:00", text: Lire le plan.}
missions: [Lire un plan, {text: Souder, heading: Atelier}]
faq: [{heading: Faut-il un diplôme ?, text: Pas toujours.}]
skills:
  - {kind: soft, name: Patience, importance: 3}
  - {kind: hard, name: TIG, importance: 5}
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "professions").mkdir()
    (tmp_path / "guides").mkdir()
    (tmp_path / "sources.yaml").write_text("- {key: survey, title: Enquête, year: 2025}\n")
    (tmp_path / "sectors.yaml").write_text(SECTOR)
    (tmp_path / "professions" / "industry.yaml").write_text(PROFESSION)
    (tmp_path / "guides" / "welder.yaml").write_text(GUIDE)
    return tmp_path


def load(folder, capsys, **options):
    capsys.readouterr()
    call_command("load_content", folder=folder, json=True, **options)
    return json.loads(capsys.readouterr().out)["counts"]


def test_a_folder_becomes_professions_and_published_guides(folder, capsys):
    counts = load(folder, capsys)

    guide = Guide.objects.published().get()
    assert counts["guides"] == {"created": 1}
    assert guide.profession.title == "Soudeur\xa0/ Soudeuse"
    assert guide.published_version.snapshot["figures"][0]["value"] == "41"
    assert [skill.name_fr for skill in guide.skills.all()] == ["TIG", "Patience"]
    assert guide.profession.other_names.get().text == "chaudronnier soudeur"


def test_loading_again_changes_nothing(folder, capsys):
    load(folder, capsys)
    call_command("load_content", folder=folder)
    assert "nothing changed" in capsys.readouterr().out

    counts = load(folder, capsys, overwrite=True)

    assert {outcome for kind in counts.values() for outcome in kind} == {"same"}
    assert Guide.objects.get().versions.count() == 1


def test_what_has_not_changed_is_loaded_again_by_importers_that_have(
    folder, capsys, settings, tmp_path
):
    settings.BASE_DIR = tmp_path
    load(folder, capsys)
    for name in ["portal/imports/records.py", "careers/zones/importers.py", "quiz/importers.py"]:
        code = tmp_path / name
        code.parent.mkdir(parents=True)
        code.write_text("# Mended.")
        assert load(folder, capsys)["guides"] == {"same": 1}

    call_command("load_content", folder=folder)
    assert "nothing changed" in capsys.readouterr().out


def test_every_importer_counts_as_what_gives_the_files_their_meaning(settings):
    counted = {path for pattern in CODE for path in settings.BASE_DIR.glob(pattern)}
    assert {Path(inspect.getfile(importer)) for _kind, _files, importer in STAGES} <= counted


def test_a_changed_file_publishes_a_new_version(folder, capsys):
    load(folder, capsys)
    guide = folder / "guides" / "welder.yaml"
    guide.write_text(guide.read_text().replace("41", "42"))

    counts = load(folder, capsys)

    version = Guide.objects.get().published_version
    assert counts["guides"] == {"changed": 1}
    assert (version.number, version.snapshot["figures"][0]["value"]) == (2, "42")


def test_a_code_cites_the_source_of_its_list_also_where_it_was_loaded_before_that(folder, capsys):
    guide, sources = folder / "guides" / "welder.yaml", folder / "sources.yaml"
    guide.write_text(
        GUIDE + 'codes: [{system: ISCO-08, code: "7212"}, {system: ESCO, code: "7212.3"}]\n'
    )
    load(folder, capsys)
    survey = Source.objects.get(key="survey")
    ProfessionCode.objects.filter(system=CodeSystem.ESCO).update(source=survey)
    sources.write_text(
        sources.read_text() + "- {key: isco-08, title: CITP-08}\n- {key: esco, title: ESCO}\n"
    )

    counts = load(folder, capsys)

    cited = dict(ProfessionCode.objects.values_list("system", "source__key"))
    assert cited == {"ISCO-08": "isco-08", "ESCO": "survey"}
    assert counts["guides"] == {"changed": 1}
    assert Guide.objects.get().versions.count() == 1
    assert load(folder, capsys, overwrite=True)["guides"] == {"same": 1}


def test_what_an_editor_changed_is_kept_unless_overwritten(folder, capsys):
    load(folder, capsys)
    Sector.objects.update(name_fr="Industrie et technique")
    Guide.objects.get().skills.filter(name_fr="TIG").update(name_fr="Soudage TIG")
    sectors = folder / "sectors.yaml"
    sectors.write_text(SECTOR.replace("Industrie,", "Industries,").replace("factory", "cog"))

    load(folder, capsys)
    sector, skills = Sector.objects.get(), Guide.objects.get().skills
    assert (sector.name_fr, sector.icon) == ("Industrie et technique", "cog")
    assert skills.filter(name_fr="Soudage TIG").exists()

    load(folder, capsys, overwrite=True)
    assert Sector.objects.get().name_fr == "Industries"
    assert not skills.filter(name_fr="Soudage TIG").exists()


def test_other_names_and_sources_follow_the_file(folder, capsys):
    zones = folder / "zones.yaml"
    zones.write_text("- {key: a, name: Axe mosan, aliases: [Dorsale, Sillon], source: survey}\n")
    load(folder, capsys)
    kept = Zone.objects.get(source__key="survey").aliases.get(name="Sillon")

    zones.write_text("- {key: a, name: Axe mosan, aliases: [Sillon, Vallée]}\n")

    assert load(folder, capsys)["zones"] == {"changed": 1}
    zone = Zone.objects.get(source=None)
    assert set(zone.aliases.values_list("name", flat=True)) == {"Sillon", "Vallée"}
    assert zone.aliases.contains(kept)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("- {key: a, title: Un, year: 20}", "sources.yaml:2: The year has four digits."),
        ("- {key: a, titel: Un}", "sources.yaml:2: unknown: titel"),
        ("- {key: a}", "sources.yaml:2: title is missing"),
        ("- just words", "sources.yaml:2: unknown"),
    ],
)
def test_a_bad_record_is_reported_and_rejects_only_itself(folder, capsys, line, reason):
    with (folder / "sources.yaml").open("a") as file:
        file.write(f"{line}\n- {{key: b, title: Deux}}\n")

    with pytest.raises(CommandError, match="1 records were rejected"):
        call_command("load_content", folder=folder)

    assert reason in capsys.readouterr().err
    assert set(Source.objects.values_list("key", flat=True)) == {"survey", "b"}


@pytest.mark.parametrize(
    ("find", "replace", "reason"),
    [
        ('start: "07:00", end: "09:00"', 'start: "09:00", end: "09:00"', "another hour"),
        ("min: 2500", "min: 5000", "minimum is over the maximum"),
        ("source: survey", "source: nobody", "no source “nobody”"),
        ("source: survey\n", "", "no source, no figure"),
        ("kind: soft", "kind: fluffy", "fluffy"),
        ("heading: Faut-il un diplôme ?, text", "text", "question in the heading"),
        ("profession: welder", "profession: wizard", "no profession “wizard”"),
    ],
)
def test_a_guide_with_one_wrong_block_leaves_nothing_behind(folder, capsys, find, replace, reason):
    guide = folder / "guides" / "welder.yaml"
    guide.write_text(guide.read_text().replace(find, replace))

    with pytest.raises(CommandError):
        call_command("load_content", folder=folder)

    assert reason in capsys.readouterr().err
    assert not Guide.objects.exists()
    assert Profession.objects.exists()


def test_a_file_that_is_no_yaml_names_its_line_and_spares_the_others(folder, capsys):
    (folder / "zones.yaml").write_text("- key: a\n  name: [\n- b: }\n")

    with pytest.raises(CommandError):
        call_command("load_content", folder=folder)

    assert "zones.yaml:3" in capsys.readouterr().err
    assert not Zone.objects.exists()
    assert Guide.objects.exists()
