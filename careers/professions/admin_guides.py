"""Guides in the back office: blocks in the order of the page, steps to publication."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from careers.professions import actions, admin_versions
from careers.professions.enums import GUIDE_MOVES, GuideStatus, Section
from careers.professions.models import (
    Condition,
    DayMoment,
    EntryRoute,
    Figure,
    Guide,
    GuideItem,
    SalaryBand,
    Skill,
    Step,
    Testimony,
    ZoneOfGuide,
)
from careers.professions.snapshot import take
from careers.schools.models import SchoolOfGuide
from portal.admin import Block, ModelAdmin, Queue


class ItemBlock(Block):
    """The items of one section of the guide."""

    model = GuideItem
    autocomplete_fields = ["criterion"]
    section: Section
    with_criterion = {Section.PROS, Section.CONS, Section.SELF_CHECKS}

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fields = super().get_fields(request, obj)
        return (
            fields
            if self.section in self.with_criterion
            else [f for f in fields if f != "criterion"]
        )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).filter(section=self.section)

    def formfield_for_choice_field(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.name == "section":
            # Disabled: what a browser sends for it is ignored.
            return forms.CharField(
                widget=forms.HiddenInput, initial=self.section.value, disabled=True
            )
        return super().formfield_for_choice_field(db_field, request, **kwargs)


def items(section: Section) -> type[ItemBlock]:
    """The inline of one section."""
    names = {
        "section": section,
        "verbose_name": _("item"),
        "verbose_name_plural": section.label,
        "__module__": __name__,
    }
    return type(f"{section.name.title()}Block", (ItemBlock,), names)


def rows(model: Any, *relations: str) -> type[Block]:
    """The inline of a block with a model of its own."""
    attributes = {
        "model": model,
        "autocomplete_fields": list(relations),
        "__module__": __name__,
    }
    return type(f"{model.__name__}Block", (Block,), attributes)


def review_is_old() -> Q:
    """Guides nobody has reviewed for a year."""
    year_ago = timezone.localdate() - timedelta(days=365)
    return Q(reviewed_on=None) | Q(reviewed_on__lt=year_ago)


class LastReview(admin.SimpleListFilter):
    """Guides by the age of their last review."""

    title = _("last review")
    parameter_name = "review"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("old", _("over a year ago, or never")), ("fresh", _("within a year"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "old":
            return queryset.filter(review_is_old())
        return queryset.exclude(review_is_old()) if self.value() == "fresh" else queryset


@admin.register(Guide)
class GuideAdmin(ModelAdmin):
    list_display = ["title", "status", "published_on", "reviewed_on", "last_version"]
    list_filter = ["status", LastReview, "profession__sector", "profession__study_level"]
    list_select_related = ["profession", "published_version"]
    date_hierarchy = "published_on"
    search_fields = ["profession__name_masculine_fr", "profession__name_feminine_fr"]
    ordering = ["profession__sort_key_fr", "pk"]
    autocomplete_fields = ["profession"]
    sentences = ["tagline", "hook"]
    actions = ["send_to_review", "publish_chosen"]
    # What an editor may ask for, with the words on the button.
    steps = {
        GuideStatus.IN_REVIEW: _("Save and send to review"),
        GuideStatus.DRAFT: _("Save and make it a draft again"),
        GuideStatus.PUBLISHED: _("Save and publish"),
        GuideStatus.ARCHIVED: _("Save and archive"),
    }
    inlines = [
        rows(Figure, "source"),
        items(Section.MISSIONS),
        items(Section.TOOLS),
        rows(DayMoment),
        items(Section.WORKPLACES),
        items(Section.REPORTS_TO),
        items(Section.LEADS),
        rows(Condition),
        rows(Skill),
        rows(SalaryBand, "source"),
        items(Section.INDICATORS),
        items(Section.COUNTRY_FACTS),
        rows(Testimony, "source"),
        rows(Step),
        rows(EntryRoute),
        rows(SchoolOfGuide, "school", "campuses"),
        rows(ZoneOfGuide, "zone"),
        items(Section.CAREER_MOVES),
        items(Section.PROS),
        items(Section.CONS),
        items(Section.ADVICE),
        items(Section.SELF_CHECKS),
        items(Section.FAQ),
    ]
    fieldsets = [
        (None, {"fields": ["profession", ("published_on", "reviewed_on")]}),
        (_("Head of the page"), {"fields": ["tagline_fr", "hook_fr"]}),
        (
            _("Tiles"),
            {
                "fields": [
                    "tile_studies_fr",
                    "tile_qualities_fr",
                    "tile_salary_fr",
                    "tile_conditions_fr",
                ]
            },
        ),
        (_("Introduction"), {"fields": ["introduction_fr", "environment_fr"]}),
    ]

    @admin.display(description=_("guide"), ordering="profession__sort_key_fr")
    def title(self, guide: Guide) -> str:
        return guide.profession.title

    @admin.display(description=_("version read by the public"))
    def last_version(self, guide: Guide) -> str:
        return str(guide.published_version) if guide.published_version else "–"

    def get_readonly_fields(self, request: HttpRequest, obj: Guide | None = None) -> list[str]:
        return ["profession"] if obj else []

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        guide = super().get_object(request, object_id, from_field)
        if guide:
            # One query for both, here rather than twice in the page.
            guide.profession  # noqa: B018
        return guide

    def queues(self, request: HttpRequest) -> list[Queue]:
        guides = Guide.objects.select_related("profession").order_by(
            "profession__sort_key_fr", "pk"
        )
        return [
            Queue(
                _("Guides to review"),
                guides.filter(status=GuideStatus.IN_REVIEW),
                f"status__exact={GuideStatus.IN_REVIEW}",
                is_urgent=True,
            ),
            Queue(
                _("Drafts"),
                guides.filter(status=GuideStatus.DRAFT),
                f"status__exact={GuideStatus.DRAFT}",
            ),
            Queue(
                _("Published guides not reviewed for a year"),
                guides.filter(review_is_old(), status=GuideStatus.PUBLISHED),
                f"status__exact={GuideStatus.PUBLISHED}&review=old",
            ),
        ]

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("professions.publish_guide")

    def get_urls(self) -> list[Any]:
        pages = [
            ("", admin_versions.version_list, "guide_versions"),
            ("compare/", admin_versions.version_compare, "guide_compare"),
            ("<int:number>/restore/", admin_versions.version_restore, "guide_restore"),
        ]
        here = {"model_admin": self}
        return [
            *[
                path(f"<int:pk>/versions/{end}", self.admin_site.admin_view(view), here, name=name)
                for end, view, name in pages
            ],
            *super().get_urls(),
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        guide = kwargs.get("obj")
        if guide:
            context |= {
                "steps": self._open_steps(request, guide),
                "differs": self._differs(guide),
                "preview_url": reverse("professions:preview", args=[guide.pk]),
                "is_public": guide.status == GuideStatus.PUBLISHED,
                "show_save_and_add_another": False,
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def _differs(self, guide: Guide) -> bool:
        version = guide.published_version
        return bool(version) and take(guide) != version.snapshot

    def _open_steps(self, request: HttpRequest, guide: Guide) -> list[tuple[str, str]]:
        reachable = {after for before, after in GUIDE_MOVES if before == guide.status}
        if guide.status == GuideStatus.PUBLISHED:
            reachable.add(GuideStatus.PUBLISHED)
        return [
            (to.value, label)
            for to, label in self.steps.items()
            if to in reachable and self._may_step(request, to)
        ]

    def _may_step(self, request: HttpRequest, to: GuideStatus) -> bool:
        """Showing a guide to the public or hiding it asks for the right to publish."""
        if to in {GuideStatus.PUBLISHED, GuideStatus.ARCHIVED}:
            return self.has_publish_permission(request)
        return self.has_change_permission(request)

    def response_change(self, request: HttpRequest, obj: Guide) -> HttpResponse:
        """After saving, the step that the button asked for; a refusal leaves the text saved."""
        step = request.POST.get("_step")
        if step not in GuideStatus.values:
            return super().response_change(request, obj)
        to = GuideStatus(step)
        if not self._may_step(request, to):
            raise PermissionDenied
        self._step(request, obj, to)
        return HttpResponseRedirect(request.get_full_path())

    def _step(self, request: HttpRequest, guide: Guide, to: GuideStatus) -> bool:
        try:
            if to == GuideStatus.PUBLISHED:
                note = request.POST.get("_note", "")[:250]
                version = actions.publish(guide=guide, by=request.user, note=note)
                text = _("The public now reads version %(number)s of “%(guide)s”.")
                values = {"guide": guide, "number": version.number}
            else:
                actions.move(guide=guide, to=to)
                text = _("“%(guide)s” is now: %(status)s.")
                values = {"guide": guide, "status": to.label}
        except (actions.MoveRefused, actions.GuideIncomplete) as refusal:
            messages.error(request, f"{guide}: {refusal}")
            return False
        messages.success(request, text % values)
        return True

    @admin.action(description=_("Send to review"), permissions=["change"])
    def send_to_review(self, request: HttpRequest, queryset: Any) -> None:
        for guide in queryset:
            self._step(request, guide, GuideStatus.IN_REVIEW)

    @admin.action(description=_("Publish"), permissions=["publish"])
    def publish_chosen(self, request: HttpRequest, queryset: Any) -> None:
        done = sum(self._step(request, guide, GuideStatus.PUBLISHED) for guide in queryset)
        text = ngettext("%(count)d guide published.", "%(count)d guides published.", done)
        messages.info(request, text % {"count": done})
