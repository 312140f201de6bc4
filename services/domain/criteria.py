"""What partners must consider when deciding on a local review, in the guidance's two groups."""

from enum import StrEnum


class MustConsider(StrEnum):
    """What must be taken into account; all four are answered, none decides (DEC-01 to DEC-04)."""

    IMPROVEMENTS = "improvements"
    RECURRENT = "recurrent"
    WORKING_TOGETHER = "working_together"
    PANEL_PREFERS_LOCAL = "panel_prefers_local"


class HaveRegardTo(StrEnum):
    """What partners should have regard to; another weight, so another list (DEC-05 to DEC-08)."""

    SINGLE_AGENCY = "single_agency"
    NO_AGENCY = "no_agency"
    SEVERAL_AREAS = "several_areas"
    INSTITUTION = "institution"


class QualityQuestion(StrEnum):
    """The Panel's ten questions to a report (PUB-17)."""

    SCOPE = "scope"
    METHOD = "method"
    DAILY_LIFE = "daily_life"
    IDENTITY = "identity"
    INTERSECTION = "intersection"
    CONTEXT = "context"
    ANALYSIS = "analysis"
    LEARNING = "learning"
    STRUCTURE = "structure"
    IMPLICATIONS = "implications"
