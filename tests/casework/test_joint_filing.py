"""What a party signs is filed in its own case: the words, their digest, every position (GOV-11)."""

import pytest
from sqlmodel import select

from services.casework.joint.withdrawn import withdrawn
from services.casework.steps.joint.published import ReceivePublishing, receive_publishing
from services.casework.steps.publication import publication, publishing
from services.casework.steps.rounds.signed_text import digest
from services.casework.steps.sign_off import sign_off
from services.database.cases import get_case
from services.database.decisions import SignOff
from services.database.joint_reviews import FiledWords
from services.domain.documents import DocumentKind
from services.domain.identifiers import CaseId
from services.domain.joint_reviews import JointPart, Published
from services.domain.roles import Role, Seat
from services.domain.sign_off import Position, SignOffMatter
from services.domain.workflow import Stage
from services.identity.actors import KEYLINE_ITSELF, service_actor
from tests import factories as say
from tests.communications_factories import tell_staff
from tests.desk import Desk
from tests.joint_changes import put_to_both
from tests.joint_publishing import DAY, LATER, MANAGER, Publishing

SIGNED = "2026-01-05 11:00"
DISSENT = "The harm was foreseeable."
RECORD = "signed_record"
SIGN = sign_off.SIGN_RAPID_REVIEW


@pytest.fixture
def several(world) -> Publishing:
    return Publishing(world)


@pytest.fixture
def put(ready_by) -> Publishing:
    """A joint review whose rapid review is put to the partners of both sides."""
    return ready_by(Publishing, Publishing.begun)


def test_the_words_are_filed_with_every_position_and_stay_when_they_are_withdrawn(put):
    put.driven.sign(SIGN.perform, SIGNED, Seat.POLICE, reasons="Agreed by the lead.")
    put.sign_theirs(SIGN, SIGNED, Seat.POLICE, position=Position.DISAGREES, reasons=DISSENT)
    put.sign_unsettled(SIGN, SIGNED, Seat.LOCAL_AUTHORITY, reasons="Agreed over there.")
    put.end_sharing()
    put.at("2026-01-06 10:00")
    first, second = put.papers(RECORD)
    assert (DISSENT in first, "Agreed over there." in first) == (True, False)
    for told in (DISSENT, "Agreed over there.", "Agreed by the lead.", "What happened in part 0?"):
        assert told in second
    with put.world.act(put.theirs.actor(MANAGER), put.when) as work:
        (filed,) = work.session.exec(select(FiledWords))
        (signed,) = {one.words_sha256 for one in work.session.exec(select(SignOff))}
        sha256 = filed.sha256
        assert sha256 == signed == digest(filed.words)
        case = get_case(work.session, put.theirs_case)
        gone = withdrawn(work, case)[SignOffMatter.RAPID_REVIEW]
        assert (gone.partnership, str(gone.since)) == (put.lead_name(work), "2026-01-05")
    assert sha256 in second.replace("\n", "").replace(" ", "")
    for row in put.desk_theirs().rows(put.theirs_case):
        if row.kind == RECORD:
            assert row.shown_title.startswith("What was signed together")
            assert "the rapid review, round 1" in row.title


def test_what_is_shown_still_is_not_said_to_be_withdrawn_and_the_lead_files_its_own(put):
    put.both(SIGN, SIGNED)
    with put.world.act(put.theirs.actor(MANAGER), put.when) as work:
        assert withdrawn(work, get_case(work.session, put.theirs_case)) == {}
    put.end_sharing()
    with put.world.act(MANAGER, put.when) as work:
        assert withdrawn(work, get_case(work.session, put.case_id)) == {}
    assert len(put.papers(RECORD)) == len(put.desk().read(put.case_id, RECORD)) == 3


def published_sha256(desk: Desk, case_id: CaseId, kind: str = "published_report") -> str:
    (file,) = [one for one in desk.rows(case_id) if one.kind == kind]
    return file.sha256


def as_published(texts: list[str]) -> str:
    """Return the one record that is of a publication, without its breaks."""
    squeezed = ["".join(text.split()) for text in texts]
    (found,) = [text for text in squeezed if "SHA-256ofthepublishedfile" in text]
    return found


def test_what_is_told_with_its_file_is_filed_once_with_the_digest_of_the_file(ready_by):
    several = Publishing.of(ready_by(put_to_both))
    keyline = service_actor(several.theirs.partnership_id, KEYLINE_ITSELF)
    told = ReceivePublishing(
        partnership="The lead",
        what=Published.PUBLISHED,
        on="2026-07-03",
        address="https://lead.example/review",
        document=DocumentKind.PUBLISHED_REPORT,
        sha256="ab12" * 16,
        partnership_id=several.world.ours.partnership_id,
        round=1,
    )
    for _ in range(2):
        with several.world.act(keyline, SIGNED) as work:
            receive_publishing(work, several.theirs_case, told)
    several.at(SIGNED)
    assert "ab12" * 16 in as_published(several.papers(RECORD))


@pytest.mark.whole
def test_who_decides_and_does_not_publish_files_what_was_published_with_its_digest(several):
    """Issue 6 A: a document of its own case, whatever is shown by then."""
    several.drafted(JointPart.JOINTLY_DECIDING)
    several.both(sign_off.SIGN_REPORT, "2026-06-01 11:00", reasons="As the partners agreed.")
    several.plan()
    several.send()
    several.end_sharing()
    several.publish()
    with several.world.act(several.theirs.actor(MANAGER), DAY) as work:
        name = several.lead_name(work)
    found = as_published(several.papers(RECORD))
    address = say.publish().address
    of_lead = published_sha256(several.desk(), several.case_id)
    for told in (name, address, "3July2026", of_lead, "Overviewandcontext", "Asthepartners"):
        assert "".join(told.split()) in found
    assert several.own.stage() is Stage.EMBEDDING


@pytest.mark.whole
def test_where_the_report_is_withheld_the_record_names_the_file_that_was_published(several):
    several.planned(JointPart.JOINTLY_DECIDING)
    withheld = say.withhold_report(publish_on="2026-07-10")
    several.do(publication.WITHHOLD_REPORT, withheld, MANAGER, "2026-06-09 10:00")
    several.driven.present("2026-06-09 10:00")
    several.both(sign_off.SIGN_PUBLICATION, "2026-06-09 11:00")
    tell_staff(several.driven, "2026-06-09 11:00")
    several.send()
    several.publish(LATER, publishing.PUBLISH_IMPROVEMENTS)
    found = as_published(several.papers(RECORD))
    kind = "improvement_information"
    assert published_sha256(several.desk(), several.case_id, kind) in found
    assert "Overviewandcontext" not in found


@pytest.mark.whole
def test_who_publishes_files_the_digest_of_its_own_file_beside_that_of_the_words(several):
    several.planned()
    several.send()
    several.send_theirs()
    several.publish_theirs()
    several.publish()
    for desk, case_id in (
        (several.desk(), several.case_id),
        (several.desk_theirs(), several.theirs_case),
    ):
        found = as_published(desk.read(case_id, RECORD))
        assert published_sha256(desk, case_id) in found
        assert "SHA-256ofthewords" in found


def test_who_signs_alone_files_nothing_beside_its_own_history(case_at):
    case = case_at(Stage.WITH_PANEL)
    desk = Desk(case.world)
    desk.carry(case.case_id)
    with case.world.act(Role.BUSINESS_MANAGER) as work:
        assert not work.session.exec(select(FiledWords)).all()
    assert not [one for one in desk.listed(case.case_id) if RECORD in one]
