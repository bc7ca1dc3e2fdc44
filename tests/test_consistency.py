"""The rules of the house: whatever is added must follow them too."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db import connection
from django.template import engines
from django.template.base import Lexer, TokenType
from django.template.utils import get_app_template_dirs
from django.urls import reverse
from django.utils import translation
from django.utils.functional import Promise
from lucide.templatetags.lucide import lucide
from translated_fields import TranslatedField

from careers.professions.models import InterestProfile
from tests.house import (
    MODELS,
    MODULES,
    OURS,
    ROOT,
    TEMPLATES,
    each_model,
    each_module,
    each_template,
    modules,
)
from tests.pages import LANGUAGES

# Templates ---------------------------------------------------------------------------------------

# Taken by Django and its libraries by their names.
TAKEN_BY_NAME = {"400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"}
TAKEN_BY_NAME_IN = ("admin/professions/",)
# Help texts of forms and a link to a licence: written here, not by visitors.
MAY_SAY_SAFE = {"components/site_footer.html", "django/forms/field.html"}
MAY_MARK_SAFE = {
    "careers/offers/templatetags/offer_pages.py",
    "careers/professions/comparison.py",
    "portal/explain.py",
    "portal/markdown.py",
    "portal/structured.py",
    "portal/templatetags/ui.py",
}
INLINE = re.compile(
    r"""<style\b|\sstyle\s*=|\son[a-z]+\s*=|javascript:|<script(?![^>]*\bsrc=)[^>]*>""", re.I
)


@each_template
def test_a_template_has_no_inline_code(name):
    assert INLINE.findall(TEMPLATES[name]) == []


def test_what_is_marked_safe_is_counted():
    says_safe = re.compile(r"\|\s*safe(seq)?\b|\bautoescape off\b")
    marks_safe = re.compile(r"\bmark_safe\(|\bSafeString\(|\bsafe=True\b")

    templates = {name for name, text in TEMPLATES.items() if says_safe.search(text)}
    marking = [file for file in modules(*OURS) if marks_safe.search(file.read_text())]

    assert templates == MAY_SAY_SAFE
    assert {str(file.relative_to(ROOT)) for file in marking} == MAY_MARK_SAFE


def test_every_template_is_used():
    texts = [file.read_text() for file in modules(*OURS)] + list(TEMPLATES.values())
    named = {found for text in texts for found in re.findall(r"[\w{}/.-]+\.html", text)}
    made = [re.escape(text) for text in named if "{" in text]
    made = [re.sub(r"\\\{\w+\\\}", r"[\\w-]+", text) for text in made]

    unused = [
        name
        for name in TEMPLATES
        if name not in named | TAKEN_BY_NAME
        and not name.startswith(TAKEN_BY_NAME_IN)
        and not any(re.fullmatch(pattern, name) for pattern in made)
        and not overrides(name)
    ]

    assert unused == []


def overrides(name: str) -> bool:
    """Whether a library has a template of this name, that ours stands in for."""
    return any((Path(folder) / name).exists() for folder in get_app_template_dirs("templates"))


@each_template
def test_what_a_template_loads_it_uses(name):
    libraries = engines["django"].engine.template_libraries
    tokens = Lexer(TEMPLATES[name]).tokenize()
    blocks = [token.contents for token in tokens if token.token_type is TokenType.BLOCK]
    words = {block.split()[0] for block in blocks}
    inside = [token.contents for token in tokens if token.token_type is not TokenType.TEXT]
    filters = {found for text in inside for found in re.findall(r"\|\s*(\w+)", text)}

    loaded = [name for block in blocks if block.startswith("load ") for name in block.split()[1:]]

    assert [
        name
        for name in loaded
        if not (set(libraries[name].tags) & words or set(libraries[name].filters) & filters)
    ] == []


@each_template
def test_a_text_to_translate_has_no_accidental_spaces(name):
    blocks = re.findall(r"{% blocktrans\w* [^%]*%}|{% blocktrans\w* %}", TEMPLATES[name])

    assert [block for block in blocks if "trimmed" not in block.split()] == []


@each_template
def test_icons_exist(name):
    icons = re.findall(r"""\bicon(?:_after)?[ =]["']([a-z0-9-]+)["']""", TEMPLATES[name])

    for icon in icons:
        lucide(icon)


COMPONENTS = [name for name in TEMPLATES if name.startswith("components/")]


@pytest.mark.parametrize("name", COMPONENTS)
def test_a_component_says_first_what_it_takes(name):
    comment = re.match(r"{% comment %}\n(.+?)\n{% endcomment %}", TEMPLATES[name], re.S)

    assert comment
    assert re.search(r"\b[Ii]nputs?\b", comment[1])


@pytest.mark.django_db
def test_the_gallery_shows_every_component(client):
    client.force_login(get_user_model().objects.create_superuser("a@example.org", "secret"))

    response = client.get(reverse("gallery"))

    assert set(COMPONENTS) - {template.name for template in response.templates} == set()


# Code --------------------------------------------------------------------------------------------

LONGEST_FUNCTION, LONGEST_MODULE = 48, 400


@each_module
def test_no_module_is_a_drawer(file):
    assert not {"utils", "util", "helpers", "common", "misc", "tools"} & set(
        file.relative_to(ROOT).with_suffix("").parts
    )


@each_module
def test_functions_are_short(file):
    functions = [
        node
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]

    lengths = {node.name: node.end_lineno - node.lineno + 1 for node in functions}

    assert {name: size for name, size in lengths.items() if size > LONGEST_FUNCTION} == {}


def test_modules_are_short():
    long = {
        str(file.relative_to(ROOT))
        for file in MODULES
        if file.read_text().count("\n") > LONGEST_MODULE
    }

    assert long == set()


@each_module
def test_what_is_left_to_do_has_a_number(file):
    left = re.findall(r"#\s*(?:TODO|FIXME|XXX)\b(?!.*#\d+).*", file.read_text())

    assert left == []


def test_migrations_say_what_they_change():
    files = [file for folder in OURS for file in (ROOT / folder).rglob("migrations/0*.py")]

    assert len(files) > 5
    assert [file for file in files if "_auto_" in file.name] == []


def test_every_setting_is_documented():
    text = (ROOT / "portal" / "settings.py").read_text()
    names = set(re.findall(r"""env\.\w+\(\s*["']([A-Z_]+)["']""", text))

    documented = set(re.findall(r"`([A-Z_]+)`", (ROOT / "docs" / "settings.md").read_text()))

    assert len(names) > 8
    assert names - documented == set()


# Models ------------------------------------------------------------------------------------------

CONTENT_APPS = {"zones", "professions", "schools", "articles", "sources"}
# The first never changes once written (a trigger refuses it), the second is computed.
WITHOUT_HISTORY = {"professions.GuideVersion", "professions.SimilarProfession"}


def names_for_people() -> Iterator[tuple[str, str]]:
    for model in MODELS:
        meta = model._meta
        yield meta.label, str(meta.verbose_name)
        yield f"{meta.label} (plural)", str(meta.verbose_name_plural)
        for field in meta.local_fields:
            yield f"{meta.label}.{field.name}", str(getattr(field, "verbose_name", ""))


# German nouns begin in upper case.
@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "de"])
def test_names_of_models_and_fields_begin_in_lower_case(language):
    with translation.override(language):
        names = dict(names_for_people())

    # An acronym keeps its capitals; the six types of interest are names.
    assert [
        f"{where}: {name}"
        for where, name in names.items()
        if name[:1].isupper() and not name[:2].isupper() and InterestProfile.__name__ not in where
    ] == []


@each_model
def test_names_of_models_and_fields_are_translated(model):
    meta = model._meta
    if meta.app_label not in {*CONTENT_APPS, "accounts"}:
        return
    fields = [field for field in meta.local_fields if field.editable and not field.primary_key]
    names = {field.name: field.verbose_name for field in fields}
    names |= {"verbose_name": meta.verbose_name, "verbose_name_plural": meta.verbose_name_plural}

    assert [name for name, text in names.items() if not isinstance(text, Promise)] == []


@each_model
def test_what_editors_work_on_can_be_searched(model):
    if office := admin.site._registry.get(model):
        assert office.search_fields


@each_model
def test_a_translated_text_has_a_column_a_language(model):
    columns = {field.name for field in model._meta.local_fields}
    translated = [name for name, value in vars(model).items() if isinstance(value, TranslatedField)]

    for name in translated:
        assert {f"{name}_{code}" for code, _label in settings.LANGUAGES} <= columns


# Written by the site alone: nobody reads their refusals.
WITHOUT_PEOPLE = {"imports.LoadedRecord", "professions.GuideVersion"}


@each_model
def test_a_rule_of_the_database_has_a_message_for_people(model):
    if model._meta.label in WITHOUT_PEOPLE:
        return
    for rule in model._meta.constraints:
        assert rule.violation_error_message != rule.default_violation_error_message, rule.name
        assert rule.name.startswith(model._meta.model_name), rule.name


@pytest.mark.django_db
def test_a_change_of_content_leaves_history_and_is_seen_by_readers():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal"
        )
        triggers = cursor.fetchall()
    content = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in CONTENT_APPS
        and not hasattr(model, "pgh_tracked_model")
        and model._meta.label not in WITHOUT_HISTORY
    ]

    assert len(content) > 30
    for model in content:
        names = " ".join(name for table, name in triggers if table == model._meta.db_table)
        wanted = ["bump_content_version"]
        if not model._meta.auto_created:
            wanted += ["insert_insert", "update_update", "delete_delete"]
        if any(field.name == "slug_fr" for field in model._meta.local_fields):
            wanted.append("remember_slugs")
        assert [name for name in wanted if name not in names] == [], model._meta.label


# Settings ----------------------------------------------------------------------------------------


def test_production_settings_pass_the_checks_of_deployment():
    environment = {
        "PATH": os.environ["PATH"],
        "PORTAL_ENV": "production",
        "SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz" * 2,
        "ALLOWED_HOSTS": "www.example.org",
        "DATABASE_URL": "postgres://nobody@localhost/nothing",
    }

    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.returncode == 0, done.stderr


def test_production_does_not_start_without_its_secrets():
    done = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.returncode != 0
    assert "SECRET_KEY" in done.stderr
