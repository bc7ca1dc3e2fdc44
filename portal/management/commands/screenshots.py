from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.management.base import BaseCommand, CommandError
from django.test.testcases import LiveServerThread
from django.urls import reverse

from careers.professions.models import Profession
from portal.management.commands.dev import prepare
from portal.management.commands.doctor import find_chromium
from quiz import actions
from quiz.models import QuizSession

FOLDER = settings.BASE_DIR / "docs" / "screenshots"
SIZE = {"width": 1280, "height": 800}
LARGEST = 250_000  # bytes
GUIDE = "industrial-operations-director"
# What the invented person of the result answers to each interest, R to C.
ANSWERS = {"R": 2, "I": 3, "A": 4, "S": 5, "E": 3, "C": 1}


class Command(BaseCommand):
    help = "Take the pictures of the README: the home page, a guide in the dark, a quiz result."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.IS_PRODUCTION:
            raise CommandError("This needs a development site: set PORTAL_ENV=development.")
        if not find_chromium():
            raise CommandError("There is no Chromium: run `make browser`.")
        prepare()
        guide = Profession.objects.get(key=GUIDE).get_absolute_url()
        FOLDER.mkdir(parents=True, exist_ok=True)
        session = answered()
        result = reverse("quiz:result", args=[session.edit_token])
        with served() as address:
            take(f"{address}/", FOLDER / "home.png", "light")
            take(f"{address}{guide}", FOLDER / "guide.png", "dark")
            take(f"{address}{result}", FOLDER / "result.png", "light")
        actions.erase(token=session.edit_token)
        for picture in sorted(FOLDER.glob("*.png")):
            size = picture.stat().st_size
            if size > LARGEST:
                raise CommandError(f"{picture.name} is too large: {size:,} bytes.")
            self.stdout.write(f"{picture.relative_to(settings.BASE_DIR)}: {size:,} bytes")


def answered() -> QuizSession:
    """A finished quiz of an invented person."""
    session = actions.start(language=settings.LANGUAGE_CODE)
    while session.next_item:
        item = session.next_item
        value = ANSWERS[item.dimension]
        session = actions.answer(token=session.edit_token, item=item.key, value=value)
    return session


@contextmanager
def served() -> Iterator[str]:
    """The address of the site, answered by a thread of this process for a while."""
    thread = LiveServerThread("localhost", StaticFilesHandler)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    try:
        yield f"http://{thread.host}:{thread.port}"
    finally:
        thread.terminate()


def take(address: str, picture: Path, scheme: str) -> None:
    """Write what a window of this colour scheme shows first of a page."""
    # A dependency of the tests: the site itself runs without it.
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(
            viewport=SIZE, color_scheme=scheme, locale="fr-BE", reduced_motion="reduce"
        )
        response = page.goto(address, wait_until="networkidle")
        if not response or not response.ok:
            raise CommandError(f"{address} does not answer as it should.")
        page.screenshot(path=picture)
        browser.close()
