"""What a referral says of an incident by code: what happened, where, and what else is under way.

“Not known” is an answer wherever an agency may not know: a referral does not wait for it (NOT-16).
"""

from enum import StrEnum


class Suspicion(StrEnum):
    """Whether abuse or neglect is in question; “suspected” is enough (NOT-01)."""

    KNOWN = "known"
    SUSPECTED = "suspected"
    NEITHER = "neither"


class IncidentKind(StrEnum):
    """What is known or suspected to lie behind the incident; several may be true."""

    PHYSICAL_ABUSE = "physical_abuse"
    EMOTIONAL_ABUSE = "emotional_abuse"
    SEXUAL_ABUSE = "sexual_abuse"
    NEGLECT = "neglect"
    DOMESTIC_ABUSE = "domestic_abuse"
    EXTRA_FAMILIAL_HARM = "extra_familial_harm"
    ONLINE_HARM = "online_harm"
    INDUCED_ILLNESS = "induced_illness"
    SUICIDE_OR_SELF_HARM = "suicide_or_self_harm"
    UNEXPECTED_DEATH = "unexpected_death"
    OTHER = "other"
    NOT_KNOWN = "not_known"


class IncidentArea(StrEnum):
    """In whose area the child was harmed: the duty to notify hangs on it (NOT-01, NOT-02)."""

    OWN_AREA = "own_area"
    ELSEWHERE_IN_ENGLAND = "elsewhere_in_england"
    OUTSIDE_ENGLAND = "outside_england"
    NOT_KNOWN = "not_known"


class Impairment(StrEnum):
    """A kind of serious harm; any one is enough, and the list is not exhaustive (NOT-20, E-01)."""

    PHYSICAL_HEALTH = "physical_health"
    MENTAL_HEALTH = "mental_health"
    INTELLECTUAL = "intellectual"
    EMOTIONAL = "emotional"
    SOCIAL = "social"
    BEHAVIOURAL = "behavioural"
    OTHER = "other"


class Likelihood(StrEnum):
    """Whether long-term impairment is likely, even where it is not certain (NOT-21)."""

    LIKELY = "likely"
    NOT_LIKELY = "not_likely"
    NOT_KNOWN = "not_known"


class PoliceInvolvement(StrEnum):
    """How far the police are with the incident."""

    NONE = "none"
    INVESTIGATING = "investigating"
    CHARGED = "charged"
    CONCLUDED = "concluded"
    NOT_KNOWN = "not_known"


class CoronerInvolvement(StrEnum):
    """How far the coroner is with a death."""

    NO_DEATH = "no_death"
    NOT_TOLD = "not_told"
    TOLD = "told"
    INQUEST_OPEN = "inquest_open"
    CONCLUDED = "concluded"
    NOT_KNOWN = "not_known"


class MediaInterest(StrEnum):
    """Whether the incident is reported, or may be."""

    NONE = "none"
    POSSIBLE = "possible"
    REPORTED = "reported"
    NOT_KNOWN = "not_known"


class FamilyInformed(StrEnum):
    """Whether the family knows of the referral (NOT-17)."""

    YES = "yes"
    NOT_YET = "not_yet"
    NO = "no"
    NOT_KNOWN = "not_known"


class DiscussionEnd(StrEnum):
    """What an agency and the local authority agreed of whether to notify (NOT-10)."""

    TO_NOTIFY = "to_notify"
    NOT_TO_NOTIFY = "not_to_notify"
    TO_FIND_OUT_MORE = "to_find_out_more"
    NOT_AGREED = "not_agreed"


class Residence(StrEnum):
    """Where a child of an incident outside England normally lives (NOT-02)."""

    THIS_AREA = "this_area"
    ELSEWHERE = "elsewhere"
    NOT_KNOWN = "not_known"


def owes_notification(area: IncidentArea, residence: Residence | None) -> bool:
    """Tell whether notifying is this authority's duty: by where the child died or was harmed.

    Elsewhere in England it is the authority's there (NOT-01); outside England that of the area in
    which the child normally lives (NOT-02). What is not known is taken for our own.
    """
    if area is IncidentArea.OUTSIDE_ENGLAND:
        return residence is not Residence.ELSEWHERE
    return area is not IncidentArea.ELSEWHERE_IN_ENGLAND
