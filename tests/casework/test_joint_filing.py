"""What a party signs is filed in its own case: the words, their digest, every position (GOV-11)."""

import pytest
from sqlmodel import select

from services.casework.joint.withdrawn import withdrawn
from services.casework.steps.rounds.signed_text import digest
from services.casework.steps.sign_off import sign_off
from services.database.cases import get_case
from services.database.decisions import SignOff
from services.database.joint_reviews import FiledWords
from services.domain.roles import Role, Seat
from services.domain.sign_off import Position, SignOffMatter
from services.domain.workflow import Stage
from tests.desk import Desk
from tests.joint_publishing import MANAGER, Publishing
from tests.reached import reach

SIGNED = "2026-01-05 11:00"
DISSENT = "The harm was foreseeable."
RECORD = "signed_record"
SIGN = sign_off.SIGN_RAPID_REVIEW


@pytest.fixture
def several(world) -> Publishing:
    return Publishing(world)


def test_the_words_are_filed_with_every_position_and_stay_when_they_are_withdrawn(several):
    several.begun()
    several.driven.sign(SIGN.perform, SIGNED, Seat.POLICE, reasons="Agreed by the lead.")
    several.sign_theirs(SIGN, SIGNED, Seat.POLICE, position=Position.DISAGREES, reasons=DISSENT)
    several.sign_unsettled(SIGN, SIGNED, Seat.LOCAL_AUTHORITY, reasons="Agreed over there.")
    several.end_sharing()
    several.at("2026-01-06 10:00")
    first, second = several.papers(RECORD)
    assert (DISSENT in first, "Agreed over there." in first) == (True, False)
    for told in (DISSENT, "Agreed over there.", "Agreed by the lead.", "What happened in part 0?"):
        assert told in second
    with several.world.act(several.theirs.actor(MANAGER), several.when) as work:
        (filed,) = work.session.exec(select(FiledWords))
        (signed,) = {one.words_sha256 for one in work.session.exec(select(SignOff))}
        sha256 = filed.sha256
        assert sha256 == signed == digest(filed.words)
        case = get_case(work.session, several.theirs_case)
        gone = withdrawn(work, case)[SignOffMatter.RAPID_REVIEW]
        assert (gone.partnership, str(gone.since)) == (several.lead_name(work), "2026-01-05")
    assert sha256 in second.replace("\n", "").replace(" ", "")
    for row in several.desk_theirs().rows(several.theirs_case):
        if row.kind == RECORD:
            assert row.shown_title.startswith("What was signed together")
            assert "the rapid review, round 1" in row.title


def test_what_is_shown_still_is_not_said_to_be_withdrawn_and_the_lead_files_its_own(several):
    several.begun()
    several.both(SIGN, SIGNED)
    with several.world.act(several.theirs.actor(MANAGER), several.when) as work:
        assert withdrawn(work, get_case(work.session, several.theirs_case)) == {}
    several.end_sharing()
    with several.world.act(MANAGER, several.when) as work:
        assert withdrawn(work, get_case(work.session, several.case_id)) == {}
    assert len(several.papers(RECORD)) == len(several.desk().read(several.case_id, RECORD)) == 3


def test_who_signs_alone_files_nothing_beside_its_own_history(world):
    case = reach(world, Stage.WITH_PANEL)
    desk = Desk(world)
    desk.carry(case.case_id)
    with world.act(Role.BUSINESS_MANAGER) as work:
        assert not work.session.exec(select(FiledWords)).all()
    assert not [one for one in desk.listed(case.case_id) if RECORD in one]
