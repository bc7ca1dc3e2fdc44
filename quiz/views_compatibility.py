"""The quiz about one profession: its beginning, the statements of its guide, its result."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache

from careers.professions.comparison import comparison_url
from careers.professions.models import Profession
from careers.schools.models import Programme
from portal.fields import current_language
from portal.same_origin import same_origin_only
from portal.slugs import find
from quiz import actions, compatibility_result, limits, lookups, visitor
from quiz import reality as realities
from quiz.engine.compatibility import ITEMS, ITEMS_AFTER_SESSION
from quiz.enums import SessionKind
from quiz.forms_compatibility import BeginForm, RealityForm
from quiz.links import read_or_post, session_of, session_page
from quiz.models import QuizSession
from quiz.models.session import DAYS_KEPT, MAIN_LENGTH

NOT_FOUND = 404


@never_cache
@login_not_required
@read_or_post
@same_origin_only
def begin(request: HttpRequest, slug: str) -> HttpResponse:
    """Say what the quiz about a profession is and stores, and begin it."""
    professions = Profession.objects.listed().select_related("interests", "sector")
    profession = find(professions, slug)
    if profession.slug != slug and request.method != "POST":
        return redirect("compatibility:begin", profession.slug, permanent=True)
    if not hasattr(profession, "interests"):
        return _not_ready(request, profession, _("This profession has no profile yet."))

    main = actions.basis(profession, visitor.last_main(request))
    if main is None and actions.is_newer(profession, current_language()):
        return _not_ready(request, profession, _("Its quiz is being prepared: come back tomorrow."))
    form = BeginForm(
        request.POST if request.method == "POST" else None,
        initial={"language": main.language if main else current_language()},
    )
    if form.is_bound and form.is_valid():
        try:
            if session := _begun(request, form, profession, main):
                return redirect("quiz:question", session.edit_token)
        except actions.NotReady as refused:
            return _not_ready(request, profession, str(refused))
    context = {
        "profession": profession,
        "form": form,
        "main": main,
        "count": ITEMS_AFTER_SESSION if main else ITEMS,
        "has_statements": realities.version_of(profession) is not None,
        "alternates": _alternates(profession),
        "days": DAYS_KEPT,
        "length": MAIN_LENGTH,
    }
    return render(request, "quiz/compatibility.html", context, status=limits.status_of(form))


def _alternates(profession: Profession) -> dict[str, str]:
    """The address of the page in each published language, for `base.html`."""
    urls = {}
    for code in settings.PUBLISHED_LANGUAGES:
        with override(code):
            urls[code] = reverse("compatibility:begin", args=[profession.slug])
    return urls


def _begun(
    request: HttpRequest, form: BeginForm, profession: Profession, main: QuizSession | None
) -> QuizSession | None:
    """A new session, or None where the form now says why there is none. Raises `NotReady`."""
    if not limits.may_begin(request, form):
        return None
    return actions.start_compatibility(
        language=form.cleaned_data["language"],
        profession=profession,
        main=None if form.cleaned_data["anew"] else main,
    )


def _not_ready(request: HttpRequest, profession: Profession, text: str) -> HttpResponse:
    context = {"profession": profession, "text": text, "length": MAIN_LENGTH}
    return render(request, "quiz/compatibility_none.html", context, status=NOT_FOUND)


@login_not_required
@read_or_post
@session_page
def reality(request: HttpRequest, token: str) -> HttpResponse:
    """Show the statements of the guide, and take what the person says to them."""
    session = session_of(token)
    if not session.is_finished:
        return redirect("quiz:question", token)
    version = (
        realities.version_of(session.profession)
        if session.kind == SessionKind.COMPATIBILITY
        else None
    )
    if version is None:
        return redirect("quiz:result", token)
    given = dict(session.self_checks.filter(version=version).values_list("order", "answer"))
    statements = realities.statements(version, session.profession, given)
    form = RealityForm(statements, version.pk, request.POST if request.method == "POST" else None)
    if "skip" in request.POST:
        realities.skip(token=token, version=version.pk)
        return redirect("quiz:result", token)
    if form.is_valid():
        realities.answer(token=token, version=version.pk, answers=form.answers)
        return redirect("quiz:result", token)
    context = {"session": session, "form": form, "version": version}
    return render(request, "quiz/reality.html", context)


def result(request: HttpRequest, session: QuizSession, is_owner: bool) -> HttpResponse:
    """The two results of a finished quiz about one profession. Raises `Gone`."""
    if is_owner and realities.is_due(session):
        return redirect("quiz:reality", session.edit_token)
    found = compatibility_result.of(session)
    profession, known = session.profession, lookups.professions()
    near = [known[match.pk] for match in found.alternatives if match.pk in known]
    context = {
        "session": session,
        "is_owner": is_owner,
        "profession": profession,
        "found": found,
        "reality": realities.said(session),
        "may_answer": is_owner and realities.version_of(profession) is not None,
        "has_guide": known[profession.pk].guide_version if profession.pk in known else None,
        "programme_count": Programme.objects.filter(professions=profession).count(),
        "compare_url": comparison_url([*([profession] if profession.is_listed else []), *near]),
        "length": MAIN_LENGTH,
    }
    return render(request, "quiz/compatibility_result.html", context)
