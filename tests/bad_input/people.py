"""The forms about who holds which role, of a partnership's administrator and of the platform's."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final
from uuid import UUID, uuid4

from sqlmodel import select

from services.casework.administration.first_administrator import make_first_administrator
from services.casework.commands import Command
from services.casework.people import acts
from services.casework.people.answering import AnswerAppointment, SendAgain, WithdrawAppointment
from services.casework.people.deputies import AppointDeputy
from services.casework.people.ending import EndRoles, KeepRole
from services.casework.people.entering import appoint_person
from services.casework.people.lost_factors import (
    AnswerLostFactor,
    ReportLostFactor,
    report_lost_factor,
)
from services.casework.provisioning import PersonToFound
from services.database.people import Membership
from services.domain.audit import INSTALLATION
from services.domain.roles import Actor, Role
from services.identity.actors import platform_administrator_in
from services.web.forms.fields import questions
from services.web.people_forms import APPOINT, FORMS, PeopleForm
from tests.appointed import ADMINISTRATOR, an_appointment
from tests.bad_input.carried import try_once
from tests.bad_input.fields import Leaf, posted
from tests.bad_input.stage import PASSWORD, Browser, Stage
from tests.bad_input.trying import Form
from tests.servers import QUICK_PASSWORDS, founder_of
from tests.world import at

FROM, LAST = date(2026, 3, 2), date(2026, 3, 20)
# In which table an answer is kept, and under which name where it is another one there.
TABLES: Final = {
    **dict.fromkeys((acts.APPOINT.name, acts.APPOINT_DEPUTY.name), "appointments"),
    **dict.fromkeys((acts.ANSWER.name, acts.WITHDRAW.name), "appointment_answers"),
    **dict.fromkeys((acts.KEEP.name, acts.END_ROLE.name), "membership_reviews"),
    acts.END_EVERYTHING.name: "membership_reviews",
    **dict.fromkeys((acts.REPORT_LOST_FACTOR.name, acts.ANSWER_LOST_FACTOR.name), "lost_factors"),
}
NAMES: Final = {"agency": "agency_id", "is_confirmed": "is_yes"}
# Where an act's answers stand under other names than those of the others.
OTHER_NAMES: Final = {
    acts.ANSWER_LOST_FACTOR.name: {"grounds": "reasons", "is_confirmed": "is_yes"}
}
ENDED: Final = EndRoles(last_day=LAST, reasons="A new job.", left_empty_because="Until April.")
COMMANDS: Final[Mapping[str, Command]] = {
    acts.APPOINT.name: an_appointment(from_on=FROM, to_on=LAST),
    acts.ANSWER.name: AnswerAppointment(is_confirmed=True, grounds="Rang the chair."),
    acts.WITHDRAW.name: WithdrawAppointment(grounds="Another post."),
    acts.SEND_AGAIN.name: SendAgain(),
    acts.APPOINT_DEPUTY.name: AppointDeputy(
        address="deputy@new.example", name="A Deputy", from_on=FROM, to_on=LAST, reasons="Leave."
    ),
    acts.KEEP.name: KeepRole(reasons="The contract runs."),
    acts.END_ROLE.name: ENDED,
    acts.END_EVERYTHING.name: ENDED,
    acts.REPORT_LOST_FACTOR.name: ReportLostFactor(reasons="Rang them."),
    acts.ANSWER_LOST_FACTOR.name: AnswerLostFactor(is_confirmed=False, grounds="Not reached."),
}


def people(stage: Stage, platform: Actor) -> None:
    """Try each form, at both of its addresses."""
    stage.now = at("2026-02-02 10:00")
    ours = stage.world.ours
    administrator = ours.actor(ADMINISTRATOR)
    there = platform_administrator_in(platform, ours.partnership_id)
    at_platform = f"/administration/partnerships/{ours.partnership_id}/people"
    name = "/administration/partnerships/{partnership_id}/people"
    entered, waits = _entered(stage, administrator), _entered(stage, there)
    own = stage.person(administrator)
    by_there = {
        acts.ANSWER_LOST_FACTOR.name: _lost(stage, there, Role.COMMUNICATIONS_LEAD),
        acts.SEND_AGAIN.name: waits,
    }
    by_own = {acts.ANSWER_LOST_FACTOR.name: _lost(stage, administrator, Role.REVIEW_GROUP_CHAIR)}
    here = "/administration/people"
    _try_all(stage, (here, here, own), _about(stage, waits) | by_there)
    over = (name, at_platform, stage.person(platform))
    _try_all(stage, over, _about(stage, entered) | by_own | {acts.SEND_AGAIN.name: waits})


def _try_all(stage: Stage, where: tuple[str, str, Browser], about: Mapping[str, UUID]) -> None:
    """Try each form there, about what its act is about."""
    name, path, browser = where
    for asked in (APPOINT, *(one for one in FORMS if one.act.name in COMMANDS)):
        of_form = questions(asked.act.command)
        address = f"{path}/{asked.path.format(entry_id=about.get(asked.act.name))}"
        valid = posted(COMMANDS[asked.act.name], of_form)
        form = Form(f"{name}/{asked.path}", address, browser, valid, of_form)
        form.kept = _on_record(stage, asked, form)
        try_once(stage, form)


def platform_administrator(stage: Stage) -> Actor:
    """Have a platform administrator on record, with the password of everybody here."""
    who = PersonToFound(
        email=f"{uuid4()}@platform.example",
        name="A Platform",
        role=Role.PLATFORM_ADMINISTRATOR,
        password=PASSWORD,
    )
    founder = founder_of(stage.world.engine)
    person = make_first_administrator(founder, who, date(2020, 1, 1), QUICK_PASSWORDS)
    return Actor(person_id=person, partnership_id=INSTALLATION, role=Role.PLATFORM_ADMINISTRATOR)


def _entered(stage: Stage, who: Actor) -> UUID:
    once = uuid4()
    with stage.world.act(who, "2026-02-02", once=once) as work:
        appoint_person(work, an_appointment(from_on=FROM))
    return once


def _lost(stage: Stage, who: Actor, of: Role) -> UUID:
    """Have an administrator say that the person in the role has lost their second factor."""
    once = uuid4()
    with stage.world.act(who, "2026-02-02", once=once) as work:
        whose = stage.world.ours.actor(of).person_id
        held = select(Membership.id).where(Membership.person_id == whose)
        report_lost_factor(
            work, work.session.exec(held).first(), ReportLostFactor(reasons="Rang them.")
        )
    return once


def _about(stage: Stage, appointment: UUID) -> dict[str, UUID]:
    """Return what each form is about."""
    world = stage.world
    scrutineer = world.ours.actor(Role.INDEPENDENT_SCRUTINEER).person_id
    with world.act(ADMINISTRATOR) as work:
        held = work.session.exec(
            select(Membership.id).where(Membership.person_id == scrutineer)
        ).first()
    assert held is not None
    of_role = (acts.APPOINT_DEPUTY, acts.KEEP, acts.END_ROLE)
    of_appointment = (acts.ANSWER, acts.WITHDRAW, acts.SEND_AGAIN)
    member = world.ours.actor(Role.REVIEW_GROUP_MEMBER).person_id
    return {
        **{one.name: held for one in of_role},
        acts.REPORT_LOST_FACTOR.name: held,
        **{one.name: appointment for one in of_appointment},
        acts.END_EVERYTHING.name: member,
    }


def _on_record(stage: Stage, asked: PeopleForm, form: Form) -> Callable[[Leaf], object]:
    """Return what reads an answer from the row that the form has added."""
    table = TABLES.get(asked.act.name)

    def kept(leaf: Leaf) -> object:
        if table is None:
            return None
        once, named = UUID(form.hidden["once"][0]), OTHER_NAMES.get(asked.act.name, NAMES)
        column = named.get(leaf.name, leaf.name)
        found = stage.place.ask(f"select {column} from {table} where id = %s", once)  # noqa: S608 -- ours
        value = found[0][0] if found else None
        return None if value == "" else value

    return kept
