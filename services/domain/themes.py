"""The themes of a case, from one list, so that they can be counted over cases (EMB-10)."""

from enum import StrEnum


class Theme(StrEnum):
    """What a case teaches about: of the child, the family, the harm, or how agencies worked."""

    NEGLECT = "neglect"
    INFANT_INJURY = "infant_injury"
    SLEEP_OF_INFANTS = "sleep_of_infants"
    SEXUAL_ABUSE = "sexual_abuse"
    DOMESTIC_ABUSE = "domestic_abuse"
    PARENTAL_MENTAL_HEALTH = "parental_mental_health"
    PARENTAL_SUBSTANCE_USE = "parental_substance_use"
    CHILD_MENTAL_HEALTH = "child_mental_health"
    EXPLOITATION = "exploitation"
    ONLINE_HARM = "online_harm"
    DISABILITY = "disability"
    ETHNICITY_AND_CULTURE = "ethnicity_and_culture"
    POVERTY_AND_HOUSING = "poverty_and_housing"
    OUT_OF_SCHOOL = "out_of_school"
    IN_CARE_OR_LEAVING = "in_care_or_leaving"
    FATHERS_UNSEEN = "fathers_unseen"
    CHILD_UNHEARD = "child_unheard"
    INFORMATION_SHARING = "information_sharing"
    RISK_ASSESSMENT = "risk_assessment"
    THRESHOLDS = "thresholds"
    CHALLENGE_AND_CURIOSITY = "challenge_and_curiosity"
    SUPERVISION_AND_WORKLOAD = "supervision_and_workload"
    BETWEEN_AREAS = "between_areas"
