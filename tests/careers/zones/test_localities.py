from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from careers.zones.models import MunicipalityAlias, PostalCode
from careers.zones.places import find_place
from portal import kept
from tests.careers.zones.factories import MunicipalityFactory

pytestmark = pytest.mark.django_db

VILLAGES = """\ufeffpostcode,name,longitude,latitude
4560,Bois-et-Borsu,5.33,50.4
4560,Clavier,5.35,50.4
4560,Saint-Denis,5.3,50.4
5081,Saint-Denis,4.7,50.5
1040,Deux-Communes,4.4,50.8
9999,Nulle-Part,0,0
"""


def load(tmp_path, text):
    file = tmp_path / "villages.csv"
    file.write_text(text, "utf-8")
    out = StringIO()
    call_command("import_localities", file, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("delimiter", [",", ";"])
def test_a_village_leads_to_the_one_municipality_of_its_postcode(tmp_path, delimiter):
    kept.forget()
    clavier = MunicipalityFactory(name_fr="Clavier")
    PostalCode.objects.create(code="4560", municipality=clavier)
    for code in ["5081", "1040", "1040"]:
        PostalCode.objects.create(code=code, municipality=MunicipalityFactory())

    said = load(tmp_path, VILLAGES.replace(",", delimiter))

    assert said == "1 names of villages are new.\n"
    assert find_place("bois et borsu").municipality_ids == {clavier.pk}
    assert list(MunicipalityAlias.objects.values_list("name_fr", flat=True)) == ["Bois-et-Borsu"]
    assert load(tmp_path, VILLAGES) == "0 names of villages are new.\n"


def test_a_file_that_is_none_is_refused(tmp_path):
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_localities", tmp_path / "nothing.csv")
    (tmp_path / "latin.csv").write_bytes("4000,Liège".encode("latin-1"))
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("import_localities", tmp_path / "latin.csv")
    assert load(tmp_path, "") == "0 names of villages are new.\n"
