"""Employers and offers in the back office, at ease with a million rows."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from careers.offers import actions, logos, wording
from careers.offers.admin_bulk import change_closing_day, publish_chosen, withdraw_chosen
from careers.offers.admin_filters import SOON, ClosingFilter, EmployerFilter, SourceFilter
from careers.offers.admin_forms import CompanyNumberField, JobOfferForm
from careers.offers.admin_pay import PayStatisticAdmin
from careers.offers.admin_reports import OfferReportAdmin
from careers.offers.company_numbers import clean as company_number
from careers.offers.enums import OFFER_MOVES, OfferStatus, ReportStatus
from careers.offers.forms import EmployerForm
from careers.offers.models import Employer, JobOffer, OfferLanguage, OfferPlace, OfferReport
from careers.offers.search import terms
from portal import words
from portal.admin import Queue, Table
from portal.large_lists import LargeModelAdmin, is_key
from portal.sources.models import Source

__all__ = ["EmployerAdmin", "JobOfferAdmin", "OfferReportAdmin", "PayStatisticAdmin"]


@admin.register(Employer)
class EmployerAdmin(LargeModelAdmin):
    form = EmployerForm
    list_display = ["name", "kind", "number_text", "municipality", "is_verified", "live_offers"]
    list_select_related = ["municipality"]
    search_fields = ["name", "company_number"]
    search_hint = _("Name or company number")
    ordering = ["sort_key", "pk"]
    autocomplete_fields = ["sector", "municipality"]
    prepopulated_fields = {"slug_fr": ["name"]}
    fieldsets = [
        (None, {"fields": ["name", "slug_fr", ("kind", "size"), "company_number"]}),
        (_("On its page"), {"fields": ["logo", "sector", "municipality", "website"]}),
        (_("Presentation"), {"fields": ["description_fr"]}),
        (_("Trust"), {"fields": [("is_verified", "is_example")]}),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Employer]:
        """With the number of live offers, counted for the rows that are shown alone."""
        live = JobOffer.objects.live().filter(employer=OuterRef("pk")).order_by()
        count = live.values("employer").annotate(count=Count("pk")).values("count")
        return super().get_queryset(request).annotate(live_count=Coalesce(Subquery(count), 0))

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        number = company_number(search_term)
        if is_key(number):
            return queryset.filter(company_number=number), False
        return super().get_search_results(request, queryset, search_term)

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest, **kwargs: Any
    ) -> forms.Field | None:
        if db_field.name == "company_number":
            kwargs["form_class"] = CompanyNumberField
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: Employer, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "logo" in form.changed_data:
            logos.forget(form.initial["logo"])

    def delete_model(self, request: HttpRequest, obj: Employer) -> None:
        super().delete_model(request, obj)
        logos.forget(obj.logo)

    @admin.display(description=_("company number"))
    def number_text(self, employer: Employer) -> str:
        return employer.company_number_text or "–"

    @admin.display(description=_("live offers"))
    def live_offers(self, employer: Any) -> int:
        return employer.live_count


class PlaceTable(Table):
    model = OfferPlace
    autocomplete_fields = ["municipality"]


class LanguageTable(Table):
    model = OfferLanguage


@admin.register(JobOffer)
class JobOfferAdmin(LargeModelAdmin):
    form = JobOfferForm
    list_display = ["title", "employer", "state", "closing", "source", "key"]
    list_display_links = ["title"]
    list_filter = ["status", ClosingFilter, EmployerFilter, SourceFilter]
    list_select_related = ["employer", "source"]
    list_defer = ["description", "profile", "title_terms", "body_terms"]
    search_fields = ["title", "reference"]
    search_hint = _("Words of the title, number, or reference at the source")
    ordering = ["-pk"]
    autocomplete_fields = ["employer", "user_sector", "profession", "source"]
    inlines = [PlaceTable, LanguageTable]
    actions = [publish_chosen, withdraw_chosen, change_closing_day]
    change_form_template = "admin/offers/joboffer/change_form.html"
    # Links of our own: the page of a draft is no public page.
    view_on_site = False
    # What an editor may ask for, with the words on the button.
    steps = {
        OfferStatus.IN_REVIEW: _("Save and send to review"),
        OfferStatus.DRAFT: _("Save and send back"),
        OfferStatus.PUBLISHED: _("Save and publish"),
        OfferStatus.FILLED: _("Save and mark as filled"),
        OfferStatus.WITHDRAWN: _("Save and withdraw"),
    }
    fieldsets = [
        (
            None,
            {"fields": ["title", "language", "profession", ("employer", "user_sector")]},
        ),
        (
            _("Work"),
            {
                "fields": [
                    ("contract", "working_time", "percentage"),
                    ("hours_pattern", "telework"),
                    ("starts_on", "posts"),
                    ("is_student_job", "is_open_to_minors"),
                ]
            },
        ),
        (
            _("Pay"),
            {
                "fields": [
                    ("pay_min", "pay_max", "pay_period"),
                    ("pay_is_gross", "pay_is_not_given"),
                    "benefits",
                ]
            },
        ),
        (_("Text"), {"fields": ["description", "profile"]}),
        (_("What is asked"), {"fields": [("experience", "study_level", "licence")]}),
        (_("Application"), {"fields": ["apply_by", "apply_url", "apply_email", "closes_on"]}),
        (_("Origin"), {"fields": [("source", "reference")], "classes": ["collapse"]}),
    ]

    @admin.display(description=_("status"))
    def state(self, offer: JobOffer) -> str:
        return str(_("closed")) if offer.is_expired else offer.get_status_display()

    @admin.display(description=_("closes on"))
    def closing(self, offer: JobOffer) -> str:
        return date_format(offer.closes_on, "SHORT_DATE_FORMAT")

    @admin.display(description=_("number"))
    def key(self, offer: JobOffer) -> str:
        return str(offer.pk)

    def get_queryset(self, request: HttpRequest) -> QuerySet[JobOffer]:
        offers = super().get_queryset(request)
        if request.resolver_match and request.resolver_match.url_name.endswith("_change"):
            return offers.select_related("employer", "profession", "source", "user_sector")
        return offers

    def get_ordering(self, request: HttpRequest) -> list[str]:
        """The newest first; by closing day where that is what is looked for."""
        by_day = {"soon": ["closes_on", "-number"], "over": ["-closes_on", "number"]}
        return by_day.get(request.GET.get(ClosingFilter.parameter_name, ""), list(self.ordering))

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """Offers by key, by reference, or with all the words in their title: all by index."""
        text = search_term.strip()[: words.LONGEST_QUERY]
        if not text:
            return queryset, False
        # One probe a source: the index of references begins with it.
        sources = list(Source.objects.values_list("pk", flat=True))
        found = Q(reference=text, source__in=sources)
        if is_key(text):
            found |= Q(pk=int(text))
        if wanted := terms.terms([text]):
            in_title = Q(title_terms__contains=wanted)
            published = Q(status=OfferStatus.PUBLISHED)
            found |= (in_title & published) | (in_title & ~published)
        return queryset.filter(found), False

    def queues(self, request: HttpRequest) -> list[Queue]:
        today = timezone.localdate()
        offers = JobOffer.objects.select_related("employer").defer(*self.list_defer)
        return [
            Queue(
                _("Offers to review"),
                offers.filter(status=OfferStatus.IN_REVIEW).order_by("pk"),
                f"status__exact={OfferStatus.IN_REVIEW}",
                is_urgent=True,
                note=lambda offer: offer.employer,
            ),
            Queue(
                _("Offers that close within 7 days"),
                offers.live()
                .filter(closes_on__lte=today + SOON)
                .order_by("closes_on", "-number", "-pk"),
                "closing=soon",
                note=lambda offer: offer.employer,
            ),
        ]

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("offers.publish_joboffer")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """A later closing day shows an offer that is over to the public again."""
        fields = [*super().get_readonly_fields(request, obj)]
        if obj and obj.is_expired and not self.has_publish_permission(request):
            fields.append("closes_on")
        return fields

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if offer := kwargs.get("obj"):
            context |= {
                "steps": self._open_steps(request, offer),
                "findings": self._findings(offer),
                # Ticked before: by the form that was refused, or before it was saved.
                "accepted": (request.POST or request.GET).getlist("_accept"),
                "page_url": _page_url(offer),
                "new_reports": OfferReport.objects.filter(
                    offer=offer, status=ReportStatus.NEW
                ).count(),
                "reports_url": reverse("admin:offers_offerreport_changelist")
                + f"?status__exact={ReportStatus.NEW}&q={offer.pk}",
                "show_save_and_add_another": False,
            }
        return super().render_change_form(request, context, *args, **kwargs)

    def _findings(self, offer: JobOffer) -> list[wording.Finding]:
        is_over = offer.status in {OfferStatus.FILLED, OfferStatus.WITHDRAWN}
        return [] if is_over else wording.check_offer(offer)

    def _open_steps(self, request: HttpRequest, offer: JobOffer) -> list[tuple[str, Any]]:
        return [
            (to.value, label)
            for to, label in self.steps.items()
            if (offer.status, to) in OFFER_MOVES and self._may_step(request, to)
        ]

    def _may_step(self, request: HttpRequest, to: OfferStatus) -> bool:
        """Showing an offer to the public or hiding it asks for the right to publish."""
        if to in {OfferStatus.PUBLISHED, OfferStatus.FILLED, OfferStatus.WITHDRAWN}:
            return self.has_publish_permission(request)
        return self.has_change_permission(request)

    def response_change(self, request: HttpRequest, obj: JobOffer) -> HttpResponse:
        """After saving, the step that the button asked for; a refusal leaves the text saved."""
        step = request.POST.get("_step")
        if step not in OfferStatus.values:
            return super().response_change(request, obj)
        to = OfferStatus(step)
        if not self._may_step(request, to):
            raise PermissionDenied
        try:
            self._step(request, obj, to)
        except actions.Refused as refusal:
            messages.error(request, f"{obj}: {refusal}")
            return HttpResponseRedirect(_back(request, request.POST.getlist("_accept")))
        text = _("“%(offer)s” is now: %(status)s.")
        messages.success(request, text % {"offer": obj, "status": to.label})
        return HttpResponseRedirect(_back(request))

    def _step(self, request: HttpRequest, offer: JobOffer, to: OfferStatus) -> None:
        """Do it; raises `actions.Refused`."""
        reasons = request.POST.get("_reasons", "")
        accepted = request.POST.getlist("_accept")
        does = {
            OfferStatus.IN_REVIEW: lambda: actions.submit(offer=offer),
            OfferStatus.DRAFT: lambda: actions.send_back(offer=offer, reasons=reasons),
            OfferStatus.PUBLISHED: lambda: actions.publish(offer=offer, accepted=accepted),
            OfferStatus.FILLED: lambda: actions.fill(offer=offer),
            OfferStatus.WITHDRAWN: lambda: actions.withdraw(offer=offer, reasons=reasons),
        }
        does[to]()


def _back(request: HttpRequest, accepted: Sequence[str] = ()) -> str:
    """The same page again, where these warnings are ticked."""
    query = request.GET.copy()
    query.setlist("_accept", accepted)
    return f"{request.path}{'?' if query else ''}{query.urlencode()}"


def _page_url(offer: JobOffer) -> str:
    """The page of the offer, which staff may see before the public does."""
    try:
        return offer.get_absolute_url()
    except NoReverseMatch:
        return ""
