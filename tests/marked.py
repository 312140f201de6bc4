"""A case on which something is marked police-sensitive, and what each person reads of it."""

from uuid import UUID

from services.casework.access.documents import papers_seen
from services.casework.steps.police_marks import police_marks
from services.database.cases import get_case
from services.database.history import entries, facts
from services.database.police_marks import live_marks
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType
from services.domain.police_marks import ListedSeat
from services.domain.roles import Role, Seat
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from tests.desk import Desk
from tests.driven import Driven
from tests.police_factories import mark_sensitive
from tests.world import World

MANAGER, CHAIR, PARTNER = (
    Role.BUSINESS_MANAGER,
    Role.REVIEW_GROUP_CHAIR,
    Role.SAFEGUARDING_PARTNER,
)
WHEN = "2026-01-02 10:00"
PARTNERS = (ListedSeat.LOCAL_AUTHORITY, ListedSeat.INTEGRATED_CARE_BOARD)
MATTER = SignOffMatter.RAPID_REVIEW


class Marked(Driven):
    """A case on which something is marked, with its papers made."""

    def made(self) -> "Marked":
        """Make the papers that are ordered."""
        Desk(self.world, when=WHEN).carry(self.case_id)
        return self

    def mark(self, who=MANAGER, when=WHEN, **but) -> UUID:
        """Mark something, and return the mark."""
        before = self.marks()
        self.do(police_marks.mark_sensitive, mark_sensitive(**but), who, when)
        (made,) = self.marks() - before
        return made

    def marks(self) -> set[UUID]:
        with self.world.act(MANAGER, WHEN) as work:
            return {one.id for one in live_marks(work.session, self.case_id)}

    def police(self):
        return self.world.ours.partner(Seat.POLICE)

    def entry(self, entry_type: EntryType) -> UUID:
        """Return the newest entry of the type, whoever may read it."""
        with self.world.act(MANAGER, WHEN) as work:
            return facts(work.session, self.case_id, entry_type)[-1].id

    def read_by(self, who) -> set[EntryType]:
        """Return the types of the entries that the person reads."""
        with self.world.act(who, WHEN) as work:
            return {one.entry_type for one in entries(work.session, self.case_id)}

    def papers_of(self, who) -> set[DocumentKind]:
        with self.world.act(who, WHEN) as work:
            case = get_case(work.session, self.case_id)
            return {one.kind for one in papers_seen(work, case)}

    def asked(self, todo: Todo) -> list[str]:
        """Return for whom the todo is open: a role, or a seat."""
        return sorted((one.seat or one.role).value for one in self.turns() if one.todo is todo)


def met(world: World) -> Marked:
    """Carry a case to its meeting; nothing is marked yet."""
    case = Marked(world)
    case.decide().notify().scope().meet()
    return case


def met_with_papers(world: World) -> Marked:
    """Make its papers besides."""
    return met(world).made()
