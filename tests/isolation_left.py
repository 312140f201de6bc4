"""Mutations that change nothing that anybody could see or do, by name and with the reason."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_BLOCKED: Final = "sec.blocked_cases(): without "
_WHOSE: Final = "substr(current_setting('app.ctx', true), 47, 36)::uuid"
_UNASKED: Final = (
    "the question only spares a second check of the signature where the answer is none; without the"
    " condition it finds somebody's declaration and the checked question below it answers the same"
)
_APPROVE: Final = "sec.approve_grant(uuid,timestamp with time zone): without "

EQUIVALENT: Final[Mapping[str, str]] = MappingProxyType(
    {
        f"{_BLOCKED}`d.closes`": _UNASKED,
        f"{_BLOCKED}`d.person_id = {_WHOSE}`": _UNASKED,
        f"{_APPROVE}`g.tenant_id = waiting.tenant_id`": (
            "a grant is tied to a case of its own partnership and a case's id is unique over all"
            " partnerships, so the case's id alone says whose grant it is; the condition lets the"
            " index be used, which begins with the partnership"
        ),
        "sec.birthdays(uuid): without `newest.tenant_id = c.tenant_id`": (
            "a child is tied to a case of its own partnership and a case's id is unique over all"
            " partnerships, so the case's id alone finds the same versions; the condition lets the"
            " index be used"
        ),
    }
)
