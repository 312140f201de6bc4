"""What is given for a request: two people decide, and the paper holds nothing that is left out."""

import io
from uuid import uuid4

import pikepdf
import pytest
from sqlalchemy.exc import IntegrityError

from services.casework.engine.audit_checks import check_chain
from services.casework.information_requests.access import request_to_read
from services.casework.information_requests.acts import DECIDE_ITEM, READ_ITEM, open_item_acts
from services.casework.information_requests.items import (
    ReadItemDecision,
    decide_item,
    enter_item,
    read_item,
)
from services.casework.information_requests.records import NewStep, take_step
from services.casework.information_requests.reply import (
    AnswerInformationRequest,
    answer_request,
    make_reply_paper,
    open_paper,
)
from services.database.information_requests import papers_of
from services.domain.audit import RequestEvent
from services.domain.errors import AlreadyDone, AnswerRefused, NotFound, NotPermitted, RuleBroken
from services.domain.information_requests import Exemption, ItemDecision
from services.domain.redaction import LEFT_OUT
from services.domain.roles import Role
from tests.desk import Desk
from tests.information_requests import COMPLAINT, CONTACT, FOI, MANAGER, NAME, RECEIVED, entered
from tests.paper_text import squeezed, text_of
from tests.request_items import a_letter, an_item, settled, withheld
from tests.world import at, make_world

AGREED = ReadItemDecision(is_agreed=True)


@pytest.fixture(scope="module")
def world(app_engine):
    return make_world(app_engine)


def done(world, act, about, command, who=MANAGER):
    once = uuid4()
    with world.act(who, once=once) as work:
        act(work, about, command)
    return once


def found(world, request):
    with world.act(MANAGER) as work:
        standing = request_to_read(work, request)
        work.session.expunge_all()
        return standing


def paper_of(world, request):
    with world.act(CONTACT) as work:
        newest = papers_of(work.session, request)[0]
        return open_paper(work, newest.id)


def test_one_person_decides_and_another_reads(world):
    request, item = settled(world, upto=2)
    manager, contact = (world.ours.actor(role) for role in (MANAGER, CONTACT))
    with pytest.raises(RuleBroken, match="another person"):
        done(world, read_item, item, AGREED)
    (one,) = found(world, request).items
    assert not one.is_settled
    assert open_item_acts(manager, found(world, request), one) == (DECIDE_ITEM,)
    assert open_item_acts(contact, found(world, request), one) == (DECIDE_ITEM, READ_ITEM)
    with pytest.raises(AnswerRefused, match="why you do not agree"):
        done(world, read_item, item, ReadItemDecision(is_agreed=False), CONTACT)
    done(world, read_item, item, ReadItemDecision(is_agreed=False, remarks="Too much."), CONTACT)
    with pytest.raises(AlreadyDone):
        done(world, read_item, item, AGREED, CONTACT)
    with pytest.raises(RuleBroken, match="agree on item 1"):
        done(world, make_reply_paper, request, a_letter())
    done(world, decide_item, item, withheld("A. Nother"), CONTACT)
    done(world, read_item, item, AGREED)
    assert found(world, request).items[0].is_settled


def test_the_database_lets_nobody_read_their_own_decision(world):
    request, item = settled(world, upto=2)
    with world.act(MANAGER) as work:
        standing = request_to_read(work, request)
        of = {"step": standing.items[0].decided, "on_day": RECEIVED}
        own = NewStep(event=RequestEvent.ITEM_READ, command=AGREED, **of)
        with pytest.raises(IntegrityError, match="two_people"), work.savepoint():
            take_step(work, standing, own)
    assert not found(world, request).items[0].is_settled
    assert item == found(world, request).items[0].entered.id


@pytest.mark.parametrize(
    ("decision", "field"),
    [
        (withheld("Somebody else"), "passages.0.passage"),
        (withheld("A. Nother", exemptions=()), "exemptions"),
        (withheld("A. Nother", exemptions=(Exemption.FOIA_S40,)), "exemptions"),
        (withheld(decision=ItemDecision.REDACT), "passages"),
        (withheld("A. Nother", decision=ItemDecision.WITHHOLD), "passages"),
        (withheld(decision=ItemDecision.DISCLOSE), "exemptions"),
    ],
)
def test_what_is_left_out_is_left_out_by_a_provision_of_its_law_and_stands_there(
    world, decision, field
):
    _request, item = settled(world, upto=1)
    with pytest.raises(AnswerRefused) as refused:
        done(world, decide_item, item, decision)
    assert refused.value.field == field


def test_a_complaint_has_no_items_and_nobody_else_decides_one(world):
    with pytest.raises(RuleBroken, match="answered in words"):
        done(world, enter_item, entered(world, kind=COMPLAINT), an_item())
    _request, item = settled(world, upto=1)
    with pytest.raises(NotPermitted):
        done(world, decide_item, item, withheld("A. Nother"), Role.REVIEW_GROUP_CHAIR)
    with pytest.raises(NotFound):
        done(world, decide_item, item, withheld("A. Nother"), world.theirs.actor(MANAGER))


def strings_in(content):
    """Yield every string, name and stream of a PDF, unpacked, whether a page names it or not."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for one in pdf.objects:
            yield str(one)
            if isinstance(one, pikepdf.Stream):
                yield one.read_bytes().decode("latin-1")


def test_the_paper_copied_and_searched_holds_none_of_the_words_that_are_left_out(world):
    """Copy and paste finds them neither in the text nor in any object, name or metadata."""
    request, _item = settled(world, upto=3)
    secret = done(world, enter_item, request, an_item(title="A call", text="Zebedee rang."))
    done(world, decide_item, secret, withheld(), CONTACT)
    done(world, read_item, secret, AGREED)
    done(world, make_reply_paper, request, a_letter())
    name, content = paper_of(world, request)
    text = text_of(content)
    assert "The child was seen." in text
    assert f"Told by {LEFT_OUT} on 3 May." in text
    assert "data of somebody else" in text.lower()
    everything = squeezed(" ".join((text, name, *strings_in(content)))).lower()
    for gone in ("Nother", "Zebedee", "A call", NAME, "confidence"):
        assert squeezed(gone).lower() not in everything
    kept = found(world, request).request.reference
    assert name == f"{kept}-reply-v1.pdf"
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert kept in str(pdf.docinfo.get("/Keywords"))


def test_what_the_proof_looks_for_is_found_in_a_paper_that_gives_it(world):
    request, item = settled(world, upto=1)
    as_it_is = withheld(decision=ItemDecision.DISCLOSE, exemptions=())
    done(world, decide_item, item, as_it_is)
    done(world, read_item, item, AGREED, CONTACT)
    done(world, make_reply_paper, request, a_letter())
    text = text_of(paper_of(world, request)[1])
    assert "A. Nother" in text
    assert LEFT_OUT not in text


def test_words_left_out_of_one_item_stand_in_no_other_and_not_in_the_letter(world):
    request, _item = settled(world, upto=3)
    with pytest.raises(AnswerRefused) as refused:
        done(world, make_reply_paper, request, a_letter(opening="As a. nother told us."))
    assert refused.value.field == "opening"
    other = done(world, enter_item, request, an_item(title="A letter", text="From A. Nother."))
    done(world, decide_item, other, withheld(decision=ItemDecision.DISCLOSE, exemptions=()))
    done(world, read_item, other, AGREED, CONTACT)
    with pytest.raises(RuleBroken, match="left out of another item"):
        done(world, make_reply_paper, request, a_letter())


def test_a_reply_is_recorded_once_its_paper_says_what_is_decided_now(world):
    request, item = settled(world)
    sent = AnswerInformationRequest(answered_on=at("2026-02-02").date(), way="By post.")
    done(world, decide_item, item, withheld())
    done(world, read_item, item, AGREED, CONTACT)
    with pytest.raises(RuleBroken, match="make it first"):
        done(world, answer_request, request, sent)
    done(world, make_reply_paper, request, a_letter())
    done(world, answer_request, request, sent)
    with world.act(MANAGER) as work:
        assert [one.version for one in papers_of(work.session, request)] == [2, 1]
        assert list(check_chain(Desk(world), world.ours.partnership_id).findings) == []
    with pytest.raises(AlreadyDone):
        done(world, decide_item, item, withheld("A. Nother"))


def test_freedom_of_information_leaves_out_by_its_own_act(world):
    request = entered(world, kind=FOI)
    item = done(world, enter_item, request, an_item())
    done(world, decide_item, item, withheld(exemptions=(Exemption.FOIA_S40,)))
    done(world, read_item, item, AGREED, CONTACT)
    assert found(world, request).items[0].is_settled
    with pytest.raises(RuleBroken, match="who holds the information"):
        done(
            world,
            answer_request,
            request,
            AnswerInformationRequest(answered_on=at("2026-02-02").date(), way="By post."),
        )
