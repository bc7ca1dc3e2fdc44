"""The moderation queue: what people report of offers, oldest first, and the decision."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

from careers.offers import actions
from careers.offers.enums import ReportReason, ReportStatus
from careers.offers.models import OfferReport
from careers.offers.search import terms
from portal import words
from portal.admin import Queue
from portal.large_lists import LargeModelAdmin, is_key

EXCERPT = 120  # words
FROM_OUTSIDE = ["offer", "reason", "explanation", "name", "email"]


@admin.register(OfferReport)
class OfferReportAdmin(LargeModelAdmin):
    """A report may also be written down here: some come by letter or telephone."""

    list_display = ["reason", "offer", "explanation_start", "age", "status"]
    list_filter = ["status"]
    list_select_related = ["offer"]
    list_defer = ["offer__description", "offer__profile", "offer__title_terms", "offer__body_terms"]
    search_fields = ["reason", "email"]
    search_hint = _("Reason, number or title of the offer, e-mail address")
    ordering = ["status", "created_at", "pk"]
    autocomplete_fields = ["offer"]
    change_form_template = "admin/offers/offerreport/change_form.html"

    @admin.display(description=_("explanation"))
    def explanation_start(self, report: OfferReport) -> str:
        return Truncator(report.explanation).words(20) or "–"

    @admin.display(description=_("age"))
    def age(self, report: OfferReport) -> str:
        return timesince(report.created_at)

    @admin.display(description=_("job offer"))
    def offer_excerpt(self, report: OfferReport) -> str:
        offer = report.offer
        return format_html(
            '<p><a href="{}">{}</a> <span class="badge badge-{}">{}</span></p>'
            '<p>{}</p><p lang="{}">{}</p>',
            reverse("admin:offers_joboffer_change", args=[offer.pk]),
            offer.title,
            offer.status,
            offer.get_status_display(),
            offer.employer,
            offer.language,
            Truncator(offer.description).words(EXCERPT),
        )

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("offer__employer", "decided_by")

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        text = search_term.strip()[: words.LONGEST_QUERY]
        if not text:
            return queryset, False
        folded = words.fold(text)
        reasons = [value for value, label in ReportReason.choices if folded in words.fold(label)]
        found = Q(reason__in=reasons) | Q(email__iexact=text)
        if is_key(text):
            found |= Q(offer_id=int(text))
        if wanted := terms.terms([text]):
            found |= Q(offer__title_terms__contains=wanted)
        return queryset.filter(found), False

    def get_fieldsets(self, request: HttpRequest, obj: OfferReport | None = None) -> list[Any]:
        if obj is None:
            return [(None, {"fields": FROM_OUTSIDE})]
        told = ["offer_excerpt", "reason", "explanation", "name", "email", "created_at"]
        decided = ["status", "decision", "decided_by", "decided_at"]
        return [
            (_("Report"), {"fields": told}),
            (_("Decision"), {"fields": ["decision"] if _is_new(obj) else decided}),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: OfferReport | None = None) -> Any:
        if obj is None:
            return []
        told = ["offer_excerpt", "reason", "explanation", "name", "email", "created_at"]
        decided = ["status", "decided_by", "decided_at"]
        return [*told, *decided] if _is_new(obj) else [*told, *decided, "decision"]

    def queues(self, request: HttpRequest) -> list[Queue]:
        new = OfferReport.objects.filter(status=ReportStatus.NEW).select_related("offer")
        return [
            Queue(
                _("Reports of offers"),
                new.defer(*self.list_defer).order_by("created_at", "pk"),
                f"status__exact={ReportStatus.NEW}",
                is_urgent=True,
            )
        ]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        report = kwargs.get("obj")
        context["may_decide"] = bool(report and _is_new(report) and self._may_decide(request))
        if report:
            context |= {"show_save_and_add_another": False, "show_save": _is_new(report)}
        return super().render_change_form(request, context, *args, **kwargs)

    def _may_decide(self, request: HttpRequest) -> bool:
        """A decision may hide an offer from the public."""
        return request.user.has_perm("offers.publish_joboffer") and self.has_change_permission(
            request
        )

    def response_change(self, request: HttpRequest, obj: OfferReport) -> HttpResponse:
        """After saving the reasons, the decision that the button asked for."""
        decision = request.POST.get("_decide")
        if decision not in {ReportStatus.UPHELD, ReportStatus.REJECTED}:
            return super().response_change(request, obj)
        if not self._may_decide(request):
            raise PermissionDenied
        try:
            actions.decide_report(
                report=obj,
                is_upheld=decision == ReportStatus.UPHELD,
                reasons=obj.decision,
                by=request.user,
            )
        except actions.Refused as refusal:
            messages.error(request, str(refusal))
            return HttpResponseRedirect(request.get_full_path())
        messages.success(request, _("The decision is written down."))
        return HttpResponseRedirect(f"{self.list_url}?status__exact={ReportStatus.NEW}")


def _is_new(report: OfferReport) -> bool:
    return report.status == ReportStatus.NEW
