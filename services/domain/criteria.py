"""What partners must consider when deciding on a local review, in the guidance's two groups."""

from enum import StrEnum


class MustConsider(StrEnum):
    """What must be taken into account; all four are answered, none decides (DEC-01 to DEC-04)."""

    IMPROVEMENTS = "highlights improvements needed, including ones identified before"
    RECURRENT = "highlights recurrent themes"
    WORKING_TOGETHER = "raises concerns about how two or more agencies worked together"
    PANEL_PREFERS_LOCAL = "the Panel concluded that a local review may be more appropriate"


class HaveRegardTo(StrEnum):
    """What partners should have regard to; another weight, so another list (DEC-05 to DEC-08)."""

    SINGLE_AGENCY = "raises concern about the actions of a single agency"
    NO_AGENCY = "no agency was involved, and that is itself a concern"
    SEVERAL_AREAS = "more than one local authority, police or ICB area, or a family that moved"
    INSTITUTION = "may raise issues about safeguarding in an institutional setting"


class QualityQuestion(StrEnum):
    """The Panel's ten questions to a report (PUB-17)."""

    SCOPE = "the rationale for the scope, its focus and key lines of enquiry are clear"
    METHOD = "the method fits and is explained"
    DAILY_LIFE = "the child's daily life comes through"
    IDENTITY = "race, ethnicity, disability and discrimination are considered"
    INTERSECTION = "how these come together is considered"
    CONTEXT = "the context in which people worked is described"
    ANALYSIS = "the analysis goes deep enough to say why"
    LEARNING = "learning, recommendations and plans follow from it"
    STRUCTURE = "it is timely, well structured, independent and of a fitting length"
    IMPLICATIONS = "local and national implications are drawn"
