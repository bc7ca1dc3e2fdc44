"""What a result says: for the page, the PDF, the mail.

The findings are made once, when the result is first shown, and stored with the session; whoever
opens either link later reads the same. What-ifs are worked out anew each time and never stored.
"""

from quiz import counterfactual, findings, reading
from quiz.models import QuizSession
from quiz.shown import Result
from quiz.whatif import WhatIf

__all__ = ["Result", "imagined", "of", "stored"]


def of(session: QuizSession, wanted: str = "") -> Result:
    """The result of a finished main quiz in the language of the page: as stored, or stored now.

    `wanted`: slug of the one of `choices` that `change` is to be about. Costs one query where it
    is stored and nothing is wanted, besides the version of the content.
    """
    data = stored(session)
    change = counterfactual.wanted(session, data, wanted) if wanted else None
    return reading.read(data, change=change)


def imagined(session: QuizSession, whatif: WhatIf, wanted: str = "") -> Result:
    """The result if `whatif` were so; the gains are against the stored one. Nothing is stored.

    Where another version of the engine made that one, they are against what this one finds.
    """
    before = stored(session)
    data = findings.find(session, whatif)
    is_same = data["engine"] == before["engine"]
    usual = None if is_same else findings.find(session)["ranking"]
    change = counterfactual.wanted(session, data, wanted, whatif.weights) if wanted else None
    return reading.read(data, before=before, change=change, usual=usual)


def stored(session: QuizSession) -> findings.Findings:
    """The findings of a finished session as plain JSON, stored now if they were not."""
    return findings.stored(session, findings.find)
