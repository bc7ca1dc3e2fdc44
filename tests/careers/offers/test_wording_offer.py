import pytest

from careers.offers import wording
from careers.offers.enums import Contract, Experience
from careers.professions.enums import GuideStatus
from tests.careers.offers.factories import JobOfferFactory
from tests.careers.professions.factories import GuideFactory, ProfessionFactory, SalaryBandFactory
from tests.portal.sources.factories import SourceFactory

LONG = "Vous soudez des cuves et des tuyaux dans un atelier clair avec quatre collègues. " * 5


@pytest.mark.django_db
def test_a_sound_offer_has_no_finding(django_assert_max_num_queries):
    offer = JobOfferFactory(title="Soudeur", description=LONG)

    with django_assert_max_num_queries(2):
        assert wording.check_offer(offer) == []


@pytest.mark.django_db
def test_short_texts_long_lists_and_learners_with_experience_are_doubtful():
    offer = JobOfferFactory(
        title="Soudeur (H/F)",
        profile="\n".join(["- savoir"] * 16),
        contract=Contract.INTERNSHIP,
        experience=Experience.OVER_FIVE,
        languages={"nl": 5, "fr": 5, "de": 6, "en": 5},
    )

    found = wording.check_offer(offer)

    assert [finding.code for finding in found] == ["gender-mark", "short-text", *["demands"] * 3]
    assert wording.errors(found) == found[:1]
    assert wording.unaccepted(found, {"demands"}) == found[1:2]


def of_profession(title, masculine, feminine, **values):
    profession = ProfessionFactory.build(
        name_masculine_fr=masculine, name_feminine_fr=feminine, **values
    )
    offer = JobOfferFactory.build(title=title, description=LONG, profession=profession)
    return {finding.code for finding in [*wording._one_form(offer), *wording._unsaid_access(offer)]}


@pytest.mark.parametrize(
    ("title", "masculine", "feminine", "is_found"),
    [
        ("Vendeur", "vendeur", "vendeuse", True),
        ("Infirmière de nuit", "infirmier", "infirmière", True),
        ("Caissière", "caissier", "caissière", True),
        ("Hôtesse d'accueil", "hôte d'accueil", "hôtesse d'accueil", True),
        ("Aide-soignante", "aide-soignant", "aide-soignante", True),
        ("Infirmière", "infirmier de soins généraux", "infirmière de soins généraux", True),
        ("Vendeur / Vendeuse", "vendeur", "vendeuse", False),
        ("Vendeur(-euse) en boulangerie", "vendeur", "vendeuse", False),
        ("Vendeur·euse", "vendeur", "vendeuse", False),
        ("Vendeur (H/F/X)", "vendeur", "vendeuse", False),
        ("Comptable", "comptable", "comptable", False),
        ("Personnel de vente", "vendeur", "vendeuse", False),
    ],
)
def test_a_title_names_both_or_neither(title, masculine, feminine, is_found):
    assert of_profession(title, masculine, feminine) == ({"one-form"} if is_found else set())


@pytest.mark.parametrize(("profile", "is_found"), [("Sens du contact.", True), ("Diplômé.", False)])
def test_a_regulated_profession_asks_for_what_gives_access(profile, is_found):
    profession = ProfessionFactory.build(is_regulated=True)
    offer = JobOfferFactory.build(title="Poste", profile=profile, profession=profession)

    found = [finding.code for finding in wording._unsaid_access(offer)]

    assert found == ["regulated-access"] * is_found


@pytest.mark.django_db
@pytest.mark.parametrize(("amount", "is_far"), [(1000, True), (2500, False), (9000, True)])
def test_pay_far_off_the_band_of_the_profession_is_doubtful(amount, is_far):
    guide = GuideFactory(status=GuideStatus.DRAFT)
    SalaryBandFactory(guide=guide, level="overall", minimum=2000, maximum=4000, year=2024)
    offer = JobOfferFactory(
        profession=guide.profession, description=LONG, pay_min=amount, pay_max=amount
    )
    offer.refresh_from_db()

    assert [f.code for f in wording.check_offer(offer)] == ["pay-off-band"] * is_far


@pytest.mark.django_db
def test_an_imported_offer_may_be_vague_about_its_pay():
    offer = JobOfferFactory(
        source=SourceFactory(),
        pay_min=None,
        pay_max=None,
        pay_is_not_given=True,
        description=f"{LONG} Salaire attractif.",
    )
    offer.refresh_from_db()

    assert wording.check_offer(offer) == []
