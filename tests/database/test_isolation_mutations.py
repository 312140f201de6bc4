"""Mutations of the protection are noticed: by what a role can do then, or by the lint.

The short form tries one of 120. `./keyline check isolation` tries every one.
"""

from collections import Counter

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.pool import NullPool

from deployments.checks.figures import tell
from deployments.checks.isolation.catalogue import findings, wrong_grants
from deployments.checks.isolation.mutations import mutations
from services.casework.alerts import note_refused_read, raise_alert
from services.casework.steps import family_reading
from services.database.audit import AuditAnchor, AuditCheck
from services.database.decisions import Declaration
from services.database.documents import Document, DocumentState
from services.database.history import Viewing
from services.database.leases import acquire
from services.database.migrations.context_keys import install_key
from services.domain.alerts import AlertCode
from services.domain.documents import DocumentKind
from services.domain.entry_types import Section
from services.domain.roles import Actor, Role
from services.domain.viewings import Viewed
from services.domain.workflow import Stage
from tests import factories as say
from tests.collecting import a_collection
from tests.directory import with_a_directory
from tests.driven import Driven
from tests.identity_providers import a_provider_for
from tests.information_requests import with_requests
from tests.inspection_packs import with_packs
from tests.isolation_appointed import appoint_all
from tests.isolation_attempts import COLLECTED_AT, RETIRED, SECOND, Scene, results, set_up
from tests.isolation_audit import tie
from tests.isolation_conflicts import declare_beside
from tests.isolation_disposals import restore_once
from tests.isolation_drafts import DISPOSAL, DISPOSED_OF, a_draft, begin_drafts, with_a_view
from tests.isolation_guests import guest_rows, invite
from tests.isolation_holidays import change_holidays
from tests.isolation_interests import settle_one
from tests.isolation_left import EQUIVALENT
from tests.isolation_police import mark
from tests.isolation_sharing import share
from tests.joint_rows import joint_rows
from tests.kept import a_caught_email, tenant_tables
from tests.operators import an_operator_act
from tests.reached import reach
from tests.retained import with_retention
from tests.servers import app_engine_on
from tests.shared_learning import with_rows_of_no_case
from tests.world import make_world, someone_else

ONE_OF = 120

pytestmark = pytest.mark.slow


def with_a_row_of_everything(case: Driven) -> None:
    """Leave a row in every table of a partnership, each of this case where it can be."""
    manager = case.world.ours.actor(Role.BUSINESS_MANAGER)
    scrutineer = case.world.ours.actor(Role.INDEPENDENT_SCRUTINEER).person_id
    grant = say.grant_family_reading(scrutineer)
    case.do(family_reading.grant_family_reading, grant, Role.REVIEW_GROUP_CHAIR, "2026-12-01")
    with_a_directory(case.world, "2026-12-01")
    with_rows_of_no_case(case.world, case.case_id)
    with_retention(case)
    a_provider_for(case.world.engine, case.world.ours.code)
    with case.world.act(manager) as work:
        whose = {"tenant_id": manager.partnership_id, "case_id": case.case_id}
        who = {"person_id": manager.person_id, "role": manager.role, "at": work.now}
        work.session.add_all(_seen_and_stored(whose, who))
        work.session.add(a_caught_email(manager.partnership_id))
        work.session.add_all(joint_rows(work, case.case_id))
        work.session.add_all([a_draft(work, case.case_id), an_operator_act(work, case.case_id)])
        work.session.add_all(guest_rows(work, case.case_id, case.agency()))
        # One that waits at an address, and one whose address was never written.
        for address in (COLLECTED_AT, ""):
            work.session.add(a_collection(work.session, case.case_id, address))
        anchored = {"seq": 1, "hash": "", "at": work.now, "key": "", "anchored_at": work.now}
        work.session.add(AuditAnchor(tenant_id=manager.partnership_id, **anchored))
        checked = {"checked_at": work.now, "up_to": 1}
        work.session.add(AuditCheck(tenant_id=manager.partnership_id, **checked))
        note_refused_read(work, None)
        raise_alert(work, AlertCode.DIGEST_MISMATCH, case.case_id)
        acquire(work, case.case_id, "nobody")


def _seen_and_stored(whose, who) -> tuple[Viewing, Document]:
    """Return a look at the case, and a file of it."""
    viewing = Viewing(**whose, what=Viewed.CASE, **who)
    return viewing, _document(whose, who["at"], who["person_id"])


def _document(whose, now, person_id) -> Document:
    words = dict.fromkeys(("filename", "media_type", "key", "sha256", "form"), "example")
    return Document(
        **whose,
        **words,
        kind=DocumentKind.UPLOAD,
        section=Section.MEETING,
        version=1,
        size=1,
        standing=DocumentState.KEPT,
        made_by=person_id,
        said=[],
        made_at=now,
    )


def _declare_conflict(case: Driven, conflicted: Actor) -> None:
    with case.world.act(conflicted) as work:
        work.session.add(
            Declaration(
                tenant_id=conflicted.partnership_id,
                case_id=case.case_id,
                person_id=conflicted.person_id,
                has_conflict=True,
                closes=True,
                keeps_confidential=True,
                agreement=1,
                at=work.now,
            )
        )


@pytest.fixture(scope="module")
def scene(platform_postgres):
    """A database of its own, for its keys are changed, with a case that has been everywhere."""
    database = platform_postgres.make_migrated()
    engine = app_engine_on(database.app_url)
    case = reach(make_world(engine), Stage.CLOSED)
    with_a_row_of_everything(case)
    for leave in (with_requests, with_packs, with_a_view):
        leave(case.world, case.row())
    manager = case.world.ours.actor(Role.BUSINESS_MANAGER)
    conflicted = someone_else(manager)
    _declare_conflict(case, conflicted)
    administrator = create_engine(database.admin_url, poolclass=NullPool)
    with administrator.begin() as link:
        for key in (SECOND, RETIRED):
            install_key(link, key)
        link.execute(
            text("update sec.context_keys set retired_at = now() where name = :name"),
            {"name": RETIRED.name},
        )
        scene = Scene(
            manager.partnership_id,
            case.world.theirs.partnership_id,
            manager.person_id,
            conflicted.person_id,
            case.case_id,
        )
        scene.shared, scene.marks = share(link, case), mark(link, case)
        declare_beside(link, case)
        settle_one(link, scene)
        scene.guests = invite(link, scene)
        scene.appointments = appoint_all(link, scene)
        begin_drafts(link, scene, case.world.ours.actor(Role.REVIEW_GROUP_CHAIR).person_id)
        change_holidays(link, case)
        restore_once(link, scene)
        scene.ties = tie(link, case)
        scene.keep_rows(link, tenant_tables(administrator))
    engine.dispose()
    return administrator, scene


def made(link, mutation) -> bool:
    """Make the mutation; what is left of a function without a condition may be no SQL at all."""
    try:
        with link.begin_nested():
            link.execute(text(mutation.statements))
    except ProgrammingError:
        return False
    return True


def noticed_by(link, mutation, before, sound) -> str:
    """Return what notices the mutation: what a role can then do, else the lint, else nothing.

    Whether a grant that is withheld was given is for the lint to say: it opens no row by itself.
    """
    if mutation.is_a_grant and wrong_grants(link):
        return "lint"
    if results(link) != before:
        return "attempts"
    return "lint" if set(findings(link)) != sound else ""


def tried(link, mutation, before, sound) -> str | None:
    """Make the mutation and undo it; return what noticed it, or None where it is no SQL."""
    with link.begin_nested() as mutated:
        if not made(link, mutation):
            return None
        told = noticed_by(link, mutation, before, sound)
        mutated.rollback()
    return told


def test_drafts_of_who_is_gone_or_barred_are_disposed_of_and_no_others(scene):
    administrator, played = scene
    with administrator.connect() as link:
        set_up(link, played)
        for role in ("keyline_app", "keyline_worker"):
            assert results(link)[f"{role} with ours: {DISPOSAL}"] == str(DISPOSED_OF)
        link.rollback()


def test_every_mutation_of_the_protection_is_noticed(scene, request):
    every = 1 if request.config.getoption("--whole") else ONE_OF
    administrator, played = scene
    by: Counter[str] = Counter()
    survived = []
    with administrator.connect() as link:
        set_up(link, played)
        before, sound = results(link), set(findings(link))
        for mutation in [*mutations(link)][::every]:
            told = tried(link, mutation, before, sound)
            if told == "attempts" and (now := results(link)) != before:
                # A lease ran out meanwhile, or a quarter of an hour: that is no notice.
                before, told = now, tried(link, mutation, now, sound)
            if told is None:
                continue
            by[told] += 1
            if not told:
                survived.append(mutation.name)
        link.rollback()
    total = sum(by.values())
    tell(
        f"mutations of the isolation: {total - len(survived)} / {total} noticed:"
        f" {by['attempts']} by what a role could then do, {by['lint']} by the catalogue lint;"
        f" {len(EQUIVALENT)} named as equivalent"
    )
    for name in survived:
        tell(f"not noticed: {name}: {EQUIVALENT.get(name, 'a hole')}")
    assert set(survived) <= set(EQUIVALENT)
    assert every > 1 or set(survived) == set(EQUIVALENT)
    assert total > 1500 // every
