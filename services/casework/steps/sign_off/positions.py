"""A position of one party as it is kept: bound to the words, by an authority that is on record."""

from dataclasses import dataclass
from uuid import UUID

from services.casework.effects import close_todos
from services.casework.joint.matters import Bearer, bearer_of, deliver_signature
from services.casework.steps.rounds.sign_off_rounds import TODO_OF
from services.casework.steps.rounds.signature_filing import file_signature
from services.casework.steps.rounds.signed_text import SignedText, text_put
from services.casework.steps.sign_off.sign_off_outcomes import follow_signature
from services.database.cases import Case
from services.database.decisions import SignOff
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.delegation import DelegatedAuthority
from services.domain.entry_types import Section
from services.domain.parties import Party
from services.domain.sign_off import Position, SignOffMatter


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a party says of one round of a matter, and by what authority it is said (GOV-12).

    ``replaces`` is the position whose place it takes; ``named_lead`` says whose it is where
    somebody else puts it on record.
    """

    matter: SignOffMatter
    section: Section
    round: int
    party: Party
    by: DelegatedAuthority
    position: Position
    reasons: str
    replaces: UUID | None = None
    named_lead: str = ""

    @property
    def subject(self) -> str:
        """Return the subject of its entry in the history."""
        return f"{self.matter}:{self.round}:{self.party.code}"


@dataclass(frozen=True, slots=True)
class Kept:
    """A position that is kept, the words that were put, and whose case carries the matter."""

    signature: SignOff
    put: SignedText
    bearer: Bearer


def keep_position(work: UnitOfWork, case: Case, given: Given) -> Kept:
    """Keep the position with the digests of what was put; refuse words that changed since."""
    put, bearer = text_put(work, case, given.matter), bearer_of(work, case, given.matter)
    signature = SignOff(
        tenant_id=case.tenant_id,
        case_id=case.id,
        matter=given.matter,
        round=given.round,
        seat=given.party.seat,
        authority=given.party.authority,
        person_id=work.actor.person_id,
        decides=given.by.decides,
        accountable_to=given.by.accountable_to,
        position=given.position,
        reasons=given.reasons,
        words_sha256=put.words_sha256,
        paper_sha256=put.paper_sha256,
        section=given.section,
        joint_review_id=bearer.joint_review_id,
        replaces=given.replaces,
        named_lead=given.named_lead,
        at=work.now,
    )
    work.session.add(signature)
    return Kept(signature, put, bearer)


def follow_position(work: UnitOfWork, case: Case, entry: Entry, kept: Kept) -> None:
    """File what was signed together, and do what the position entails where the matter is ours."""
    signature, todo = kept.signature, TODO_OF[kept.signature.matter]
    file_signature(work, case, entry, kept.put)
    close_todos(work, case, todo, subject=signature.party.code)
    if kept.bearer.is_own(case):
        follow_signature(work, case, signature.matter, signature.position)
    else:
        deliver_signature(work, case, signature, kept.bearer, todo)
