"""Joint reviews: who takes part and how, who leads, what is shown (rules.md 4, RR-28, RR-29)."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from services.domain.clocks.policy import PartnershipPolicy
from services.domain.clocks.versions import LeadArea
from services.domain.entry_types import Section
from services.domain.errors import RuleBroken
from services.domain.identifiers import PartnershipId
from services.domain.labels import label
from services.domain.parties import Party
from services.domain.sign_off import SignOffMatter
from services.domain.working_days import LONDON, london_date

LONGEST_GRANT: Final = timedelta(days=400)


class JointPart(StrEnum):
    """How a joining partnership takes part; each part holds all that the parts before it hold."""

    CONSULTED = "consulted"
    CONTRIBUTING = "contributing"
    JOINTLY_DECIDING = "jointly_deciding"
    JOINTLY_PUBLISHING = "jointly_publishing"

    def holds(self, part: "JointPart") -> bool:
        """Tell whether this part holds all that the other one does."""
        ranked = list(JointPart)
        return ranked.index(self) >= ranked.index(part)


class Published(StrEnum):
    """What each publisher does at its own address: the text is sent ahead, then published."""

    SENT = "sent"
    PUBLISHED = "published"


class CommentAnswer(StrEnum):
    """What the partnership that leads does with a comment of another one."""

    TAKEN_UP = "taken_up"
    NOT_TAKEN_UP = "not_taken_up"


class JointAnswer(StrEnum):
    """What the other side may answer to an invitation."""

    ACCEPTED = "accepted"
    ASKED = "asked"
    DECLINED = "declined"


SHAREABLE: Final = tuple(section for section in Section if section is not Section.INTERNAL)

DECIDED_WITH: Final[Mapping[SignOffMatter, JointPart]] = {
    SignOffMatter.RAPID_REVIEW: JointPart.JOINTLY_DECIDING,
    SignOffMatter.TERMS_OF_REFERENCE: JointPart.JOINTLY_DECIDING,
    SignOffMatter.RECOMMENDATIONS: JointPart.JOINTLY_DECIDING,
    SignOffMatter.INTERIM_LEARNING: JointPart.JOINTLY_DECIDING,
    SignOffMatter.REPORT: JointPart.JOINTLY_DECIDING,
    SignOffMatter.PUBLICATION: JointPart.JOINTLY_PUBLISHING,
}
"""What is signed jointly, and from which part on; each partnership signs its own action plan."""

ASKS_AGENCIES: Final = JointPart.CONTRIBUTING
"""From which part on a partnership asks agencies of its own for returns and reports."""

READ_TO_SIGN: Final[Mapping[SignOffMatter, frozenset[Section]]] = {
    SignOffMatter.RAPID_REVIEW: frozenset(
        {Section.FACTS_AND_FAMILY, Section.CRITERIA_AND_DECISION}
    ),
    SignOffMatter.TERMS_OF_REFERENCE: frozenset({Section.TERMS}),
    SignOffMatter.RECOMMENDATIONS: frozenset({Section.DRAFT_REPORT}),
    SignOffMatter.INTERIM_LEARNING: frozenset({Section.DRAFT_REPORT}),
    SignOffMatter.REPORT: frozenset({Section.DRAFT_REPORT}),
    SignOffMatter.PUBLICATION: frozenset({Section.PUBLICATION, Section.DRAFT_REPORT}),
}
"""What a party must be able to read before it is asked to sign."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JointMember:
    """One partnership in a joint review, with the seats that decide for it."""

    partnership_id: PartnershipId
    part: JointPart
    parties: tuple[Party, ...]
    is_lead: bool = False

    @property
    def publishes(self) -> bool:
        """Tell whether it publishes at its own address: the lead, and who publishes jointly."""
        return self.is_lead or self.part.holds(JointPart.JOINTLY_PUBLISHING)


def joint_parties(members: Iterable[JointMember], matter: SignOffMatter) -> tuple[Party, ...]:
    """Return every party that must sign the matter, the lead's first."""
    needed = DECIDED_WITH[matter]
    deciding = [one for one in members if one.is_lead or one.part.holds(needed)]
    deciding.sort(key=lambda one: (not one.is_lead, one.partnership_id))
    return tuple(party for member in deciding for party in member.parties)


def preselected_lead(residence: PartnershipId, incident: PartnershipId) -> PartnershipId | None:
    """Return the partnership that leads unless agreed otherwise; none where the two areas differ.

    The framework says usual residence, the Panel's later FAQ the area of the incident (RR-28,
    rules.md 5B). From which day the default moved is no law but our reading, which the policy
    fixes; so where the areas differ both are shown with their source, and people choose.
    """
    return residence if residence == incident else None


def area_by_rule(incident_on: date, policy: PartnershipPolicy) -> LeadArea:
    """Return which area the rule of that day names, to be shown beside the choice (RR-28)."""
    return policy.lead_area(incident_on)


def must_be_shareable(sections: Collection[Section], part: JointPart) -> None:
    """Refuse a grant of nothing, of what is internal, or of too little for the part."""
    if not sections:
        raise RuleBroken("Choose at least one section to share.")
    if Section.INTERNAL in sections:
        raise RuleBroken("What is internal to a partnership is never shared.")
    lacking = needed_sections(part) - set(sections)
    if lacking:
        named = ", ".join(label(one) for one in SHAREABLE if one in lacking)
        raise RuleBroken(
            f"A partnership that is {label(part)} signs what it can read: share also {named}."
        )


def needed_sections(part: JointPart) -> frozenset[Section]:
    """Return what a partnership of this part must be able to read to sign what it decides."""
    signed = [READ_TO_SIGN[matter] for matter, least in DECIDED_WITH.items() if part.holds(least)]
    return frozenset(section for sections in signed for section in sections)


def must_end_in_time(from_on: date, ends_on: date) -> None:
    """Refuse a grant that ends before it begins, or lasts longer than 400 days."""
    if not from_on <= ends_on <= from_on + LONGEST_GRANT:
        latest = from_on + LONGEST_GRANT
        raise RuleBroken(
            f"Sharing ends on a day from {from_on:%-d %B %Y} to {latest:%-d %B %Y}; "
            "two people extend it when it is needed for longer."
        )


def end_of(day: date) -> datetime:
    """Return the moment at which the day is over in England."""
    return datetime.combine(day + timedelta(days=1), time.min, LONDON)


def last_day_before(moment: datetime) -> date:
    """Return the last whole day in England on which something held that ends at the moment."""
    return london_date(moment - timedelta(seconds=1))


def under_new_lead(
    members: Sequence[JointMember], new_lead: PartnershipId
) -> tuple[JointMember, ...]:
    """Return the members under another lead; the old lead goes on as jointly publishing.

    National due dates and signatures are rows that stay as they are (rules.md 4).
    Raises RuleBroken for a partnership that does not take part, or leads already.
    """
    named = [one for one in members if one.partnership_id == new_lead]
    if not named or named[0].is_lead:
        raise RuleBroken("The new lead is a partnership that takes part already.")
    return tuple(
        replace(
            one,
            is_lead=one.partnership_id == new_lead,
            part=JointPart.JOINTLY_PUBLISHING
            if one.is_lead or one.partnership_id == new_lead
            else one.part,
        )
        for one in members
    )
