"""Classes that take the quiz together."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.fields import current_language
from portal.query import query_with
from portal.same_origin import same_origin_only
from quiz import class_results
from quiz.actions import Gone
from quiz.limits import OK, TOO_MANY
from quiz.links import read_or_post, session_page
from quiz.models import ClassGroup
from quiz.models.session import DAYS_KEPT, MAIN_LENGTH


@login_not_required
@read_or_post
@same_origin_only
def new(request: HttpRequest) -> HttpResponse:
    """Say what a class sees and stores, and make one: a code for pupils, a link for the teacher."""
    too_many = False
    if request.method == "POST":
        if ratelimit.consume(request, action="make_class"):
            group = ClassGroup.objects.create(language=current_language())
            return redirect("quiz:class_desk", group.desk_token)
        too_many = True
    context = {
        "too_many": too_many,
        "least": class_results.LEAST,
        "days": DAYS_KEPT,
        "length": MAIN_LENGTH,
    }
    return render(request, "quiz/class.html", context, status=TOO_MANY if too_many else OK)


@login_not_required
@read_or_post
@session_page
def desk(request: HttpRequest, token: str) -> HttpResponse:
    """What the teacher sees of the class, and may delete."""
    group = _group_of(token)
    if request.method == "POST":
        group.delete()
        messages.success(request, _("The class is deleted. What its pupils answered stays theirs."))
        return redirect("quiz:class")
    found = class_results.results(group)
    address = reverse("quiz:start") + query_with(None, classe=group.code)
    context = {
        "group": group,
        "halves": [group.code[:4], group.code[4:]],
        "results": found,
        "bars": _bars(found) if found else [],
        "least": class_results.LEAST,
        "address": request.build_absolute_uri(address),
    }
    return render(request, "quiz/class_desk.html", context)


def _group_of(token: str) -> ClassGroup:
    if group := ClassGroup.objects.linked(token).first():
        return group
    raise Gone(_("This link leads to no class, or the class has been erased."))


def _bars(found: class_results.ClassResults) -> list[dict[str, object]]:
    return [{"label": interest.label, "value": mean} for interest, mean in found.interests.items()]
