"""Valid words of what is logged before there is a referral."""

from typing import Any

from services.casework.steps.leads import DecideLead, LogLead
from tests.words import words_of


def log_lead(**but: Any) -> LogLead:
    """Return a lead of the partnership's own people: the local authority was not told yet."""
    usual = {"heard_at": "2025-12-11 09:00", "child": "Robin Example", "suspicion": "suspected"}
    return words_of(LogLead, but, **usual, has_conflict=False)


def decide_lead(**but: Any) -> DecideLead:
    """Return a decision that the lead is not to be notified."""
    return words_of(DecideLead, but, decision="not_to_be_notified")
