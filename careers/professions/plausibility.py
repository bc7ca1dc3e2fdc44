"""Values of a profile that an editor should look at twice. A doubt is no error."""

from collections.abc import Sequence
from math import dist

from django.db.models import Avg, Count, Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careers.professions.models import (
    INTERESTS,
    TAG_THRESHOLD,
    InterestProfile,
    Profession,
    ProfessionCriterion,
)

# Points between the strongest and the weakest interest (of 1 to 7) below which all are alike.
FLAT = 2.0
# How far the strongest interest lies below that of the sector, in points.
UNLIKE_SECTOR = 3.0
SECTOR_LEAST = 3  # other professions, to speak of a typical one
# Euclidean distance of the six interests from the mean of the same ISCO-08 minor group. Of the
# professions that ship, 4 in 100 are farther away.
UNLIKE_SIBLINGS = 4.0
# Mean difference of the criteria (0 to 100) from those of the same group; 2 in 100 are over it.
UNLIKE_CRITERIA = 25.0
CHIPS = range(3, 17)
MINOR_GROUP = 3  # digits


def doubts(profession: Profession) -> list[str]:
    """What is odd in the interests and criteria, in sentences. Costs three queries at most."""
    profile = InterestProfile.objects.filter(profession=profession).first()
    found = _of_interests(profession, profile.values) if profile else []
    return found + _of_criteria(profession)


def _of_interests(profession: Profession, values: Sequence[float]) -> list[str]:
    sector, siblings = _means(profession)
    found = []
    if max(values) - min(values) < FLAT:
        found.append(_("The six interests are nearly alike: such a profile matches nobody."))
    if sector and _contradicts(values, sector):
        texts = {
            "own": _label(values.index(max(values))),
            "typical": _label(sector.index(max(sector))),
        }
        text = _("Strongest is %(own)s, which is weak in this sector; typical is %(typical)s.")
        found.append(text % texts)
    if siblings and (distance := dist(values, siblings)) > UNLIKE_SIBLINGS:
        text = _(
            "The interests lie %(distance).1f points from those of the same ISCO-08 group"
            " (%(group)s); over %(most).0f is rare."
        )
        group = profession.isco08[:MINOR_GROUP]
        found.append(text % {"distance": distance, "group": group, "most": UNLIKE_SIBLINGS})
    return found


def _contradicts(values: Sequence[float], typical: Sequence[float]) -> bool:
    """Whether the strongest interest is one of the sector's two weakest, and far below its top."""
    strongest = typical[values.index(max(values))]
    is_weak = sum(value > strongest for value in typical) >= len(INTERESTS) - 2
    return is_weak and max(typical) - strongest >= UNLIKE_SECTOR


def _label(index: int) -> str:
    return str(InterestProfile._meta.get_field(INTERESTS[index]).verbose_name)


def _means(profession: Profession) -> tuple[list[float], list[float]]:
    """The mean profile of the sector and that of the ISCO-08 group; empty where too few."""
    in_sector = Q(profession__sector=profession.sector_id)
    in_group = Q(profession__isco08__startswith=profession.isco08[:MINOR_GROUP])
    others = InterestProfile.objects.exclude(profession=profession)
    means = others.aggregate(
        sector=Count("pk", filter=in_sector),
        group=Count("pk", filter=in_group),
        **{f"sector_{name}": Avg(name, filter=in_sector) for name in INTERESTS},
        **{f"group_{name}": Avg(name, filter=in_group) for name in INTERESTS},
    )

    def of(which: str, least: int) -> list[float]:
        is_known = means[which] >= least
        return [float(means[f"{which}_{name}"]) for name in INTERESTS] if is_known else []

    return of("sector", SECTOR_LEAST), of("group", 1) if profession.isco08 else []


def _of_criteria(profession: Profession) -> list[str]:
    is_own = Q(profession=profession)
    wanted = is_own
    if profession.isco08:
        wanted |= Q(profession__isco08__startswith=profession.isco08[:MINOR_GROUP])
    lines = (
        ProfessionCriterion.objects.filter(wanted)
        .values("criterion")
        .annotate(own=Max("value", filter=is_own), others=Avg("value", filter=~is_own))
    )
    pairs = [(line["own"], line["others"]) for line in lines if line["own"] is not None]
    found = []
    chips = sum(own >= TAG_THRESHOLD for own, _others in pairs)
    if pairs and chips not in CHIPS:
        text = ngettext(
            "%(count)d criterion is a chip; usual are %(least)d to %(most)d.",
            "%(count)d criteria are chips; usual are %(least)d to %(most)d.",
            chips,
        )
        found.append(text % {"count": chips, "least": CHIPS[0], "most": CHIPS[-1]})
    gaps = [abs(own - float(others)) for own, others in pairs if others is not None]
    if gaps and (gap := sum(gaps) / len(gaps)) > UNLIKE_CRITERIA:
        text = _(
            "The criteria differ by %(gap).0f points on average from those of the same ISCO-08"
            " group; over %(most).0f is rare."
        )
        found.append(text % {"gap": gap, "most": UNLIKE_CRITERIA})
    return found
