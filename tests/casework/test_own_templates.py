"""A partnership's own template: proposed, applied by another person, and followed by its papers."""

from uuid import uuid4

import pytest

from services.casework.alerts import alerts_for
from services.casework.engine.orphan_sweep import SAFE_AGE, sweep_partnership
from services.casework.engine.reencryption import Reencrypted, reencrypt_partnership
from services.casework.own_template_failures import templates_to_mend
from services.casework.own_template_trial import KeptTemplate
from services.casework.own_templates import (
    AnswerTemplate,
    answer_template,
    held_templates,
    offered_kind,
    propose_template,
    template_at,
    waiting_template,
)
from services.database.paper_templates import get_template
from services.documents.making import KeylineDocuments
from services.domain.alerts import AlertCode
from services.domain.documents import DocumentKind
from services.domain.errors import AlreadyDone, AnswerRefused, NotFound, NotPermitted, RuleBroken
from services.domain.paper_templates import OFFERED
from services.domain.roles import Role
from services.storage.encrypted import EncryptedStore
from services.storage.local_keys import LocalKeys
from services.storage.memory import MemoryBucket, MemoryStore
from services.web.view_models.own_templates import templates_of_kinds
from tests.audited import links
from tests.desk import Desk
from tests.driven import Driven
from tests.matrix import PNG
from tests.own_templates import (
    ADMINISTRATOR,
    LETTER,
    MANAGER,
    OWN_WORDS,
    a_template,
    adding,
    applied,
    kept_template,
    proposing,
)
from tests.statements import sent_by
from tests.storage.test_office import REFUSED
from tests.world import World, at

DAY = "2025-12-01"
CHAIR = Role.REVIEW_GROUP_CHAIR


@pytest.fixture
def store() -> MemoryStore:
    return MemoryStore()


def propose(world: World, store, who: Role = MANAGER, **said: object) -> int:
    upload = kept_template(world, store, a_template())
    with world.act(who, DAY) as work:
        return propose_template(work, LETTER, proposing(**said), upload)


def answer(world: World, number: int, who: Role, **said: object) -> None:
    with world.act(who, DAY) as work:
        answer_template(work, LETTER, number, AnswerTemplate(**{"is_approved": True} | said))


def test_two_people_apply_a_template_and_both_leave_a_link(world, store):
    number = propose(world, store)
    with pytest.raises(NotPermitted, match="Another person"):
        answer(world, number, MANAGER)
    with pytest.raises(NotPermitted):
        answer(world, number, Role.AGENCY_LEAD)
    with pytest.raises(AnswerRefused, match="why not"):
        answer(world, number, ADMINISTRATOR, is_approved=False)
    with pytest.raises(RuleBroken, match="answered first"):
        propose(world, store)
    answer(world, number, ADMINISTRATOR)
    with pytest.raises(AlreadyDone):
        answer(world, number, ADMINISTRATOR)
    with world.act(MANAGER, DAY) as work:
        assert waiting_template(work, LETTER) is None
    told = [one.body for one in links(world) if str(one.body["what"]).startswith("template_")]
    assert [one["what"] for one in told] == ["template_proposed", "template_applied"]
    assert all(len(one["digest"]) == 64 for one in told)


def test_versions_hold_one_after_another_and_the_house_may_hold_again(world, store):
    with pytest.raises(AnswerRefused, match="own holds already"):
        applied(world, store, None)
    assert applied(world, store, a_template()) == 1
    assert applied(world, store, a_template(LETTER, adding("Two.")), "2026-01-10") == 2
    assert applied(world, store, None, "2026-02-10") == 3
    with pytest.raises(AnswerRefused, match="a later one"):
        propose(world, store)
    with world.act(MANAGER, "2026-03-01") as work:
        held = held_templates(work, LETTER)
        days = [(one.template.version, str(one.since), str(one.until)) for one in held]
        assert days == [
            (1, "2025-12-01", "2026-01-10"),
            (2, "2026-01-10", "2026-02-10"),
            (3, "2026-02-10", "None"),
        ]
        for moment, version in (
            ("2025-11-30", None),
            ("2025-12-02", 1),
            ("2026-01-11", 2),
            ("2026-02-11", None),
        ):
            found = template_at(work, LETTER, at(moment))
            assert (found and found.version) == version, moment
        assert template_at(work, DocumentKind.REFERRAL, at("2026-03-01")) is None


def test_a_day_in_the_past_and_who_may_not_propose_are_refused(world, store):
    with pytest.raises(AnswerRefused, match="in the past"):
        propose(world, store, effective_on="2025-11-30")
    with pytest.raises(NotPermitted):
        propose(world, store, Role.REVIEW_GROUP_CHAIR)
    with pytest.raises(NotFound):
        offered_kind("published_report")


def test_the_same_form_is_one_template(world, store):
    upload, once = kept_template(world, store, a_template()), uuid4()
    with world.act(MANAGER, DAY, once=once) as work:
        number = propose_template(work, LETTER, proposing(), upload)
    answer(world, number, ADMINISTRATOR)
    with pytest.raises(AlreadyDone), world.act(MANAGER, DAY, once=once) as work:
        propose_template(work, LETTER, proposing(), upload)


@pytest.mark.parametrize(
    "said", ["a project of macros", "an external template", "an OLE object", "DDE cut over runs"]
)
def test_a_file_that_is_not_kept_elsewhere_is_no_template_either(said, world, store):
    make, told = REFUSED[said]
    with pytest.raises(AnswerRefused, match=told) as refused:
        kept_template(world, store, make())
    assert refused.value.field == "file"
    assert store.versions == {}


def test_a_template_is_a_small_word_file_and_says_what_is_wrong_in_it(world, store):
    for content, told in (
        (PNG, "does not match"),
        (b"x" * (2 * 1024 * 1024 + 1), "2 MB or smaller"),
        (a_template(LETTER, adding("Dear {{ nobody }}")), "“nobody” is not offered"),
    ):
        with pytest.raises(AnswerRefused, match=told):
            kept_template(world, store, content)
    assert store.versions == {}


@pytest.mark.slow
def test_a_letter_is_made_from_the_template_that_held_when_it_was_ordered(ready_by):
    case = ready_by(Driven, Driven.decide, Driven.notify)
    desk = Desk(case.world, documents=KeylineDocuments())
    applied(case.world, desk.store, a_template(LETTER, adding(OWN_WORDS)))
    case.scope()
    desk.carry(case.case_id)
    letters = [one for one in desk.rows(case.case_id) if one.kind is LETTER]
    assert {one.form for one in letters} == {"pdf", "word"}
    assert {one.made_from for one in letters} == {
        "From version 1 of the partnership's own template."
    }
    said = desk.read(case.case_id, LETTER)
    assert all(OWN_WORDS in one for one in said)
    assert all("Under which law this is asked for" in one for one in said)
    others = [one for one in desk.rows(case.case_id) if one.kind is DocumentKind.SCOPING_FORM]
    assert {one.made_from for one in others} == {""}


def to_mend(world: World, who: Role, when: str = DAY) -> list[tuple[DocumentKind, int]]:
    """Return which templates this role is asked to mend."""
    with world.act(who, when) as work:
        return [(one.kind, one.version) for one in templates_to_mend(work)]


@pytest.mark.slow
def test_a_template_that_fails_loses_no_letter_and_the_letter_says_so(ready_by):
    case = ready_by(Driven, Driven.decide, Driven.notify)
    desk = Desk(case.world, documents=KeylineDocuments())
    applied(case.world, desk.store, a_template())
    with case.world.act(MANAGER) as work:
        row = get_template(work.session, LETTER, 1)
        row.sha256 = "00" * 32  # what lies in the store is another file
        work.session.add(row)
    case.scope()
    desk.carry(case.case_id)
    letters = [one for one in desk.rows(case.case_id) if one.kind is LETTER]
    assert {one.form for one in letters} == {"pdf"}
    assert all("could not be filled in" in one.made_from for one in letters)
    assert all("Secure your records now" in one for one in desk.read(case.case_id, LETTER))
    with case.world.act(MANAGER) as work:
        told = [one.code for one in alerts_for(work) if one.case_id == case.case_id]
    assert told == [AlertCode.TEMPLATE_FAILED], "once for all its letters"
    for who, asked in ((MANAGER, [(LETTER, 1)]), (ADMINISTRATOR, [(LETTER, 1)]), (CHAIR, [])):
        assert to_mend(case.world, who) == asked, who
    applied(case.world, desk.store, a_template(LETTER, adding("Mended.")), "2025-12-20")
    assert to_mend(case.world, MANAGER, "2025-12-20") == []


def test_the_sweep_leaves_a_template_and_a_new_key_takes_it_over(world):
    bucket = MemoryBucket()
    old, new = bytes(range(32)), bytes(range(32, 64))
    desk = Desk(world, EncryptedStore(bucket, LocalKeys(old)))
    content = a_template()
    applied(world, desk.store, content)
    desk.when = str((desk.now() + SAFE_AGE + SAFE_AGE).replace(tzinfo=None))
    assert sweep_partnership(desk, world.ours.partnership_id) == 0
    desk.store, count = EncryptedStore(bucket, LocalKeys(new, old)), Reencrypted()
    reencrypt_partnership(desk, world.ours.partnership_id, count)
    assert (count.looked_at, count.encrypted, count.failed) == (1, 1, 0)
    with world.act(MANAGER, DAY) as work:
        kept = KeptTemplate.of(get_template(work.session, LETTER, 1))
    alone = EncryptedStore(bucket, LocalKeys(new))
    assert kept.read_from(alone).content == content


def test_the_templates_of_every_kind_are_read_at_once(world, store, app_engine):
    applied(world, store, a_template())
    with world.act(MANAGER, "2026-03-01") as work, sent_by(app_engine) as asked:
        kinds = templates_of_kinds(work)
    assert {one.code for one in kinds} == {kind.value for kind in OFFERED}
    assert [one.code for one in kinds if one.versions] == [LETTER.value]
    assert len(asked) <= 3, "versions, answers, and who gave them"
