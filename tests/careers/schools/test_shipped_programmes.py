"""The programmes that ship: credits and years only where the law ties them to the degree."""

import re

import pytest

from portal.imports.files import read_yaml
from portal.management.commands.load_content import CONTENT

PROGRAMMES = [record.values for record in read_yaml(CONTENT / "programmes.yaml")]
SCHOOLS = [record.values for record in read_yaml(CONTENT / "schools.yaml")]
# The decrees stand in the note of the source; nurses alone study four years for a bachelor.
CREDITS = {
    "bachelor": {180},
    "master": {60, 120},
    "specialised-bachelor": {60},
    "specialised-master": {60},
}


@pytest.mark.parametrize("values", PROGRAMMES, ids=lambda values: values["key"])
def test_credits_and_years_are_those_of_the_degree(values):
    of_degree = {240} if "nurse" in values["professions"] else CREDITS.get(values["degree"], {None})
    credits, years = values.get("credits"), values.get("duration_years")

    assert credits in of_degree
    assert years == (credits and credits // 60)


@pytest.mark.parametrize("values", SCHOOLS, ids=lambda values: values["key"])
def test_a_school_is_described_without_figures(values):
    assert not re.search(r"\d", "".join(values["description"].values()))


def test_schools_and_programmes_cite_the_sample_of_jalon_and_no_site_of_a_school():
    sources = {
        record.values["key"]: record.values for record in read_yaml(CONTENT / "sources.yaml")
    }
    cited = {values["source"] for values in [*PROGRAMMES, *SCHOOLS]}
    own = [sources[key] for key in cited]

    assert {(source["publisher"], source["year"]) for source in own} == {("Jalon", 2026)}
    assert all("Non vérifié auprès des écoles" in source["note"] for source in own)
    assert not any("url" in source for source in own)
