"""What is marked police-sensitive, with a row for each reason for which it hides something or not.

The attempts are those that a mutation of the marks' functions and policies changes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, text
from sqlmodel import Session, select

from services.bootstrap import wall_clock
from services.database.history import Entry
from services.database.joint_reviews import JointMembership
from services.database.people import Membership
from services.database.police_marks import PoliceMark
from services.database.signed_context import NONE_CHOSEN
from services.domain.entry_types import EntryType, Section
from services.domain.joint_reviews import JointPart
from services.domain.police_marks import ListedSeat
from services.domain.roles import Role, Seat
from tests.driven import Driven
from tests.servers import CONTEXT_KEY

ONCE = uuid4()
LASTS = 7200
DAYS = timedelta(days=30)


@dataclass(frozen=True)
class Marks:
    """A live mark by our police seat, people who read it or not, and an agency of theirs."""

    live: UUID = NONE_CHOSEN
    police: UUID = NONE_CHOSEN
    their_police: UUID = NONE_CHOSEN
    their_lead: UUID = NONE_CHOSEN
    their_agency: UUID = NONE_CHOSEN


def mark(link: Connection, case: Driven) -> Marks:
    """Mark the referral, a section and a look of our case, and what changes nothing."""
    ours, theirs = case.world.ours, case.world.theirs
    with Session(link) as session:
        wanted = select(Entry).where(
            Entry.case_id == case.case_id, Entry.entry_type == EntryType.REFERRED
        )
        referred = session.exec(wanted).one()
        referred.once = ONCE
        live = _mark(case, entry_id=referred.id)
        session.add_all([live, _mark(case, section=Section.CRITERIA_AND_DECISION)])
        # Lifted, and on a case that is shown to nobody: neither hides anything from theirs.
        session.add(_mark(case, section=Section.MEETING, lifted_at=wall_clock()))
        apart = Driven(case.world)
        session.add(_mark(apart, section=Section.MEETING))
        session.add(_membership(apart))
        session.add_all(_memberships(case))
        found = Marks(
            live.id,
            ours.partner(Seat.POLICE).person_id,
            theirs.partner(Seat.POLICE).person_id,
            theirs.actor(Role.AGENCY_LEAD).person_id,
            theirs.agency(),
        )
        session.commit()
    _say_the_referral(link, case)
    return found


def _say_the_referral(link: Connection, case: Driven) -> None:
    """Have a document, a look at it, and what is filed say the referral."""
    of_case = {"case": case.case_id}
    question = text("select id from entries where case_id = :case and entry_type = 'referred'")
    entry = link.execute(question, of_case).scalar_one()
    one = "(select id from documents where case_id = :case order by id limit 1)"
    said = "said = array[:entry]::uuid[] where case_id = :case"
    for change in (
        f"update documents set {said} and id = {one}",  # noqa: S608 -- ours
        f"update filed_words set {said}",  # noqa: S608 -- ours
        f"update viewings set document_id = {one} where case_id = :case and cast(:entry as uuid) is not null",  # noqa: S608, E501 -- ours
    ):
        link.execute(text(change), of_case | {"entry": entry})


def _mark(case: Driven, **on: Any) -> PoliceMark:
    ours = case.world.ours
    return PoliceMark(
        tenant_id=ours.partnership_id,
        case_id=case.case_id,
        seats=[ListedSeat.POLICE.value],
        partnerships=[ours.partnership_id, case.world.theirs.partnership_id],
        agencies=[],
        review_on=date(2027, 3, 1),
        marked_by=ours.partner(Seat.POLICE).person_id,
        role=Role.SAFEGUARDING_PARTNER,
        seat=Seat.POLICE,
        marked_at=wall_clock(),
        **on,
    )


def _membership(apart: Driven) -> JointMembership:
    """Return the part of a case of ours in a review of which theirs knows nothing."""
    return JointMembership(
        tenant_id=apart.world.ours.partnership_id,
        case_id=apart.case_id,
        joint_review_id=uuid4(),
        part=JointPart.CONSULTED,
        is_lead=True,
        parties=[],
        from_at=wall_clock(),
    )


def _memberships(case: Driven) -> Iterator[Membership]:
    """Yield what our manager was once and will be: the police seat, and lead of an agency."""
    ours = case.world.ours
    person, today = ours.actor(Role.BUSINESS_MANAGER).person_id, wall_clock().date()
    for from_on, to_on in ((today - 2 * DAYS, today - DAYS), (today + DAYS, None)):
        when = {"tenant_id": ours.partnership_id, "from_on": from_on, "to_on": to_on}
        yield Membership(**when, person_id=person, role=Role.SAFEGUARDING_PARTNER, seat=Seat.POLICE)
        yield Membership(**when, person_id=person, role=Role.AGENCY_LEAD, agency_id=ours.agency())


def reading(scene: Any) -> Iterator[tuple[str, str, str, str]]:
    """Yield what is asked of the marks' functions: who asks, as whom, what is said, what."""
    marks, ours, theirs = scene.marks, scene.ours, scene.theirs
    people = {
        "manager": (ours, scene.manager),
        "police": (ours, marks.police),
        "conflicted": (ours, scene.conflicted),
        "Keyline": (ours, NONE_CHOSEN),
        "their Keyline": (theirs, NONE_CHOSEN),
        "manager there": (theirs, scene.manager),
        "their police": (theirs, marks.their_police),
        "their lead": (theirs, marks.their_lead),
    }
    lists = (
        f"'{ours}', '{{}}', '{{}}', '{{}}'",
        f"'{ours}', '{{business_manager}}', array['{ours}'::uuid], '{{}}'",
        f"'{ours}', '{{agency_lead}}', array['{ours}'::uuid], '{{}}'",
        f"'{ours}', '{{police}}', array['{ours}'::uuid], '{{}}'",
        f"'{ours}', '{{}}', '{{}}', array['{marks.their_agency}'::uuid]",
        f"'{theirs}', '{{}}', '{{}}', array['{marks.their_agency}'::uuid]",
    )
    reader = "sec.tenant(), sec.person(), sec.own_seats(), sec.own_agencies()"
    asked = [f"select sec.is_listed({one}, {reader})" for one in lists]
    asked += ["select sec.own_agencies()", "select count(*) from sec.marks_over()"]
    of_app = [
        "select sec.own_seats()",
        "select sec.something_is_hidden()",
        "select cardinality(sec.hidden_entries())",
        "select cardinality(sec.hidden_documents())",
        "select sec.hidden_referrals()",
        _count(f"sec.facts_of('{scene.case_id}')"),
        _count(f"sec.form_used('{ONCE}')"),
        f"select sec.birthdays('{scene.case_id}')",
        *map(_count, ("entries", "documents", "viewings", "children", "filed_words")),
    ]
    for name, whose in people.items():
        said = CONTEXT_KEY.sign(*whose, LASTS)
        yield from (("keyline_sec", name, said, what) for what in asked)
        yield from (("keyline_app", name, said, what) for what in of_app)


def _count(of: str) -> str:
    return f"select count(*) from {of}"  # noqa: S608 -- ours


def writing(scene: Any, add: Any) -> Iterator[tuple[str, str, str, str]]:
    """Yield attempts to plant and to change a mark, in one's own name and in others'."""
    marks, row = scene.marks, scene.rows["police_marks"]
    manager = CONTEXT_KEY.sign(scene.ours, scene.manager, LASTS)
    usual = {"marked_by": str(scene.manager), "lifted_at": None}
    for change in ({}, {"marked_by": str(marks.police)}, {"lifted_at": "2026-01-01"}):
        planted = add("police_marks", row, **(usual | change))
        yield "keyline_app", f"planting {change}", manager, planted
    lift = f"update police_marks set lifted_at = now() where id = '{marks.live}'"  # noqa: S608 -- ours
    for name, who in (("manager", scene.manager), ("police", marks.police)):
        yield "keyline_app", f"lifting as {name}", CONTEXT_KEY.sign(scene.ours, who, LASTS), lift
