"""Beginning, answering and ending a session. Every function locks the session that it changes.

What a person may not do is a `Refused`, whose text is for people; nothing has changed then.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from careers.professions.models import Profession
from quiz import versions
from quiz.engine import Session, compatibility, fixed_form
from quiz.engine.compatibility import ITEMS, ITEMS_AFTER_SESSION
from quiz.enums import SessionKind, SessionState, Situation, StudyOpenness
from quiz.models import Answer, ClassGroup, Item, QuizSession
from quiz.models.session import LONGEST_TIME, MAIN_LENGTH

# Fewer answers leave interests without any: a result would rest on nothing.
LEAST_ANSWERS = 6
VALUES = {1, 2, 3, 4, 5}
# What stands for an answer that is not given yet.
MIDDLE = 3
Given = Mapping[str, int | None]


class Refused(Exception):
    """The text says why, in the language of the page."""


class NotReady(Refused):
    """There are no items, or the profession has no profile yet."""


class Gone(Refused):
    """No session has this link, or no longer."""


class Hidden(Gone):
    """The profession of the `session` was taken from the public since."""

    def __init__(self, session: QuizSession) -> None:
        super().__init__(_("This profession is no longer shown here."))
        self.session = session


class NoSuchClass(Refused):
    """No class has this code, or no longer."""


class NotAsked(Refused):
    """This item is neither the one on the screen nor one answered before."""


class AnsweredMeanwhile(Refused):
    """Another window has answered the item since the page was made."""


class NoAnswer(Refused):
    """The value is none of the five answers."""


class Finished(Refused):
    """The session has ended: its answers stay as they are."""


def start(
    *,
    language: str,
    study_level: StudyOpenness = StudyOpenness.ANY,
    situation: Situation | str = "",
    class_code: str = "",
) -> QuizSession:
    """Begin the main quiz. Raises `NotReady` or `NoSuchClass`."""
    version = versions.version_for(language)
    if version is None:
        raise NotReady(_("The quiz has no questions yet."))
    session = QuizSession(
        language=language,
        model_version=version,
        length=min(MAIN_LENGTH, len(versions.load(version).model.bank)),
        study_level=study_level,
        situation=situation,
        class_group=_class(class_code) if class_code else None,
    )
    return _begin(session)


def start_compatibility(
    *, language: str, profession: Profession, main: QuizSession | None = None
) -> QuizSession:
    """Begin the short quiz about one profession, shorter after a finished `main` quiz.

    Raises `NotReady` where the profession has no interests.
    """
    based_on = basis(profession, main)
    version = based_on.model_version if based_on else versions.version_for(language)
    if version is None or not _knows(version, profession):
        raise NotReady(_("This profession has no profile yet."))
    session = QuizSession(
        kind=SessionKind.COMPATIBILITY,
        profession=profession,
        language=language,
        model_version=version,
        length=ITEMS_AFTER_SESSION if based_on else ITEMS,
        based_on=based_on,
        study_level=based_on.study_level if based_on else StudyOpenness.ANY,
    )
    return _begin(session)


def basis(profession: Profession, main: QuizSession | None) -> QuizSession | None:
    """The main quiz, where its answers count for the profession: finished, and it knows of it."""
    if main and main.is_finished and _knows(main.model_version, profession):
        return main
    return None


def is_newer(profession: Profession, language: str) -> bool:
    """Whether new sessions work with a version that does not know the profession yet."""
    version = versions.current(language)
    return version is not None and not _knows(version, profession)


def resumed(session: QuizSession, answers: Given | None = None) -> Session:
    """The session as the engine sees it: ask it for the next item, a report, what-ifs.

    `answers`: those of the session in their order, where they are known already.
    """
    loaded = versions.load(session.model_version)
    if session.kind == SessionKind.MAIN:
        engine = Session(loaded.model, loaded.catalogue, session.length)
    else:
        before = resumed(session.based_on) if session.based_on else None
        engine = compatibility(
            loaded.model, loaded.catalogue, session.profession_id, before, session.length
        )
    for item, value in (_given(session) if answers is None else answers).items():
        engine.answer(item, value)
    return engine


def _given(session: QuizSession) -> dict[str, int | None]:
    """The answers by the keys of their items, in the order asked."""
    if not session.pk:
        return {}
    return dict(session.answers.order_by("order").values_list("item__key", "value"))


@transaction.atomic
def answer(
    *,
    token: str,
    item: str,
    value: int | None,
    milliseconds: int | None = None,
    seen: Given | None = None,
) -> QuizSession:
    """Take an answer (1 to 5, None to skip) to the item on the screen, or change an earlier one.

    After it `next_item` is the item to show, or the session is finished: where fewer than
    `least_answers` were given, it is one that was skipped, in turn. The same answer twice is one
    answer. `seen`: what the page showed as answered; where it no longer is, nothing changes. None:
    whatever there is may be changed. Raises `Gone`, `Finished`, `NotAsked`, `NoAnswer` or
    `AnsweredMeanwhile`.
    """
    session = locked(token)
    _check(value)
    given = _given(session)
    _check_seen(item, value, given, seen)
    is_known = milliseconds is not None and 0 <= milliseconds <= LONGEST_TIME
    if item in given:
        session.answers.filter(item__key=item).update(value=value)
    elif session.next_item and session.next_item.key == item:
        session.answers.create(
            item=session.next_item,
            value=value,
            order=len(given) + 1,
            milliseconds=milliseconds if is_known else None,
        )
    else:
        raise NotAsked(_("This question is not the one that waits for your answer."))
    return _go_on(session, given | {item: value}, item)


def least_answers(session: QuizSession) -> int:
    """How many answers a result needs: from fewer nothing can be told."""
    if session.kind == SessionKind.MAIN:
        return min(LEAST_ANSWERS, session.length)
    return session.length // 2


def form_items(session: QuizSession) -> list[Item]:
    """The items of the whole quiz on one page: those answered so far, then the others."""
    given = _given(session)
    keys, engine = list(given), resumed(session, given)
    if session.kind == SessionKind.MAIN:
        fixed = fixed_form(engine.model, session.length)
        keys += [str(key) for key in fixed if key not in keys][: session.length - len(keys)]
    else:
        while (key := engine.next_item()) is not None:
            engine.answer(key, MIDDLE)
            keys.append(str(key))
    items = {item.key: item for item in Item.objects.filter(key__in=keys)}
    return [items[key] for key in keys]


@transaction.atomic
def answer_form(*, token: str, values: Mapping[str, int | None]) -> QuizSession:
    """Take all answers at once and finish; an item without a value is skipped.

    Raises `Gone`, `Finished`, `NotAsked` or `NoAnswer`.
    """
    session = locked(token)
    items = form_items(session)
    if unknown := set(values) - {item.key for item in items}:
        raise NotAsked(_("These questions were not asked: %s") % ", ".join(sorted(unknown)))
    for value in values.values():
        _check(value)
    Answer.objects.bulk_create(
        [
            Answer(session=session, item=item, order=order, value=values.get(item.key))
            for order, item in enumerate(items, start=1)
        ],
        update_conflicts=True,
        unique_fields=["session", "item"],
        update_fields=["value"],
    )
    return _go_on(session, {item.key: values.get(item.key) for item in items})


@transaction.atomic
def leave_to_research(*, token: str, consents: bool) -> QuizSession:
    """Give the consent to keep the answers without what leads to the person, or withdraw it."""
    session = locked(token, is_open=False)
    session.consent_research = consents
    session.save(update_fields=["consent_research"])
    return session


@transaction.atomic
def erase(*, token: str) -> None:
    """Delete the session with its answers and its report, now. Raises `Gone`."""
    session = locked(token, is_open=False)
    QuizSession.objects.filter(pk=session.pk).part()
    session.delete()


def _class(code: str) -> ClassGroup:
    code = "".join(code.split()).upper()
    group = ClassGroup.objects.open().filter(code=code).first() if code.isalnum() else None
    if group is None:
        raise NoSuchClass(_("No class has this code, or it has been erased."))
    return group


def _knows(version: Any, profession: Profession) -> bool:
    return profession.pk in versions.load(version).catalogue.ids


def _begin(session: QuizSession) -> QuizSession:
    session.next_item = Item.objects.get(key=resumed(session).next_item())
    session.save()
    return session


def the_one(sessions: Iterable[QuizSession]) -> QuizSession:
    """What a link leads to. Raises `Gone`."""
    session = next(iter(sessions), None)
    if session is None:
        raise Gone(_("This link leads to no quiz, or the quiz has been erased."))
    return session


def locked(token: str, *, is_open: bool = True) -> QuizSession:
    """The session that this link changes, for the length of a transaction.

    Raises `Gone`, and `Finished` where it must be open.
    """
    sessions = QuizSession.objects.linked(token).select_for_update(of=["self"])
    session = the_one(sessions.with_light_version("based_on").select_related("next_item"))
    if is_open and session.is_finished:
        raise Finished(_("This quiz is finished: its answers stay as they are."))
    return session


def _check(value: int | None) -> None:
    if value is not None and (type(value) is not int or value not in VALUES):
        raise NoAnswer(_("Choose one of the five answers."))


def _check_seen(item: str, value: int | None, given: Given, seen: Given | None) -> None:
    if seen is None or item not in given or given[item] == value:
        return
    if item not in seen or seen[item] != given[item]:
        raise AnsweredMeanwhile(
            _(
                "This question was answered in another window. Nothing has changed: its answer is"
                " marked here, and you may choose again."
            )
        )


def _go_on(session: QuizSession, answers: Given, last: str = "") -> QuizSession:
    """Put the next item on the screen, or finish.

    `last`: the one just answered, where a quiz with too few answers is not to finish.
    """
    engine = resumed(session, answers)
    key: Any = engine.next_item()
    given = sum(value is not None for value in answers.values())
    if key is None and last and given < least_answers(session):
        key = _skipped(answers, last)
    session.next_item = Item.objects.get(key=key) if key is not None else None
    if key is None:
        session.state = SessionState.FINISHED
        session.finished_at = timezone.now()
        session.is_flagged = engine.quality.may_be_random
    session.save(update_fields=["next_item", "state", "finished_at", "is_flagged"])
    return session


def _skipped(answers: Given, last: str) -> str:
    """The next item after the last one that was skipped; the first one after the end."""
    keys = list(answers)
    place = keys.index(last) + 1
    return next(key for key in keys[place:] + keys[:place] if answers[key] is None)
