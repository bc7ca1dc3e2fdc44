"""The shipped professions, employers and places as rows, in a few statements."""

from careers.offers.importers import EXAMPLES, load_employer
from careers.professions.models import Criterion, Profession, ProfessionCriterion, Sector
from portal.imports.files import read_csv, read_yaml
from portal.management.commands.load_content import CONTENT
from portal.sources.models import Source
from tests.careers.zones.belgium import make_belgium

GENDERS = ["masculine", "feminine", "short"]


def make_professions() -> None:
    """Every sector, criterion and profession that ships; no other names, no guides."""
    sectors = {
        record.values["key"]: Sector(
            key=record.values["key"],
            slug_fr=record.values["key"],
            name_fr=record.values["name"]["fr"],
        )
        for record in read_yaml(CONTENT / "sectors.yaml")
    }
    Sector.objects.bulk_create(sectors.values())
    criteria = {
        key: Criterion(key=key, slug_fr=key, name_fr=key, group="activity")
        for key in next(iter(read_csv(CONTENT / "profiles.csv"))).values
        if key not in {"key", *"RIASEC"}
    }
    Criterion.objects.bulk_create(criteria.values())
    professions = {}
    for file in sorted(CONTENT.glob("professions/*.yaml")):
        for record in read_yaml(file):
            values = record.values
            professions[values["key"]] = Profession(
                key=values["key"],
                slug_fr=values["key"],
                sector=sectors[file.stem],
                study_level=values["study_level"],
                is_regulated=values["regulated"],
                definition_fr=values["definition"]["fr"],
                definition_en=values["definition"].get("en", ""),
                **{
                    f"name_{gender}_{language}": names[gender]
                    for language, names in values["names"].items()
                    for gender in GENDERS
                },
            )
    Profession.objects.bulk_create(professions.values())
    ProfessionCriterion.objects.bulk_create(
        ProfessionCriterion(
            profession=professions[record.values["key"]], criterion=criterion, value=value
        )
        for record in read_csv(CONTENT / "profiles.csv")
        for key, criterion in criteria.items()
        if (value := int(record.values[key] or 0))
    )


def make_all() -> None:
    """What example offers are made of."""
    make_belgium()
    make_professions()
    Source.objects.create(key=EXAMPLES, title="Exemples de Jalon")
    for record in read_csv(CONTENT / "employers.csv"):
        load_employer(record, False)
