from django import template
from django.template.context import Context
from django.urls import reverse

from quiz.models import QuizSession

register = template.Library()


@register.simple_tag(takes_context=True)
def share_url(context: Context, session: QuizSession) -> str:
    """The full address that shows the result and changes nothing."""
    return context["request"].build_absolute_uri(reverse("quiz:result", args=[session.share_token]))
