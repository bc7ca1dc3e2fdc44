"""The notice by which a person reports an offer."""

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from careers.offers import actions
from careers.offers.enums import OfferStatus
from careers.offers.forms import OfferReportForm
from careers.offers.models import JobOffer
from portal.fields import current_language
from portal.query import query_with

TOO_MANY = 429
SIGNER = Signer(salt="report of an offer")


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Take a notice about an offer, and give whoever sent it a reference."""
    offers = JobOffer.objects.for_public().exclude(status=OfferStatus.WITHDRAWN)
    offer = get_object_or_404(offers.select_related("employer"), pk=pk)
    here = reverse("offers:report", args=[offer.slug, offer.pk])
    if offer.slug != slug:
        return redirect(here, permanent=True)

    form = OfferReportForm(request.POST if request.method == "POST" else None)
    form.instance.offer = offer
    form.instance.language = current_language()
    too_many = False
    if form.is_bound and form.is_valid():
        if form.is_from_a_program:
            return redirect(offer)
        if ratelimit.consume(request, action="report_offer"):
            taken = actions.take_report(report=form.instance, is_told=_may_be_told(request, form))
            return redirect(here + query_with(None, sent=SIGNER.sign(taken.pk)))
        too_many = True
    context = {
        "offer": offer,
        "form": form,
        "reference": _reference(request.GET.get("sent", "")),
        "too_many": too_many,
    }
    return render(
        request, "careers/offers/report.html", context, status=TOO_MANY if too_many else 200
    )


def _may_be_told(request: HttpRequest, form: OfferReportForm) -> bool:
    """Whether one more message may go to the address: it may be a stranger's."""
    address = form.cleaned_data["email"].lower()
    return ratelimit.consume(request, action="report_offer_to", key=address)


def _reference(sent: str) -> str:
    """How both sides name the notice that was just sent: "S-1204"; "" without one."""
    try:
        return f"S-{SIGNER.unsign(sent)}"
    except BadSignature:
        return ""
