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


class NotificationCriterion(StrEnum):
    """What makes an incident one to notify; a rapid review may find one not met (DEC-12, NOT-01).

    Abuse and harm are what the framework names of it (DEC-12). That the person is a child, and the
    area, are our reading of the duty to notify [inf: NOT-01, NOT-02].
    """

    ABUSE = "abuse"
    HARM = "harm"
    CHILD = "child"
    AREA = "area"


class InstitutionalSetting(StrEnum):
    """The settings that the framework calls institutional (DEC-09)."""

    CHILDRENS_HOME = "childrens_home"
    SECURE_CHILDRENS_HOME = "secure_childrens_home"
    OTHER_RESIDENTIAL = "other_residential"
    POLICE_CUSTODY = "police_custody"
    YOUNG_OFFENDER_INSTITUTION = "young_offender_institution"
    SECURE_TRAINING_CENTRE = "secure_training_centre"
    OTHER_CUSTODY = "other_custody"
    MENTAL_HEALTH_ACT = "mental_health_act"
    MENTAL_CAPACITY_ACT = "mental_capacity_act"
    OTHER_DETENTION = "other_detention"


class LearningSought(StrEnum):
    """What a local review may be for, besides running the rapid review again (DEC-13)."""

    NEW = "new"
    PERENNIAL = "perennial"
    IN_MORE_DETAIL = "in_more_detail"


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
