"""The shipped geography as rows, in a few statements: for tests that need all of Belgium."""

import csv
from typing import Any

from careers.zones.models import Municipality, MunicipalityAlias, PostalCode, Province, Region
from portal.management.commands.load_content import CONTENT

NAMES = ["name_fr", "name_nl", "name_de", "name_en"]


def lines(name: str) -> list[dict[str, str]]:
    with (CONTENT / "geo" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def names(line: dict[str, str]) -> dict[str, Any]:
    return {name: line.get(name, "") for name in NAMES}


def make_belgium() -> None:
    """Every region, province, municipality, other name and postcode that ships."""
    regions = {
        line["code"]: Region(code=line["code"], **names(line)) for line in lines("regions.csv")
    }
    Region.objects.bulk_create(regions.values())
    provinces = {
        line["code"]: Province(code=line["code"], region=regions[line["region"]], **names(line))
        for line in lines("provinces.csv")
    }
    Province.objects.bulk_create(provinces.values())
    towns = {
        line["nis"]: Municipality(
            nis_code=line["nis"],
            province=provinces.get(line["province"]),
            region=regions[line["region"]],
            latitude=float(line["latitude"]),
            longitude=float(line["longitude"]),
            **names(line),
        )
        for line in lines("municipalities.csv")
    }
    Municipality.objects.bulk_create(towns.values())
    MunicipalityAlias.objects.bulk_create(
        MunicipalityAlias(
            municipality=towns[line["nis"]],
            nis_code=line["old_nis"],
            valid_until=line["valid_until"] or None,
            **names(line),
        )
        for line in lines("municipality_aliases.csv")
    )
    PostalCode.objects.bulk_create(
        PostalCode(code=line["code"], municipality=towns[line["nis"]])
        for line in lines("postal_codes.csv")
    )
