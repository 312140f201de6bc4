"""Which part of a case something belongs to: what a joint review may share, by name."""

from enum import StrEnum


class Section(StrEnum):
    """One part of a case; `INTERNAL` is never shared (rules.md 4, joint reviews)."""

    FACTS_AND_FAMILY = "facts_and_family"
    SCOPING_RETURNS = "scoping_returns"
    MEETING = "meeting"
    CRITERIA_AND_DECISION = "criteria_and_decision"
    TERMS = "terms"
    AGENCY_REPORTS = "agency_reports"
    DRAFT_REPORT = "draft_report"
    PUBLICATION = "publication"
    ACTION_PLAN = "action_plan"
    INTERNAL = "internal"
