"""The questions of the form by which a new version of the policy is proposed (5A)."""

from typing import Annotated, Final

from pydantic import Field

from services.casework.commands import Day, Rows, ShortText, Under, Without, YesNo
from services.casework.local_guides_form import GuideRows
from services.casework.own_words_form import OwnWordRows
from services.casework.policies import RaisePolicy
from services.casework.policy_rows import ClosedDay, OtherWay, OwnStep, WarningDay, WaySent
from services.domain.briefings import SharingWay
from services.domain.clocks.extra import LONGEST
from services.domain.clocks.policy import COUNTED_IN_DAYS, CdopRelease
from services.domain.clocks.request_policy import (
    ACKNOWLEDGED_WITHIN,
    FURTHER_MONTHS,
    LONGEST_ANSWER,
    WORKING_DAYS,
)
from services.domain.clocks.rules import ClockId

_NOT_IN_DAYS: Final = tuple(one for one in ClockId if one not in COUNTED_IN_DAYS)


class ProposePolicy(RaisePolicy):
    """A new version of the policy. National limits may be made shorter, never longer (5A)."""

    name: ShortText = Field(title="Name of the policy")
    version: ShortText = Field(
        title="Version", description="Another than the one in force, for example 2027-04."
    )
    k1: Annotated[int, Under("National limits, which may be tightened")] = Field(
        title="Notify the Panel: working days, at most 5 (K1)", ge=1, le=5
    )
    k2: int = Field(title="Tell the safeguarding partners: working days, at most 5 (K2)", ge=1)
    k3: int = Field(title="Death of a looked-after child: working days, at most 5 (K3)", ge=1)
    k3b: int = Field(title="Death of a care leaver: working days, at most 5 (K3b)", ge=1)
    k10: int = Field(title="Submit the rapid review: working days, at most 15 (K10)", ge=1)
    k11: int = Field(title="Publish the local review: months, at most 6 (K11)", ge=1)
    k12: int = Field(title="Send before publication: working days, at least 7 (K12)", ge=1)
    k13: int = Field(title="Keep the report available: years, at least 1 (K13)", ge=1)
    clear_days: YesNo = Field(title="Does the notice before publication count clear days?")
    other_ways: Annotated[tuple[OtherWay, ...], Rows(2, "limit")] = Field(
        default=(),
        title="National limits that are counted otherwise",
        description="Taken only where the day can never be later than the national one; else it is "
        "kept beside it as a step of your own.",
    )
    k4: Annotated[int, Under("Local limits")] = Field(
        title="Email the partners and set the meeting: days (K4)", ge=0
    )
    k5: int = Field(title="Send the scoping forms: days (K5)", ge=0)
    k6: int = Field(title="Scoping forms come back: days (K6)", ge=0)
    window_opens: int = Field(title="The meeting is held from working day (K7)", ge=1)
    window_closes: int = Field(title="The meeting is held by working day (K7)", ge=1)
    k8: int = Field(title="Record and letter after the meeting: days (K8)", ge=0)
    k9: int = Field(title="The chair is told after the meeting: days (K9)", ge=0)
    calendar_days: Annotated[tuple[ClockId, ...], Without(_NOT_IN_DAYS)] = Field(
        default=(), title="Which of these count calendar days and not working days?"
    )
    closed_days: Annotated[tuple[ClosedDay, ...], Rows(3, "day")] = Field(
        default=(), title="Days on which you are closed"
    )
    steps: Annotated[tuple[OwnStep, ...], Rows(3, "step"), Under("Steps of your own")] = Field(
        default=(), title="Steps for which you set a time yourselves"
    )
    panel_answer_within: int | None = Field(
        default=None, title="The Panel's answer is expected within: working days", ge=0, le=LONGEST
    )
    warnings: Annotated[
        tuple[WarningDay, ...], Rows(3, "warning"), Under("When people are warned")
    ] = Field(
        default=(),
        title="Limits of which people are warned on other days than usual",
        description="One row for each day. Of a limit without a row people are warned as usual.",
    )
    ways: Annotated[tuple[WaySent, ...], Rows(2, "document"), Under("How documents leave")] = Field(
        default=(),
        title="Documents that leave for the national bodies in fewer ways, or first in another",
        description="Only ways that are allowed for them nationally. Sending by hand always stays.",
    )
    is_controller: Annotated[YesNo, Under("Requests for information")] = Field(
        title="Does the partnership answer requests itself, as public authority or controller?"
    )
    further_months: int = Field(
        title="Subject access may take longer by at most: months (the law allows 2)",
        ge=0,
        le=FURTHER_MONTHS,
    )
    freedom_of_information_days: int = Field(
        title="Freedom of information is answered within: working days (the law: 20)",
        ge=1,
        le=WORKING_DAYS,
    )
    further_days: int = Field(
        title="The public interest is weighed for at most: working days", ge=0, le=WORKING_DAYS
    )
    complaint_acknowledged_within: int = Field(
        title="A complaint about personal data is acknowledged within: days (the law: 30)",
        ge=1,
        le=ACKNOWLEDGED_WITHIN,
    )
    complaint_answered_within: int = Field(
        title="A complaint about personal data is answered within: working days",
        ge=1,
        le=LONGEST_ANSWER,
    )
    scrutineer_copied: Annotated[YesNo, Under("Who is told, and where learning is found")] = Field(
        title="Is the independent scrutineer told of each notification as the partners are?",
        description="By the same email, which tells nothing of a family.",
    )
    sharing_formats: Annotated[tuple[SharingWay, ...], Without((SharingWay.OTHER,))] = Field(
        default=(),
        title="In which ways is learning shared in any case?",
        description="Every plan of sharing then has each of them.",
    )
    website: ShortText | None = Field(
        default=None,
        title="At which website does the partnership publish?",
        description="For example https://safeguarding.example.gov.uk/reviews. The notice before "
        "publication names it.",
    )
    retention_years: Annotated[int, Under("Other choices")] = Field(
        title="Records are kept for: years", ge=1
    )
    dissent_days: int = Field(title="A disagreement is resolved within: working days", ge=1)
    next_on_duty_after: int = Field(title="The next on duty is called after: hours", ge=1)
    draft_days: int = Field(title="Drafts are kept for: days", ge=1)
    plan_reviewed_every: int | None = Field(
        default=None, title="An action plan is reviewed every: months (EMB-04)", ge=1
    )
    trends_reviewed_every: int | None = Field(
        default=None, title="The review group looks at the trends every: months (EMB-10)", ge=1
    )
    yearly_report_from: int | None = Field(
        default=None,
        title="The year of the yearly report begins with month",
        description="1 for January, and so on. Leave it empty for April.",
        ge=1,
        le=12,
    )
    review_group_chair_chairs: YesNo = Field(
        title="Does only the chair of the review group chair the meeting (RR-48)?"
    )
    presented_before_publication: YesNo = Field(
        title="Is a report presented to the partners before it is published (GOV-18)?"
    )
    fifth_key_line: YesNo = Field(
        title="May a fifth key line of enquiry stand, with its reason (LC-07)?"
    )
    hold_until_scanned: YesNo = Field(title="Are files held until a scanner has looked at them?")
    cdop_release: CdopRelease = Field(title="When may the child death overview panel finish?")
    lead_area_moved: Day = Field(
        title="From which day of an incident does the area of the incident lead (RR-28)?"
    )
    withdrawals_since: Day | None = Field(
        default=None, title="From which day may a notification be withdrawn with the Panel?"
    )
    own_words: OwnWordRows = ()
    guides: GuideRows = ()
