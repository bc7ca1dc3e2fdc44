from django.urls import path
from django.utils.translation import gettext_lazy as _

from quiz import views, views_class, views_compatibility, views_result, views_share

app_name = "quiz"

# Links hold a token: whoever has it may see, or answer and erase. See QuizSession.
urlpatterns = [
    path("", views.start, name="start"),
    path(_("how-it-works/"), views.how, name="how"),
    path(_("class/"), views_class.new, name="class"),
    path(_("class/<str:token>/"), views_class.desk, name="class_desk"),
    path(_("result/<str:token>/"), views_result.result, name="result"),
    path(_("result/<str:token>/jalon.pdf"), views_share.pdf, name="pdf"),
    path(_("result/<str:token>/send/"), views_share.send, name="send"),
    path(_("result/<str:token>/research/"), views_share.research, name="research"),
    path(_("result/<str:token>/delete/"), views_share.delete, name="delete"),
    path(_("erased/"), views_share.erased, name="erased"),
    path("<str:token>/", views.question, name="question"),
    path(_("<str:token>/one-page/"), views.form, name="form"),
    path(_("<str:token>/reality/"), views_compatibility.reality, name="reality"),
]
