import gettext

import pytest

from portal.messages import BrokenCatalogue, compile_outdated

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


@pytest.fixture
def catalogue(tmp_path):
    path = tmp_path / "fr" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    return path


def translations(catalogue):
    with catalogue.with_suffix(".mo").open("rb") as compiled:
        return gettext.GNUTranslations(compiled)


def test_messages_are_compiled_once(catalogue, tmp_path):
    catalogue.write_text(HEAD + 'msgid "Welder"\nmsgstr "Soudeuse"\n')

    assert compile_outdated([tmp_path]) == [catalogue]
    assert compile_outdated([tmp_path]) == []
    assert translations(catalogue).gettext("Welder") == "Soudeuse"


def test_fuzzy_messages_are_left_out(catalogue, tmp_path):
    catalogue.write_text(HEAD + '#, fuzzy\nmsgid "Welder"\nmsgstr "Boulanger"\n')

    compile_outdated([tmp_path])

    assert translations(catalogue).gettext("Welder") == "Welder"


def test_a_wrong_placeholder_is_told_with_its_line(catalogue, tmp_path):
    catalogue.write_text(HEAD + '#, python-format\nmsgid "%(n)s jobs"\nmsgstr "%(m)s emplois"\n')

    with pytest.raises(BrokenCatalogue, match=r"django\.po:5: "):
        compile_outdated([tmp_path])

    assert not catalogue.with_suffix(".mo").exists()
