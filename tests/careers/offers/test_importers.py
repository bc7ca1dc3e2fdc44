from collections import Counter
from io import StringIO

import pytest
from django.core.management import call_command

from careers.offers.models import Employer, JobOffer
from tests.databases import CONTENT


@pytest.mark.usefixtures("content")
@pytest.mark.django_db
def test_employers_and_offers_come_from_the_files():
    assert set(Employer.objects.values_list("is_example", "company_number")) == {(True, "")}
    assert Employer.objects.count() == 4
    states = Counter(JobOffer.objects.values_list("status", flat=True))
    assert states == {"published": 9, "filled": 1, "in-review": 1, "draft": 1}
    assert JobOffer.objects.live().count() == 8
    assert {offer.source.title for offer in JobOffer.objects.all()} == {"Exemples de Jalon"}
    home_care = JobOffer.objects.get(reference="nurse-home-care")
    assert [str(place) for place in home_care.places.all()] == ["Woluwe-Saint-Lambert"]
    assert dict(home_care.languages.values_list("language", "level")) == {"fr": 5, "nl": 3}


@pytest.mark.usefixtures("content")
@pytest.mark.django_db
def test_loading_offers_again_changes_nothing_and_keeps_what_an_editor_wrote():
    JobOffer.objects.filter(reference="nurse-night").update(title="Garde de nuit")

    for kind in ["employers", "offers"]:
        out = StringIO()
        call_command("load_content", folder=CONTENT, only=kind, stdout=out)
        assert "created" not in out.getvalue()
        assert "same" in out.getvalue()
        assert "changed" not in out.getvalue()
    assert JobOffer.objects.get(reference="nurse-night").title == "Garde de nuit"
