"""Which acts carry one case to the Panel, who does each, and with which words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from deployments.demo.partnerships import Place
from services.casework.commands import Command
from services.casework.provisioning import agency_id_of, person_id_of
from services.casework.steps import declaration
from services.casework.steps.notification import awareness, notification, notification_decision
from services.casework.steps.rapid_review import (
    meeting,
    meeting_pack,
    pack_contents,
    rapid_review,
    record_writing,
    submission,
)
from services.casework.steps.referral import referral
from services.casework.steps.scoping import scoping, scoping_returns
from services.casework.steps.sign_off import sign_off
from services.database.unit_of_work import UnitOfWork
from services.domain.criteria import (
    HaveRegardTo,
    InstitutionalSetting,
    LearningSought,
    MustConsider,
)
from services.domain.incidents import (
    CoronerInvolvement,
    FamilyInformed,
    Impairment,
    IncidentArea,
    IncidentKind,
    Likelihood,
    MediaInterest,
    PoliceInvolvement,
    Suspicion,
)
from services.domain.mailboxes import NOT_PRODUCTION
from services.domain.roles import Role, Seat
from services.domain.subjects import CareStatus, Harm, Sex, SubjectRole
from services.domain.workflow import Outcome

DAY_0: Final = datetime(2026, 2, 2, 10, tzinfo=UTC)
HELD: Final = datetime(2026, 2, 13, 10, tzinfo=UTC)
CHILD: Final = {
    "born_on": "2024-03-03",
    "harm": Harm.SERIOUS_HARM,
    "role": SubjectRole.HARMED,
    "sex": Sex.NOT_KNOWN,
    "statuses": (CareStatus.NONE,),
}
SAID: Final = "Said by an example person."


@dataclass(frozen=True, slots=True)
class Done:
    """One act: what is done, by whom, when, and what they say."""

    name: str
    act: Callable[..., Any]
    words: Command
    who: str
    role: Role
    at: datetime
    seat: Seat | None = None
    agency: str | None = None


def one_case(place: Place, number: int) -> Iterator[Done]:
    """Yield the acts of one case in their order; the number makes it another incident.

    Each person declares before their first act, but for the referrer, whose referral holds it.
    """
    known: set[str] = set()
    for done in _acts(place, number):
        if known and done.who not in known:
            by = (done.who, done.role)
            yield _for(done, _done(declaration.declare, by, done.at, has_conflict=False))
        known.add(done.who)
        yield done


def _acts(place: Place, number: int) -> Iterator[Done]:
    when = DAY_0 + timedelta(minutes=number % 60)
    manager, chair, notifier = (
        ("manager", Role.BUSINESS_MANAGER),
        ("chair", Role.REVIEW_GROUP_CHAIR),
        ("notifier", Role.NOTIFIER),
    )
    agency = place.agency("hospital")
    hospital = ("hospital", Role.AGENCY_LEAD)
    partner = ("council", Role.SAFEGUARDING_PARTNER)
    yield Done("refer", _refer, _referral(number), *hospital, when, agency=agency)
    yield _done(awareness.record_awareness, notifier, when, aware_at=DAY_0 - timedelta(hours=1))
    view = _done(notification_decision.give_view, partner, when, position="agrees")
    yield _seated(view, Seat.LOCAL_AUTHORITY)
    yield _done(notification_decision.decide_to_notify, notifier, when)
    yield _done(notification.record_notification, notifier, when, sent_at=when)
    asked = (agency_id_of(place.code, agency),)
    yield _done(scoping.request_returns, manager, when, agencies=asked)
    returned = _done(scoping_returns.submit_return, hospital, when, **_return())
    yield Done(returned.name, returned.act, returned.words, *hospital, when, agency=agency)
    yield _done(meeting_pack.accept_pack, manager, when, minutes=pack_contents.Minutes.TABLED)
    yield _done(meeting.hold_meeting, chair, HELD, met_on=HELD.date(), **_came(place))
    yield _done(record_writing.write_record, chair, HELD)
    yield _done(rapid_review.answer_criteria, chair, HELD, **_criteria())
    yield _done(rapid_review.propose_decision, chair, HELD, **_decision())
    for who, seat in zip(("council", "icb", "police"), Seat, strict=True):
        signed = _done(
            sign_off.sign_rapid_review,
            (who, Role.SAFEGUARDING_PARTNER),
            HELD,
            round=1,
            position="agrees",
        )
        yield _seated(signed, seat)
    sent = {"submitted_at": HELD, "reference": SAID, "address": NOT_PRODUCTION.panel}
    yield _done(submission.submit, manager, HELD, **sent)


def _came(place: Place) -> dict[str, object]:
    chair = person_id_of(place.email("chair"))
    return {"chaired_by": chair, "present": (chair,), "tabled": SAID}


def _done(act: Callable[..., Any], by: tuple[str, Role], when: datetime, **given: Any) -> Done:  # noqa: ANN401 - an answer of any kind
    kind = act.__annotations__["command"]
    return Done(act.__name__, act, _words(kind, given), *by, when)


def _seated(done: Done, seat: Seat) -> Done:
    return replace(done, seat=seat)


def _for(whose: Done, done: Done) -> Done:
    return replace(done, seat=whose.seat, agency=whose.agency)


def _words(kind: type[Command], given: dict[str, Any]) -> Command:
    """Return the words with what is given, and something said for the rest."""
    rest = {
        name: True if field.annotation is bool else SAID
        for name, field in kind.model_fields.items()
        if field.is_required() and name not in given
    }
    return kind.model_validate(rest | given)


def _refer(work: UnitOfWork, _case_id: object, words: referral.Refer) -> object:
    return referral.refer(work, words)


def _referral(number: int) -> Command:
    given = {
        "suspicion": Suspicion.SUSPECTED,
        "area": IncidentArea.OWN_AREA,
        "kinds": (IncidentKind.NEGLECT,),
        "impairments": (Impairment.PHYSICAL_HEALTH,),
        "lasting": Likelihood.NOT_KNOWN,
        "family_informed": FamilyInformed.NOT_YET,
        "police": PoliceInvolvement.INVESTIGATING,
        "coroner": CoronerInvolvement.NO_DEATH,
        "media": MediaInterest.NONE,
        "incident_on": DAY_0.date() - timedelta(days=3),
        "received_at": DAY_0 - timedelta(hours=2),
        "has_conflict": False,
        "children": ({"name": f"Example Child {number}"} | CHILD,),
    }
    return _words(referral.Refer, given)


def _return() -> dict[str, Any]:
    asked = ("author", "point_of_contact", "current", "practitioner_roles", "key_events")
    told = ("risk", "learning", "records_held", "representative")
    family = {"name": "Robin Example", "involved": True, "since": "2019", "services": SAID}
    return {**dict.fromkeys((*asked, *told), SAID), "family": [family], "records_secured": True}


def _criteria() -> dict[str, Any]:
    said = {"applies": True, "reasons": SAID}
    # The Panel has said nothing of a local review yet, and cannot be said to prefer one (DEC-04).
    of_the_panel = {"applies": False, "reasons": SAID}
    return {
        "must": tuple(
            {"criterion": one} | (of_the_panel if one is MustConsider.PANEL_PREFERS_LOCAL else said)
            for one in MustConsider
        ),
        "regard": tuple({"criterion": one} | said for one in HaveRegardTo),
        "settings": (InstitutionalSetting.CHILDRENS_HOME,),
    }


def _decision() -> dict[str, Any]:
    return {
        "outcome": Outcome.LOCAL_REVIEW,
        "notification_met": True,
        "criteria_met": True,
        "benefit": SAID,
        "sought": (LearningSought.NEW,),
        "key_lines": ({"question": "What happened?"},),
        "agencies_words": SAID,
    }
