"""The form of a policy: what it opens with, what it takes, and at which answer it refuses (5A)."""

import json
from dataclasses import replace

import pytest

from services.casework.policy_form import as_said, policy_said
from services.casework.policy_questions import ProposePolicy
from services.casework.policy_rows import WarningDay, WaySent
from services.domain.briefings import SharingWay
from services.domain.clocks.extra import ExtraClock
from services.domain.clocks.policy import NATIONAL, PartnershipPolicy
from services.domain.clocks.policy_json import policy_from_json, policy_to_json, stored_policy
from services.domain.clocks.request_policy import RequestPolicy
from services.domain.clocks.rules import Anchor, ClockId
from services.domain.clocks.sharing_policy import SharingPolicy
from services.domain.errors import AnswerRefused
from services.domain.recipients import Recipient
from services.domain.ways import CLASSES, DocumentClass, Way

RAPID_REVIEW, DECISION = DocumentClass.RAPID_REVIEW, DocumentClass.DECISION
CHOSEN = PartnershipPolicy(
    name="A partnership that chose",
    warnings={ClockId.K1: (2, 4), ClockId.K10: (), ClockId.K14: (30, 14)},
    ways={RAPID_REVIEW: (Way.COLLECTION, Way.BY_HAND), DECISION: (Way.BY_HAND,)},
    recipient_ways={Recipient.PANEL: {RAPID_REVIEW: (Way.BY_HAND,)}},
    information_requests=RequestPolicy(
        further_months=1,
        freedom_of_information_days=15,
        further_days=10,
        complaint_acknowledged_within=5,
        complaint_answered_within=30,
        is_controller=True,
    ),
    sharing=SharingPolicy(
        scrutineer_copied=True,
        sharing_formats=(SharingWay.WORKSHOP, SharingWay.NEWSLETTER),
        website="https://safeguarding.example/reviews",
    ),
)


def opened(policy: PartnershipPolicy, **but: object) -> ProposePolicy:
    """Return the form as it opens, with the version that it leaves blank."""
    return as_said(policy).model_copy(update={"version": policy.version, **but})


def test_the_form_opens_with_warnings_ways_and_lengths_and_says_the_same_again():
    """5A, decision 0101: nothing that a policy may say of them needs a file."""
    assert policy_said(opened(CHOSEN), NATIONAL) == CHOSEN
    assert policy_said(opened(NATIONAL), CHOSEN) == NATIONAL
    assert policy_from_json(policy_to_json(CHOSEN)) == CHOSEN
    assert "sharing" not in policy_to_json(NATIONAL), "the release before knows no such word"
    assert all(len(rule.ways) <= 2 for rule in CLASSES.values()), "a row names two ways"


def warned(*days: tuple[ClockId, int | None]) -> dict[str, object]:
    return {"warnings": tuple(WarningDay(clock=clock, day=day) for clock, day in days)}


def sent(*rows: WaySent) -> dict[str, object]:
    return {"ways": rows}


@pytest.mark.parametrize(
    ("but", "field", "says"),
    [
        (warned((ClockId.K1, 2), (ClockId.K1, 2)), "warnings-1-day", "said twice of K1"),
        (warned((ClockId.K1, 2), (ClockId.K1, None)), "warnings-1-day", "or no day at all"),
        (warned((ClockId.K1, None), (ClockId.K1, 2)), "warnings-1-day", "or no day at all"),
        (warned((ClockId.K1, 6)), "warnings-0-day", "runs for 5 working days"),
        (warned((ClockId.K11, 7)), "warnings-0-day", "runs for 6 calendar months"),
        (
            sent(WaySent(documents=RAPID_REVIEW, usual=Way.ATTACHED)),
            "ways-0-usual",
            "The rapid review may not be sent attached to an email",
        ),
        (
            sent(WaySent(documents=RAPID_REVIEW, usual=Way.BY_HAND, otherwise=Way.ATTACHED)),
            "ways-0-otherwise",
            "may not be sent attached",
        ),
        (
            sent(WaySent(documents=RAPID_REVIEW, usual=Way.BY_HAND, otherwise=Way.BY_HAND)),
            "ways-0-otherwise",
            "Name another way",
        ),
        (
            sent(WaySent(documents=DECISION, usual=Way.ATTACHED)),
            "ways-0-usual",
            "and always: by hand",
        ),
        ({"website": "our pages"}, "website", "begins with https://"),
        (sent(*[WaySent(documents=DECISION, usual=Way.BY_HAND)] * 2), "ways-1-documents", "twice"),
        (
            sent(
                WaySent(documents=DECISION, usual=Way.ATTACHED, to=Recipient.OFSTED),
                WaySent(documents=DECISION, usual=Way.BY_HAND),
            ),
            "ways-0-usual",
            "allowed: by hand.",
        ),
    ],
)
def test_a_warning_or_a_way_that_cannot_be_is_refused_at_its_own_answer(but, field, says):
    """5A: plain errors by field, and never a way that is looser than the national one."""
    with pytest.raises(AnswerRefused, match=says) as refused:
        policy_said(opened(NATIONAL, **but), NATIONAL)
    assert refused.value.field == field


def _step(code: str) -> ExtraClock:
    return ExtraClock(code=code, name=code.capitalize(), anchor=Anchor.REFERRAL, length=3)


@pytest.mark.parametrize("codes", [("zebra", "ape", "b"), ("b", "ape", "zebra"), ()])
def test_steps_come_back_in_the_order_of_the_form(codes):
    """5A: the database sorts the names of an object, shorter ones first; the order is kept."""
    policy = replace(NATIONAL, extra_clocks={code: _step(code) for code in codes})
    said = policy_to_json(policy)
    sorted_by_database = json.loads(json.dumps(said))
    steps = sorted_by_database["extra_clocks"]
    in_database = sorted(steps, key=lambda one: (len(one), one))
    sorted_by_database["extra_clocks"] = {one: steps[one] for one in in_database}
    read = stored_policy(sorted_by_database)
    assert tuple(read.extra_clocks) == codes
    assert tuple(one.name for one in as_said(read).steps) == tuple(map(str.capitalize, codes))
    assert ("order_of_steps" in said) == (tuple(in_database) != codes), "no word that is not needed"


def test_an_order_names_only_steps_that_there_are():
    with pytest.raises(AnswerRefused, match="no step of it"):
        policy_from_json({"order_of_steps": ["ape"]})
