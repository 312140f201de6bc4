"""What a partnership chose for requests for information, within what the law fixes."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Final

from services.domain.errors import AnswerRefused, OutsidePolicy
from services.domain.json_values import named_values, whole_number, yes_or_no

MONTH: Final = 1
FURTHER_MONTHS: Final = 2
WORKING_DAYS: Final = 20
ACKNOWLEDGED_WITHIN: Final = 30
LONGEST_ANSWER: Final = 60
FIELD: Final = "information_requests"


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestPolicy:
    """What a partnership chose for requests: what the law fixes is tightened and never loosened.

    ``is_controller`` says that the partnership is itself the public authority or the controller, so
    that it answers requests of its own. ``further_days`` of a request under the Freedom of
    Information Act are those that the Information Commissioner expects at most where the public
    interest is weighed. In how many working days a complaint is answered no law says.
    """

    subject_access_months: int = MONTH
    further_months: int = FURTHER_MONTHS
    freedom_of_information_days: int = WORKING_DAYS
    further_days: int = WORKING_DAYS
    complaint_acknowledged_within: int = ACKNOWLEDGED_WITHIN
    complaint_answered_within: int = WORKING_DAYS
    is_controller: bool = False

    def must_make_sense(self, policy: str) -> None:
        """Refuse what would loosen the law, or could not be counted."""
        limits = (
            ("subject_access_months", 1, MONTH),
            ("further_months", 0, FURTHER_MONTHS),
            ("freedom_of_information_days", 1, WORKING_DAYS),
            ("further_days", 0, WORKING_DAYS),
            ("complaint_acknowledged_within", 1, ACKNOWLEDGED_WITHIN),
            ("complaint_answered_within", 1, LONGEST_ANSWER),
        )
        for name, least, most in limits:
            if not least <= getattr(self, name) <= most:
                raise OutsidePolicy(f"{policy}: {FIELD} {name} is from {least} to {most}.")

    def as_json(self) -> dict[str, object]:
        """Write it so that `request_policy_from_json` reads the same back."""
        return asdict(self)


def request_policy_from_json(told: object) -> RequestPolicy:
    """Read what was chosen from its JSON; what is left out is as in the default."""
    said: Mapping[str, object] = named_values(FIELD, told)
    known = [one.name for one in fields(RequestPolicy)]
    unknown = sorted(set(said) - set(known))
    if unknown:
        raise AnswerRefused(FIELD, f"{FIELD} has no {unknown[0]!r}; it has: {', '.join(known)}.")
    lengths = {
        name: whole_number(f"{FIELD} {name}", value)
        for name, value in said.items()
        if name != "is_controller"
    }
    is_controller = yes_or_no(f"{FIELD} is_controller", said.get("is_controller", False))
    return RequestPolicy(**lengths, is_controller=is_controller)
