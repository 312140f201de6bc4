"""What is said of a lead: as it is logged, and as the local authority decides on it (NOT-08)."""

from pydantic import Field

from services.casework.commands import (
    Command,
    Day,
    KeepsConfidential,
    LongText,
    Moment,
    ShortText,
    YesNo,
)
from services.domain.incidents import Suspicion
from services.domain.leads import LeadDecision
from services.domain.subjects import CareStatus, Harm, Subject
from services.domain.working_days import london_date


class LogLead(Command):
    """Something heard that may have to be notified: who heard it, when, from whom, and what.

    It is logged before it is clear whether it is a serious incident. The local authority decides.
    """

    heard_at: Moment = Field(title="When was it heard?")
    heard_by: ShortText = Field(
        title="Who heard it?",
        description="Their post and team, for example the duty social worker.",
    )
    heard_from: ShortText = Field(
        title="From whom, or where?",
        description="For example a ward, the police, a school, the press.",
    )
    said: LongText = Field(title="What was heard, in a few words?")
    child: ShortText | None = Field(default=None, title="Which child is it about, if known?")
    born_on: Day | None = Field(default=None, title="The child's date of birth, if known")
    died: YesNo | None = Field(default=None, title="Has this child or young person died, if known?")
    statuses: tuple[CareStatus, ...] = Field(
        default=(),
        title="Care status with the local authority, if known",
        description="The death of a looked-after child or care leaver is notified of in any case.",
    )
    suspicion: Suspicion = Field(title="Is abuse or neglect known or suspected?")
    told_at: Moment | None = Field(
        default=None,
        title="When was the local authority told, if it was?",
        description="Its out-of-hours team counts. Where abuse or neglect is suspected, or a child "
        "in care died, its time to tell of it counts from this until it says itself when it was "
        "aware.",
    )
    has_conflict: YesNo = Field(title="Do you have any conflict of interest in this case?")
    particulars: LongText | None = Field(default=None, title="If so, what is it?")
    keeps_confidential: KeepsConfidential

    @property
    def subject(self) -> Subject:
        """Return the child as far as it is known: on the day it was heard of, and as harmed."""
        return Subject(
            incident_on=london_date(self.heard_at),
            harm=Harm.DEATH if self.died else Harm.SERIOUS_HARM,
            statuses=frozenset(self.statuses),
            born_on=self.born_on,
        )


class DecideLead(Command):
    """What becomes of the lead, with reasons; what may be notifiable is referred instead."""

    decision: LeadDecision = Field(title="What do you decide?")
    reasons: LongText = Field(
        title="Reasons",
        description="Against the definition: abuse or neglect known or suspected, and death or "
        "serious harm.",
    )
    safety: LongText = Field(
        title="What is done now to keep this child and other children safe?",
        description="The immediate action, by whom, and since when. It is asked for at once, "
        "whatever becomes of the lead.",
    )
    ask_again_on: Day | None = Field(
        default=None,
        title="If it waits, until which day?",
        description="You are asked again by this day. A clock that runs does not wait.",
    )
    not_in_care: LongText | None = Field(
        default=None,
        title="If a death in care was logged and there was none, how do you know?",
        description="Otherwise refer it: that death is notified of whatever else is decided.",
    )
