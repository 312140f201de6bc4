"""What a case says: in the words of the policy that it follows, and in no other (E-10)."""

from dataclasses import replace

from services.domain.clocks.policy import NATIONAL
from services.domain.labels.own_words import Body, framework_words_in
from tests.desk import Desk
from tests.driven import Driven
from tests.papers import OTHERWISE
from tests.policy_factories import put_in_force
from tests.post_office import Office
from tests.world import make_world

WORDS = OTHERWISE.own_words
LATER = {**WORDS, Body.REVIEW_GROUP: "Newer Ring", Body.UNIT: "newer place"}


def test_papers_and_emails_are_said_in_the_words_of_the_policy_that_the_case_follows(app_engine):
    """E-10, 5A, P15: also once the partnership has chosen others."""
    world = make_world(app_engine, replace(NATIONAL, own_words=WORDS))
    case = Driven(world).decide().notify().scope()
    put_in_force(world, replace(NATIONAL, version="2026-12", own_words=LATER), "2025-12-20")
    later = Driven(world, when="2025-12-22 11:00")
    desk, office = Desk(world), Office(world, when="2025-12-23")
    for one in (case, later):
        desk.carry(one.case_id)
    while office.deliver():
        pass
    kinds = {row.kind for row in desk.rows(case.case_id)}
    papers = [said for kind in kinds for said in desk.read(case.case_id, kind)]
    # The courier carries what other partnerships of this database left as well.
    sent = [f"{one.subject} {one.body_text} {one.body_html}" for one in office.mailer.emails]
    ours = {one.row().reference for one in (case, later)}
    emails = [said for said in sent if any(reference in said for reference in ours)]
    assert {word for said in (*papers, *emails) for word in framework_words_in(said)} == set()
    first, newer = WORDS[Body.REVIEW_GROUP], LATER[Body.REVIEW_GROUP]
    assert any(first in said for said in papers)
    assert not any(newer in said for said in papers)
    for one, own, other in ((case, WORDS, LATER), (later, LATER, WORDS)):
        told = [said for said in emails if one.row().reference in said]
        assert all(own[Body.UNIT] in said for said in told)
        assert not any(other[Body.UNIT] in said for said in told)
        assert told
