"""How the people of a family take part in a local review, and what stands against it (FAM-01)."""

from enum import StrEnum


class TakesPart(StrEnum):
    """Whether a person of the family is asked to take part in the review, and does."""

    INVITED = "invited"
    NOT_INVITED = "not_invited"
    NOT_ANY_MORE = "not_any_more"


class WhyNotInvolved(StrEnum):
    """Of which kind the reason is why somebody takes no part (FAM-10)."""

    RISK = "risk"
    PARALLEL_INVESTIGATION = "parallel_investigation"
    OWN_CHOICE = "own_choice"
    NOT_ABLE = "not_able"
    NOT_REACHED = "not_reached"
    NO_PART = "no_part"
    DIED = "died"


class SupportNeed(StrEnum):
    """What a person needs so that they can take part (FAM-02)."""

    INTERPRETER = "interpreter"
    DISABILITY = "disability"
    DOMESTIC_ABUSE = "domestic_abuse"
    CHILD_EXPERTISE = "child_expertise"
    OTHER_SUPPORT = "other_support"
    NO_SUPPORT = "no_support"


class FamilyMatter(StrEnum):
    """What somebody of the family is spoken to about."""

    FIRST_CONTACT = "first_contact"
    THEIR_VIEWS = "their_views"
    PUBLICATION = "publication"
    OTHER_MATTER = "other_matter"


class FamilyPaper(StrEnum):
    """What explains the review to somebody of the family (Docs 8 and 9)."""

    LETTER = "letter"
    LEAFLET = "leaflet"


class ContactWay(StrEnum):
    """How somebody of the family was reached; personally, whenever that is possible (FAM-08)."""

    IN_PERSON = "in_person"
    BY_TELEPHONE = "by_telephone"
    BY_VIDEO = "by_video"
    IN_WRITING = "in_writing"


class BesideEvent(StrEnum):
    """When a conversation took place, beside the learning event (FAM-09)."""

    BEFORE = "before"
    AFTER = "after"
    NO_EVENT = "no_event"


class RemarkAbout(StrEnum):
    """What a remark of somebody of the family on the draft is about (FAM-11)."""

    PERSONAL_DETAIL = "personal_detail"
    OTHER = "other"


class RemarkAnswer(StrEnum):
    """What becomes of a remark on the draft."""

    CORRECTED = "corrected"
    NOT_CORRECTED = "not_corrected"
    PASSED_ON = "passed_on"
