"""What an editor does to a guide that touches more than one row."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.professions.enums import GUIDE_MOVES, GuideStatus
from careers.professions.models import Guide, GuideVersion
from careers.professions.snapshot import take
from portal.accounts.models import User


class MoveRefused(Exception):
    """The guide's status does not allow this step; the message is for people."""


class GuideIncomplete(Exception):
    """The guide lacks what a page cannot do without; the message is for people."""


def _lock(guide: Guide) -> Guide:
    return (
        Guide.objects.select_for_update(of=["self"]).select_related("profession").get(pk=guide.pk)
    )


@transaction.atomic
def publish(*, guide: Guide, by: User | None = None, note: str = "") -> GuideVersion:
    """Freeze the rows as a new version and show it to the public.

    A published guide may be published again. Raises `MoveRefused` or `GuideIncomplete`.
    """
    guide = _lock(guide)
    if (
        guide.status != GuideStatus.PUBLISHED
        and (guide.status, GuideStatus.PUBLISHED) not in GUIDE_MOVES
    ):
        raise MoveRefused(_("An archived guide becomes a draft first."))
    guide.published_on = guide.published_on or timezone.localdate()
    snapshot = take(guide)
    if not (snapshot["tagline"].get("fr") and snapshot["introduction"].get("fr")):
        raise GuideIncomplete(_("A guide needs a tagline and an introduction in French."))
    last = guide.versions.order_by("-number").first()
    version = GuideVersion.objects.create(
        guide=guide,
        number=last.number + 1 if last else 1,
        snapshot=snapshot,
        author=by,
        note=note,
    )
    guide.published_version = version
    guide.status = GuideStatus.PUBLISHED
    guide.save()
    return version


@transaction.atomic
def move(*, guide: Guide, to: GuideStatus) -> Guide:
    """Change the status of a guide by an allowed move other than publishing."""
    guide = _lock(guide)
    if to == GuideStatus.PUBLISHED or (guide.status, to) not in GUIDE_MOVES:
        raise MoveRefused(
            _("This guide cannot go from “%(before)s” to “%(after)s”.")
            % {"before": guide.get_status_display(), "after": to.label}
        )
    guide.status = to
    guide.save()
    return guide
