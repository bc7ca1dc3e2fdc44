from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import translation
from justhtml import JustHTML
from pypdf import PdfReader

from quiz import actions
from tests.careers.professions.factories import InterestProfileFactory, ProfessionFactory
from tests.quiz.answered import finished
from tests.quiz.one_profession import said
from tests.quiz.shipped import page_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

HOSTILE = """#panic("x") *bold* $x^2$ `raw` <label> @ref \\u{41} // = "q" #{{ 7 }}"""


def read(client, session, token=None):
    response = client.get(reverse("quiz:pdf", args=[token or session.share_token]))
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    return PdfReader(BytesIO(response.content))


def words(reader):
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_the_file_says_what_the_page_says_in_its_order(client, nurse):
    session = finished()

    text = words(read(client, session))

    said = ["Your result", "attracts you", "Your interests", "Your first ten", str(nurse.title)]
    said += ["What the quiz cannot know", "20 of 20 questions answered", "1 / "]
    assert [part for part in said if part not in text] == []
    places = [text.index(part) for part in said[:4]]
    assert places == sorted(places)


def test_the_file_is_tagged_and_has_a_title_and_a_language(client, nurse):
    reader = read(client, finished())
    root = reader.trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Your result"
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()
    assert "/StructTreeRoot" in root


def test_the_file_speaks_the_language_of_the_page(client, nurse):
    session = finished()
    with translation.override("fr"):
        reader = read(client, session)

    assert reader.trailer["/Root"]["/Lang"] == "fr"
    assert reader.metadata.title == "Votre résultat"
    assert "Votre résultat" in words(reader)


def test_a_usual_result_takes_two_pages(client, nurse):
    for place in range(20):
        InterestProfileFactory(social=6, investigative=1 + place % 6)

    assert len(read(client, finished()).pages) == 2


@pytest.mark.parametrize("is_owner", [True, False])
def test_the_link_in_the_file_only_shows(client, nurse, is_owner):
    session = finished()

    reader = read(client, session, session.edit_token if is_owner else None)

    links = [
        note.get_object()["/A"]["/URI"] for page in reader.pages for note in page.get("/Annots", [])
    ]
    assert links == [f"http://testserver{reverse('quiz:result', args=[session.share_token])}"]
    assert session.edit_token not in words(reader)


def test_texts_are_never_read_as_markup(client, nurse):
    profession = ProfessionFactory(name_masculine_en=HOSTILE, name_feminine_en="")
    InterestProfileFactory(profession=profession, social=7, realistic=1)
    session = finished()

    text = words(read(client, session)).replace(" ", "")

    assert HOSTILE.replace(" ", "").replace('"', "")[:30] in text.replace('"', "")


@pytest.mark.parametrize("sign", ["🍎", "護", "\u200d", "\ue000", "\u0301", "ع"])
def test_signs_that_the_font_lacks_are_no_fault(client, nurse, sign):
    profession = ProfessionFactory(name_masculine_en=f"Gardener {sign}", name_feminine_en="")
    InterestProfileFactory(profession=profession, social=7, realistic=1)

    reader = read(client, finished())

    assert "Gardener" in words(reader)
    assert "/StructTreeRoot" in reader.trailer["/Root"]


def test_the_quiz_about_one_profession_has_a_file_too(client, nurse):
    session = actions.start_compatibility(language="en", profession=nurse)
    values = {item.key: 4 if item.dimension == "S" else 2 for item in actions.form_items(session)}
    session = actions.answer_form(token=session.edit_token, values=values)

    text = words(read(client, session))

    assert f"Compatibility with: {nurse.title}" in text
    assert "Imagine 100 people" in text


def test_the_statements_stand_under_the_headings_of_the_page(client, finished_one):
    said(finished_one, "yes", "", "no")
    page = client.get(page_of(finished_one, "result")).content
    headings = [
        heading.to_text(separator=" ").strip().rpartition(" ")[0]  # without the count
        for heading in JustHTML(page, sanitize=False).query(".compat-group h3")
    ]

    text = words(read(client, finished_one))

    assert len(headings) == 3
    places = [text.find(heading) for heading in headings]
    assert places == sorted(places)
    assert -1 not in places


def test_the_same_result_is_the_same_file(client, nurse):
    session = finished()
    files = {client.get(page_of(session, "pdf")).content for _time in range(2)}

    assert len(files) == 1
