import copy

import pytest
from django.utils.translation import override

from careers.zones.models import Zone
from portal.fields import Text, french, text_names


@pytest.mark.parametrize(
    ("typed", "set_in_print"),
    [
        ("Prêt ? Oui !", "Prêt\xa0? Oui\xa0!"),
        ("« Guide »", "«\xa0Guide\xa0»"),
        ("de 6 500 € à 11 000 €", "de 6\u202f500\xa0€ à 11\u202f000\xa0€"),
        ("22 % en 2025 et 3 fois", "22\xa0% en 2025 et 3 fois"),
        ("mot", "mot"),
    ],
)
def test_french_does_not_break_its_lines_before_signs(typed, set_in_print):
    assert french(typed) == set_in_print


def test_a_text_says_which_language_stands_in():
    zone = Zone(name_fr="Anvers", name_en="Antwerp", description_fr="Un port.")

    with override("en"):
        assert (zone.name, zone.name.language) == ("Antwerp", "en")
        assert (zone.description, zone.description.language) == ("Un port.", "fr")


def test_a_text_keeps_its_language_through_a_copy():
    assert copy.deepcopy(Text("Port", "en")).language == "en"


def test_texts_of_a_model_leave_out_slugs_and_sort_keys():
    assert text_names(Zone) == ["name", "description", "industries"]
