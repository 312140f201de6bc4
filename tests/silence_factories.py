"""Valid commands about an agency that does not answer."""

from typing import Any
from uuid import UUID

from services.casework.steps.scoping.extension import ExtendDay
from services.casework.steps.scoping.silence import (
    ActFormally,
    PutSilenceToPartners,
    ReachStrategicLead,
    ReferSilence,
)
from services.domain.agency_requests import Asked
from tests.words import words_of

LATER = "2026-01-08"  # the last day of the first scenario's rapid review (K10)


def extend_day(agency: UUID, **but: Any) -> ExtendDay:
    usual = {"agency": agency, "asked": Asked.SCOPING_RETURN, "new_day": LATER}
    return words_of(ExtendDay, but, **usual)


def refer_silence(agency: UUID, **but: Any) -> ReferSilence:
    return words_of(ReferSilence, but, **_usual(agency))


def reach_strategic_lead(agency: UUID, **but: Any) -> ReachStrategicLead:
    return words_of(ReachStrategicLead, but, **_usual(agency))


def put_silence_to_partners(agency: UUID, **but: Any) -> PutSilenceToPartners:
    return words_of(PutSilenceToPartners, but, **_usual(agency))


def act_formally(agency: UUID, **but: Any) -> ActFormally:
    return words_of(ActFormally, but, **_usual(agency))


def _usual(agency: UUID) -> dict[str, Any]:
    return {"agency": agency, "asked": Asked.SCOPING_RETURN, "by_when": LATER}
