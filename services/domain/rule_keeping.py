"""What keeps a rule of the framework, and the piece of work that is to keep it."""

from enum import StrEnum


class RuleKeeping(StrEnum):
    """What keeps a rule: code that refuses otherwise, a required question, a made document ..."""

    CODE = "code"
    FORM = "form"
    DOCUMENT = "document"
    PROMPT = "prompt"
    PARTLY = "partly"
    NOT_YET = "not_yet"
    NOT_FOR_A_SYSTEM = "not_for_a_system"

    @property
    def is_kept(self) -> bool:
        """Tell whether the product keeps the whole rule."""
        return self in {self.CODE, self.FORM, self.DOCUMENT, self.PROMPT}


class PlannedWork(StrEnum):
    """The piece of work that is to keep what is not kept yet."""

    RAPID_REVIEW = "rapid_review"
    RUNNING = "running"
    LOCAL_REVIEW = "local_review"
