"""A partnership's policy as JSON: how it is kept, and how a person writes it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from services.domain.clocks.extra import ExtraClock, extra_clock_from_json
from services.domain.clocks.local_guides import FIELD as GUIDES
from services.domain.clocks.local_guides import guides_as_json, guides_from_json
from services.domain.clocks.other_counts import FIELD as OTHERWISE
from services.domain.clocks.other_counts import other_counts_from_json
from services.domain.clocks.policy import NATIONAL, CdopRelease, ClassWays, PartnershipPolicy
from services.domain.clocks.request_policy import FIELD, request_policy_from_json
from services.domain.clocks.rules import ClockId, Unit
from services.domain.clocks.sharing_policy import FIELD as SHARING
from services.domain.clocks.sharing_policy import sharing_policy_from_json
from services.domain.errors import AnswerRefused
from services.domain.json_values import (
    day,
    listed,
    named_values,
    one_of,
    text,
    whole_number,
    yes_or_no,
)
from services.domain.labels.own_words import FIELD as OWN_WORDS
from services.domain.labels.own_words import Body
from services.domain.recipients import Recipient
from services.domain.ways import DocumentClass, Way

# A file that reads or writes a policy names its type as well.
__all__ = ["PartnershipPolicy", "policy_from_json", "policy_to_json", "stored_policy"]
REVIEWED: Final = "plan_reviewed_every"
LOOKED_AT: Final = "trends_reviewed_every"
REPORTED: Final = "yearly_report_from"
FIFTH: Final = "fifth_key_line"
ORDER: Final = "order_of_steps"
_YES_OR_NO: Final = (
    "clear_days",
    "hold_until_scanned",
    "review_group_chair_chairs",
    "presented_before_publication",
    FIFTH,
)
# What is not written where nothing is chosen, as the release before knows no such word.
# RETIRED is what policies said once and say no longer: a version that is kept is read without it.
_NOT_WRITTEN: Final[dict[str, object]] = {
    FIELD: {},
    REVIEWED: None,
    LOOKED_AT: None,
    REPORTED: None,
    ORDER: [],
    OTHERWISE: {},
    OWN_WORDS: {},
    GUIDES: [],
    SHARING: {},
}
RETIRED: Final = frozenset({"labels", "partners_meet_within"})


def policy_from_json(words: Mapping[str, object]) -> PartnershipPolicy:
    """Read a policy from its JSON; what it leaves out is as in the national default."""
    usual = policy_to_json(NATIONAL) | _NOT_WRITTEN | {FIFTH: NATIONAL.fifth_key_line}
    unknown = sorted(str(word) for word in words if word not in usual)
    if unknown:
        raise AnswerRefused(unknown[0], _has_no(unknown[0], usual))
    told = {**usual, **words}
    name = text("name", told["name"])
    otherwise, steps = other_counts_from_json(name, told[OTHERWISE])
    alone = {field: yes_or_no(field, told[field]) for field in _YES_OR_NO}
    return PartnershipPolicy(
        name=name,
        version=text("version", told["version"]),
        lengths=_lengths(told["lengths"]),
        window_opens=whole_number("window_opens", told["window_opens"]),
        window_closes=whole_number("window_closes", told["window_closes"]),
        retention_years=whole_number("retention_years", told["retention_years"]),
        warnings=_warnings(told["warnings"]),
        cdop_release=one_of("cdop_release", told["cdop_release"], CdopRelease),
        lead_area_moved=day("lead_area_moved", told["lead_area_moved"]),
        closed_days=_closed_days(told["closed_days"]),
        next_on_duty_after=whole_number("next_on_duty_after", told["next_on_duty_after"]),
        draft_days=whole_number("draft_days", told["draft_days"]),
        dissent_days=whole_number("dissent_days", told["dissent_days"]),
        ways=_ways("ways", told["ways"]),
        recipient_ways=_recipient_ways(told["recipient_ways"]),
        units=_units(told["units"]),
        extra_clocks=_in_order(_extra_clocks(told["extra_clocks"]) | steps, told[ORDER]),
        panel_answer_within=_number_or_none("panel_answer_within", told["panel_answer_within"]),
        withdrawals_since=_day_said("withdrawals_since", told["withdrawals_since"]),
        plan_reviewed_every=_number_or_none(REVIEWED, told[REVIEWED]),
        trends_reviewed_every=_number_or_none(LOOKED_AT, told[LOOKED_AT]),
        yearly_report_from=_number_or_none(REPORTED, told[REPORTED]),
        counted_otherwise=otherwise,
        information_requests=request_policy_from_json(told[FIELD]),
        sharing=sharing_policy_from_json(told[SHARING]),
        own_words=_own_words(told[OWN_WORDS]),
        guides=guides_from_json(told[GUIDES]),
        **alone,
    )


def _has_no(word: str, known: Iterable[str]) -> str:
    return f"A policy has no {word!r}; it has: {', '.join(known)}."


def stored_policy(words: Mapping[str, object]) -> PartnershipPolicy:
    """Read a policy as it was kept, with a version or a case: what is retired is passed over."""
    return policy_from_json({word: said for word, said in words.items() if word not in RETIRED})


def policy_to_json(policy: PartnershipPolicy) -> dict[str, object]:
    """Write a policy so that policy_from_json reads the same policy back."""
    return {
        "name": policy.name,
        "version": policy.version,
        "lengths": {str(clock): length for clock, length in policy.lengths.items()},
        "window_opens": policy.window_opens,
        "window_closes": policy.window_closes,
        "clear_days": policy.clear_days,
        "retention_years": policy.retention_years,
        "warnings": {str(clock): list(days) for clock, days in policy.warnings.items()},
        "cdop_release": str(policy.cdop_release),
        "lead_area_moved": policy.lead_area_moved.isoformat(),
        "closed_days": {one.isoformat(): title for one, title in policy.closed_days.items()},
        "hold_until_scanned": policy.hold_until_scanned,
        "next_on_duty_after": policy.next_on_duty_after,
        "draft_days": policy.draft_days,
        "dissent_days": policy.dissent_days,
        "review_group_chair_chairs": policy.review_group_chair_chairs,
        "presented_before_publication": policy.presented_before_publication,
        "ways": _written(policy.ways),
        "recipient_ways": {
            str(recipient): _written(ways) for recipient, ways in policy.recipient_ways.items()
        },
        "units": {str(clock): str(unit) for clock, unit in policy.units.items()},
        "extra_clocks": {code: one.as_json() for code, one in policy.extra_clocks.items()},
        "panel_answer_within": policy.panel_answer_within,
        "withdrawals_since": _day_or_none(policy.withdrawals_since),
        **_of_requests(policy),
        **_of_reviews(policy),
        **_of_other_counts(policy),
        **({FIFTH: True} if policy.fifth_key_line else {}),  # the release before knows no such word
        **_of_own_words(policy),
        **_of_order(policy),
        **guides_as_json(policy.guides),
        **policy.sharing.as_written(),
    }


def _of_requests(policy: PartnershipPolicy) -> dict[str, object]:
    """Write what was chosen for requests; the release before knows no such word in a policy."""
    chosen = policy.information_requests
    return {} if chosen == NATIONAL.information_requests else {FIELD: chosen.as_json()}


def _of_reviews(policy: PartnershipPolicy) -> dict[str, object]:
    """Write how often plans and trends are looked at, and when the reported year begins.

    The release before knows no such words.
    """
    chosen = {REVIEWED: policy.plan_reviewed_every, LOOKED_AT: policy.trends_reviewed_every}
    chosen[REPORTED] = policy.yearly_report_from
    return {word: months for word, months in chosen.items() if months is not None}


def _of_other_counts(policy: PartnershipPolicy) -> dict[str, object]:
    """Write which national limits it counts otherwise; the release before knows no such word."""
    counts = {str(clock): one.as_json() for clock, one in policy.counted_otherwise.items()}
    return {OTHERWISE: counts} if counts else {}


def _of_own_words(policy: PartnershipPolicy) -> dict[str, object]:
    """Write its own words for bodies; the release before knows no such word in a policy."""
    words = {str(body): word for body, word in policy.own_words.items()}
    return {OWN_WORDS: words} if words else {}


def _own_words(told: object) -> dict[Body, str]:
    return {
        one_of(OWN_WORDS, body, Body): text(f"{OWN_WORDS} {body}", word)
        for body, word in named_values(OWN_WORDS, told).items()
    }


def _of_order(policy: PartnershipPolicy) -> dict[str, object]:
    """Write the order of its steps where the database would not keep it: it sorts names.

    The release before knows no such word, and reads them in the order of the database.
    """
    codes = list(policy.extra_clocks)
    return {} if codes == sorted(codes, key=_as_sorted) else {ORDER: codes}


def _as_sorted(code: str) -> tuple[int, bytes]:
    """Return by what the database sorts the names of a JSON object: shorter first, then bytes."""
    return len(code), code.encode()


def _in_order(steps: dict[str, ExtraClock], told: object) -> dict[str, ExtraClock]:
    """Return the steps in the order that is told; those that it does not name come behind."""
    named = [text(ORDER, code) for code in listed(ORDER, told)]
    if unknown := [code for code in named if code not in steps]:
        raise AnswerRefused(ORDER, f"{ORDER} names {unknown[0]!r}, which is no step of it.")
    return {code: steps[code] for code in (*named, *steps)}


def _number_or_none(field: str, told: object) -> int | None:
    return None if told is None else whole_number(field, told)


def _day_said(field: str, told: object) -> date | None:
    return None if told is None else day(field, told)


def _day_or_none(one: date | None) -> str | None:
    return one.isoformat() if one is not None else None


def _lengths(told: object) -> dict[ClockId, int]:
    values = named_values("lengths", told)
    return {
        one_of("lengths", name, ClockId): whole_number(f"lengths {name}", length)
        for name, length in values.items()
    }


def _warnings(told: object) -> dict[ClockId, tuple[int, ...]]:
    values = named_values("warnings", told)
    return {
        one_of("warnings", name, ClockId): tuple(
            whole_number(f"warnings {name}", number) for number in listed(f"warnings {name}", days)
        )
        for name, days in values.items()
    }


def _closed_days(told: object) -> dict[date, str]:
    return {
        day("closed_days", one): text(f"closed_days {one}", title)
        for one, title in named_values("closed_days", told).items()
    }


def _ways(field: str, told: object) -> ClassWays:
    return {
        one_of(field, name, DocumentClass): tuple(
            one_of(f"{field} {name}", way, Way) for way in listed(f"{field} {name}", ways)
        )
        for name, ways in named_values(field, told).items()
    }


def _recipient_ways(told: object) -> dict[Recipient, ClassWays]:
    return {
        one_of("recipient_ways", name, Recipient): _ways(f"recipient_ways {name}", ways)
        for name, ways in named_values("recipient_ways", told).items()
    }


def _written(ways: ClassWays) -> dict[str, list[str]]:
    return {str(one): list(map(str, of_class)) for one, of_class in ways.items()}


def _units(told: object) -> dict[ClockId, Unit]:
    return {
        one_of("units", name, ClockId): one_of(f"units {name}", unit, Unit)
        for name, unit in named_values("units", told).items()
    }


def _extra_clocks(told: object) -> dict[str, ExtraClock]:
    return {
        code: extra_clock_from_json(code, said)
        for code, said in named_values("extra_clocks", told).items()
    }
