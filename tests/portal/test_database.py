"""Which database the site uses."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from environs import Env

from portal import database


def test_settings_of_the_embedded_server_touch_nothing(tmp_path, monkeypatch):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    settings = database.configuration(Env(), tmp_path / "var")

    assert settings["HOST"] == str(tmp_path / "var" / "postgres")
    assert settings["OPTIONS"]["connect_timeout"] == 5
    assert not (tmp_path / "var").exists()


def test_database_url_comes_first(tmp_path, monkeypatch):
    monkeypatch.setenv(
        "DATABASE_URL", "postgresql://me:word@db.example.org:5433/site?sslmode=require"
    )
    monkeypatch.setenv("STATEMENT_TIMEOUT", "10s")

    settings = database.configuration(Env(), tmp_path)

    assert settings["HOST"] == "db.example.org"
    assert settings["OPTIONS"]["sslmode"] == "require"
    assert settings["OPTIONS"]["options"] == "-c statement_timeout=10s"


def test_another_engine_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "sqlite:///site.db")

    with pytest.raises(ImproperlyConfigured, match="postgresql://"):
        database.configuration(Env(), tmp_path)
