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

_ONE_ID: Final = (
    "the id of an appointment is asked for by its partnership again where the answers are read, and"
    " a row is tied to its appointment with the partnership; the condition lets the index be used"
)
_ONE_PERSON: Final = (
    "whoever is found instead is no second person for themselves, and is not the person of the"
    " address: what is asked of them beside it refuses the same"
)
_REMOVES: Final = "sec.remove_case(uuid,boolean): without "
_DISPOSES: Final = "sec.dispose_case(uuid,uuid,timestamp with time zone): without "
_TIED: Final = (
    "a row of a case is tied to a case of its own partnership and a case's id is unique over all"
    " partnerships, so the case's id alone finds the same rows; the condition lets the index be"
    " used"
)
_BY_POLICY: Final = (
    "whoever owns the function deletes, by the policies of its own (`sec_removes`), rows of the"
    " acting partnership alone, and of roles those of guests: that these stay is for the lint to"
    " say"
)
_SECOND: Final = "sec.has_second(uuid,uuid): without "
_OPENS: Final = "sec.open_account(uuid,text,text,text): without "

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
        "sec.entries_with(text[]): without `e.tenant_id = ours`": (
            "the partnership is a word of each of its entries and is asked for with the others, so"
            " that the index finds no other's; the condition says it again"
        ),
        "sec.open_information_requests(uuid): without `s.tenant_id = r.tenant_id`": (
            "a step is tied to its request with the partnership, so the request's id alone finds"
            " the same steps; the condition lets the index be used"
        ),
        "sec.appoint(uuid): without `n.tenant_id = sec.tenant()`": _ONE_ID,
        "sec.appoint(uuid): without `y.tenant_id = a.tenant_id`": _ONE_ID,
        "sec.appoint(uuid): without `y.answer_of = 'appointed'`": _ONE_PERSON,
        f"{_SECOND}`y.answer_of = 'second_person'`": _ONE_PERSON,
        "sec.end_membership(uuid): without `m.tenant_id = r.tenant_id`": _ONE_ID,
        "sec.has_account_for(uuid): without `a.tenant_id = sec.tenant()`": _ONE_ID,
        f"{_SECOND}`a.tenant_id = sec.tenant()`": _ONE_ID,
        f"{_SECOND}`l.tenant_id = a.tenant_id`": _ONE_ID,
        f"{_SECOND}`w.tenant_id = sec.tenant()`": _ONE_ID,
        f"{_OPENS}`n.tenant_id = sec.tenant()`": _ONE_ID,
        f"{_OPENS}`l.tenant_id = a.tenant_id`": _ONE_ID,
        **{f"{_DISPOSES}`{one}.tenant_id = sec.tenant()`": _TIED for one in ("c", "d")},
        **{f"{_REMOVES}`{one}.tenant_id = whose`": _TIED for one in ("g", "o")},
        **{f"{_REMOVES}`{one}.tenant_id = whose`": _BY_POLICY for one in "cdefmrs"},
        f"{_REMOVES}`d.tenant_id = $1`": _BY_POLICY,
        f"{_REMOVES}`m.role in ('guest', 'practitioner')`": _BY_POLICY,
        f"{_REMOVES}`if not found then raise exception 'the case is held, or is not there' using"
        " errcode = '55006'; end if;`": (
            "both that ask it have found the case, and a hold waits for them until they have ended"
        ),
    }
)
