"""Drafts of people who stand differently to the case, and what a mutation lets one do with them."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, text

from services.database.cases import Case
from services.database.drafts import Draft
from services.database.saved_views import SavedView
from services.database.signed_context import NONE_CHOSEN
from services.database.unit_of_work import UnitOfWork
from services.domain.roles import Role
from tests.servers import CONTEXT_KEY
from tests.world import World

LASTS = 7200
DISPOSAL = "select sec.dispose_drafts('2000-01-01', current_date)"
# Of the conflicted person's two the one of the case, of who declared beside, and of three who serve
# others, later, and no longer; and that of who serves nobody, by which drafts are counted for a
# leaver. That of the manager stays.
DISPOSED_OF = 6
_DRAFT = text(
    "insert into drafts (tenant_id, id, case_id, person_id, act, about, form_version, form_key,"
    " sealed, begun_at, saved_at)"
    " values (:tenant, gen_random_uuid(), :case, :person, 'close', '', '',"
    " gen_random_uuid(), '', now(), now())"
)
_PERSON = text(
    "insert into people (id, email, name, is_guest)"
    " values (:person, cast(:person as text), 'x', false)"
)
_SERVES = text(
    "insert into memberships (tenant_id, id, person_id, role, authority, decides, accountable_to,"
    " from_on, to_on) values (:tenant, gen_random_uuid(), :person, 'review_group_member', '', '',"
    " '', current_date + :from_on, current_date + :to_on)"
)


def a_draft(work: UnitOfWork, case_id: UUID) -> Draft:
    """Return a draft of the actor's on the case, whose words nobody typed."""
    return Draft(
        tenant_id=work.actor.partnership_id,
        id=uuid4(),
        case_id=case_id,
        person_id=work.actor.person_id,
        act="close",
        about="",
        form_version="",
        form_key=uuid4(),
        sealed=b"",
        begun_at=work.now,
        saved_at=work.now,
    )


def a_view(work: UnitOfWork) -> SavedView:
    """Return a view of a list that the actor keeps."""
    return SavedView(
        tenant_id=work.actor.partnership_id,
        id=uuid4(),
        person_id=work.actor.person_id,
        of_list="cases",
        narrowed="stage=referred",
        sealed=b"sealed",
        kept_at=work.now,
    )


def with_a_view(world: World, _case: Case) -> None:
    """Have the business manager keep a view of a list."""
    with world.act(Role.BUSINESS_MANAGER) as work:
        work.session.add(a_view(work))


def own_rows(work: UnitOfWork, case_id: UUID) -> tuple[Draft, SavedView]:
    """Return what is the actor's alone: a draft on the case, and a view of a list."""
    return a_draft(work, case_id), a_view(work)


def begin_drafts(link: Connection, scene: Any, beside: UUID) -> None:
    """Add drafts of the conflicted person, here and of no case; of who serves them, then, once.

    The person ``beside`` has declared a conflict on the other side's row of the joint review.
    """
    ours, case = {"tenant": scene.ours}, {"case": scene.case_id}
    link.execute(_DRAFT, ours | case | {"person": beside})
    link.execute(_DRAFT, ours | case | {"person": scene.conflicted})
    link.execute(_SERVES, _serving(ours, link, scene.conflicted, -10, 10))
    link.execute(_DRAFT, ours | {"case": None, "person": scene.conflicted})
    link.execute(_DRAFT, ours | case | {"person": scene.marks.their_police})
    for from_on, to_on in ((1, 9), (-9, -1)):
        person = uuid4()
        link.execute(_SERVES, _serving(ours, link, person, from_on, to_on))
        link.execute(_DRAFT, ours | case | {"person": person})


def _serving(
    ours: dict[str, UUID], link: Connection, person: UUID, from_on: int, to_on: int
) -> dict[str, object]:
    """Have the person serve ours from so many days from now until so many."""
    link.execute(_PERSON, {"person": person})
    return {**ours, "person": person, "from_on": from_on, "to_on": to_on}


def reading_drafts(scene: Any, add: Any) -> Iterator[tuple[str, str, str, str]]:
    """Yield attempts to read, change and end drafts of one's own and of others."""
    police, row = scene.marks.police, scene.rows["drafts"]
    for name, who in (("manager", scene.manager), ("police", police)):
        said = CONTEXT_KEY.sign(scene.ours, who, LASTS)
        for what in (
            "select count(*) from drafts",
            "update drafts set form_version = 'another'",
            f"update drafts set person_id = '{police}'",  # noqa: S608 -- ours
            "delete from drafts",
            add("drafts", row, person_id=str(scene.manager)),
        ):
            yield "keyline_app", f"drafts as {name}", said, what
    contexts = scene.contexts()
    for role in ("keyline_app", "keyline_worker", "keyline_sign_in"):
        for name in ("none", "ours", "theirs", "forged"):
            for what in (
                f"select sec.end_drafts('{scene.case_id}')",
                f"select sec.end_drafts('{NONE_CHOSEN}')",
                DISPOSAL,
            ):
                yield role, name, contexts[name], what
