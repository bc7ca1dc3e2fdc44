import pytest

from careers.offers import wording
from careers.offers.wording_rules import EVERYWHERE, IN_TITLE, PAY_WORDS

LONG = "Vous soudez des cuves et des tuyaux dans un atelier clair avec quatre collègues. " * 5


def title_codes(title):
    return {finding.code for finding in wording.check_title(title)}


def text_codes(text, **options):
    return {finding.code for finding in wording.check_text("description", text, **options)}


@pytest.mark.parametrize(
    "title",
    [
        "Infirmier (H/F)",
        "Infirmier H/F",
        "Infirmière h/f/x",
        "Verpleegkundige (m/v/x)",
        "Verpleegkundige M/V",
        "Pfleger (m/w/d)",
        "Pfleger m|w|d",
        "Nurse (f/m/x)",
        "Nurse (x/f/m)",
        "Magasinier HFX F/H",
        "Magasinier (HF)",
        "Soudeur H-F-X",
        "Comptable homme/femme",
        "Boekhouder man/vrouw",
        "Nurse, all genders",
    ],
)
def test_a_mark_of_gender_does_not_belong_in_a_title(title):
    assert "gender-mark" in title_codes(title)


@pytest.mark.parametrize(
    "title",
    [
        "Ingénieur HF et radio",
        "Directeur / Directrice",
        "Opérateur CNC 3x8",
        "Chauffeur C/CE",
        "Technicien HVAC M/H de nuit",
        "Développeur C++/C#",
        "Sage-femme",
        "Aide-soignant 1/2 temps",
        "Chauffeur-livreur D/X",
    ],
)
def test_other_letters_and_slashes_are_no_mark_of_gender(title):
    assert "gender-mark" not in title_codes(title)


@pytest.mark.parametrize(
    "title",
    [
        "Vendeur moins de 26 ans",
        "Vendeuse 18-25 ans",
        "Serveur (20 à 35 ans)",
        "Verkoper 18-25 jaar",
        "Verkäufer unter 30 Jahren",
        "Seller under 30 years old",
    ],
)
def test_a_title_states_no_age(title):
    assert "age" in title_codes(title)


@pytest.mark.parametrize(
    "title",
    [
        "Puériculteur 0-3 ans",
        "Institutrice pour jeunes enfants",
        "Instituteur CP 4000",
        "Restaurateur d'une école de 1900",
        "Soudeur 3 ans d'expérience",
        "Chef de chantier 15 ans d'expérience",
        "Animateur enfants 6-12 ans",
        "Éducateur jeunes 16-25 ans",
        "Infirmier 4000 Liège",
        "Chauffeur bus 24",
        "Loodgieter 20 jaar ervaring",
        "Engineer with 20 years of experience",
        "Éducateur en maison de jeunes",
        "Begeleider jongeren 12-18 jaar",
    ],
)
def test_other_numbers_and_other_ages_are_no_age_limit(title):
    assert not {"age", "youth", "minimum-age"} & title_codes(title)


@pytest.mark.parametrize(
    "text",
    [
        "Vous avez entre 20 et 35 ans et le permis B.",
        "Vous avez moins de 30 ans ? Rejoignez notre entreprise.",
        "Vous êtes âgé de maximum 40 ans.",
        "Candidat de moins de 45 ans.",
        "L'âge maximum est fixé à quarante ans.",
        "Attention à la limite d'âge.",
        "Je bent tussen 20 en 30 jaar.",
        "De maximumleeftijd is 35.",
        "Du bist zwischen 20 und 30 Jahre alt.",
        "Es gilt eine Altersgrenze.",
        "You are under 30 years old.",
        "The age limit is thirty.",
    ],
)
def test_a_text_sets_no_age_limit(text):
    assert "age" in text_codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "Nous cherchons un vendeur de moins de 30 ans.",
        "26 ans maximum.",
        "Moins de trente ans.",
        "Moins de vingt-cinq ans.",
        "Âge : 20-30.",
        "Wij zoeken iemand jonger dan dertig jaar.",
        "Höchstens fünfunddreißig Jahre alt.",
        "Someone younger than forty-five years.",
    ],
)
def test_a_highest_age_is_found_without_naming_a_person(text):
    assert "age" in text_codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "Des ateliers pour enfants, âge : 15-18.",
        "Des prêts de moins de 25 ans.",
        "Les machines ont moins de 20 ans.",
        "Il travaille ici depuis moins de trente ans.",
        "Maximum trente-huit heures par semaine.",
    ],
)
def test_the_age_of_things_is_no_age_limit(text):
    assert "age" not in text_codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "Vous avez 3 ans d'expérience.",
        "Vous avez au moins 15 ans d'expérience dans le métier.",
        "Vous avez l'habitude des patients de plus de 65 ans.",
        "Vous avez envie de travailler avec des enfants de 3 à 15 ans.",
        "L'entreprise fête ses 50 ans.",
        "Vous êtes accueilli par une maison qui existe depuis 30 ans.",
        "Une garantie de 25 ans sur les toitures.",
        "Je bent welkom in een bedrijf dat al 60 jaar bestaat.",
        "You have 20 years of experience.",
        "Du hast 20 Jahre Berufserfahrung.",
        "Convention de premier emploi : vous avez moins de 26 ans.",
        "Aide aux personnes âgées de 80 ans.",
        "Commission paritaire 200, école de 1900, code postal 4000.",
        "Le poste commence le 15 mars.",
    ],
)
def test_years_of_others_are_no_age_limit(text):
    assert "age" not in text_codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "Vous avez au moins 18 ans.",
        "Âge minimum légal pour servir de l'alcool.",
        "Minstens 18 jaar.",
        "Mindestalter 18.",
        "Barman 18+",
    ],
)
def test_a_minimum_age_may_be_accepted(text):
    [finding] = wording.check_text("description", text)

    assert (finding.code, finding.is_error) == ("minimum-age", False)


@pytest.mark.parametrize(
    "text",
    [
        "Une équipe jeune et dynamique vous attend.",
        "Vous êtes jeune et motivé.",
        "Nous cherchons un jeune diplômé.",
        "Jeunes collaborateurs bienvenus.",
        "Een jong en dynamisch team.",
        "Jonge medewerker gezocht.",
        "Ein junges Team.",
        "Jung und dynamisch.",
        "A young and dynamic team.",
        "Young professionals wanted.",
    ],
)
def test_young_asks_for_an_age(text):
    assert "youth" in text_codes(text)
    assert all(f.is_error for f in wording.check_text("profile", text) if f.code == "youth")


@pytest.mark.parametrize(
    "text",
    [
        "Vous gardez de jeunes enfants.",
        "Une maison de jeunes cherche un animateur.",
        "Vous accompagnez des jeunes en difficulté.",
        "Spectacles pour le jeune public.",
        "Vous plantez de jeunes arbres.",
        "Begeleiding van jongeren en jonge kinderen.",
        "Arbeit mit jungen Menschen.",
        "Support young people and young children.",
    ],
)
def test_the_young_may_be_those_one_works_for(text):
    assert "youth" not in text_codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "De langue maternelle française.",
        "Le néerlandais est votre langue maternelle.",
        "Locuteur natif",
        "Native speaker of Dutch.",
        "Native English required.",
        "Native-speaking colleague.",
        "Nederlands is je moedertaal.",
        "Deutsch als Muttersprache.",
        "English as mother tongue.",
    ],
)
def test_a_native_language_is_an_origin(text):
    [finding] = wording.check_text("profile", text)

    assert (finding.code, finding.is_error) == ("native-language", True)
    assert "1981" in str(finding.source)


@pytest.mark.parametrize(
    "text",
    [
        "Institutrice maternelle dans une école maternelle.",
        "Congé de maternité.",
        "Applications natives pour téléphones.",
        "Cloud-native software.",
        "Français : connaissance approfondie (C1).",
        "Cours pour élèves de langue non maternelle.",
    ],
)
def test_other_natives_are_fine(text):
    assert "native-language" not in text_codes(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Candidats belges de souche.", "origin"),
        ("Geen buitenlanders.", "origin"),
        ("De nationalité belge.", "nationality"),
        ("Poste réservé aux femmes.", "one-sex"),
        ("Nous cherchons une femme discrète.", "one-sex"),
        ("Alleen mannen.", "one-sex"),
        ("Mannelijke kandidaat.", "one-sex"),
        ("Female candidates only.", "one-sex"),
        ("Femmes s'abstenir.", "one-sex"),
        ("Les personnes enceintes seront refusées.", "pregnancy"),
        ("Sans projet de grossesse.", "pregnancy"),
        ("Geen zwangere kandidaten.", "pregnancy"),
        ("Catholique pratiquant.", "religion"),
        ("Pas de voile.", "religion"),
        ("Geen hoofddoek.", "religion"),
        ("Syndiqué s'abstenir.", "union"),
        ("Geen vakbondsleden.", "union"),
        ("Retraités s'abstenir.", "retired"),
        ("Étrangers s'abstenir.", "origin"),
        ("Vous êtes bilingue FR/NL.", "bilingual"),
        ("Perfekt zweisprachig.", "bilingual"),
        ("Célibataire de préférence.", "private-life"),
        ("Bonne présentation exigée.", "body"),
        ("CV avec photo.", "body"),
        ("Indiquez votre salaire actuel.", "past-pay"),
        ("Ihr letztes Gehalt", "past-pay"),
        ("Salaire attractif.", "vague-pay"),
        ("Une rémunération très compétitive.", "vague-pay"),
        ("Aantrekkelijk loonpakket.", "vague-pay"),
        ("Attraktives Gehalt.", "vague-pay"),
        ("Competitive salary.", "vague-pay"),
        ("Écrivez à chef@atelier.example.", "contact"),
        ("Appelez le 0470 12 34 56.", "contact"),
        ("Bel +32 4 123 45 67.", "contact"),
        ("REJOIGNEZ NOTRE ATELIER SANS TARDER", "capitals"),
    ],
)
def test_a_text_is_read_for_the_rest(text, code):
    assert text_codes(text) == {code}


@pytest.mark.parametrize(
    "text",
    [
        "Fromages d'origine belge.",
        "Vous accompagnez les femmes enceintes et les couples.",
        "Le travail se fait dans l'enceinte du port.",
        "Professeur de religion catholique.",
        "Un stage de planche à voile.",
        "Vous négociez avec la délégation syndicale.",
        "Une maison de retraite.",
        "Une école bilingue.",
        "Bilingue : français C1, néerlandais B2.",
        "Un refuge pour femmes victimes de violences.",
        "Nous cherchons une femme ou un homme de terrain.",
        "Numéro d'entreprise 0123.456.749.",
        "Salaire selon le barème de la CP 330.",
        "Réf. 2026-0412, 4000 Liège.",
        "Le CEFA et l'IFAPME, la SNCB et le CHU.",
        "Un métier attractif, un salaire juste.",
    ],
)
def test_what_resembles_a_fault_is_left_alone(text):
    assert text_codes(text) == set()


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Femme de ménage", "one-sex"),
        ("Homme d'entretien", "one-sex"),
        ("Secrétaire (F)", "one-sex"),
        ("Personnel de salle masculin", "one-sex"),
        ("Manager (mâle)", "one-sex"),
        ("Female driver", "one-sex"),
        ("Poetsvrouw", "one-sex"),
        ("Putzfrau", "one-sex"),
        ("Vendeur langue maternelle néerlandaise", "native-language"),
        ("URGENT soudeur", "not-a-title"),
        ("Soudeur !!!", "not-a-title"),
        ("Soudeur 3 000 €", "not-a-title"),
        ("INFIRMIER EN CHEF", "capitals"),
        ("Jeune vendeur", "youth"),
    ],
)
def test_a_title_is_read_for_the_rest(title, code):
    assert title_codes(title) == {code}


@pytest.mark.parametrize(
    "title",
    ["Infirmier en chef", "Sage-femme", "Soudeur TIG/MIG", "Entraîneur de l'équipe féminine"],
)
def test_a_plain_title_is_fine(title):
    assert title_codes(title) == set()


def test_an_excerpt_shows_the_words_as_they_are_written():
    text = f"{LONG} Le néerlandais est votre LANGUE MATERNELLE, œuvre à l'appui. {LONG}"

    [finding] = wording.check_text("profile", text)

    assert finding.excerpt.startswith(
        "… Le néerlandais est votre LANGUE MATERNELLE, œuvre à l'appui."
    )
    assert finding.field == "profile"


def test_vague_pay_is_no_matter_where_none_must_be_given():
    assert text_codes("Salaire attractif.", pay_is_required=False) == set()


def test_every_rule_says_why_and_whose_it_is():
    for rule in [*EVERYWHERE, *IN_TITLE, PAY_WORDS]:
        assert str(rule.message).endswith(".")
        assert str(rule.source)
