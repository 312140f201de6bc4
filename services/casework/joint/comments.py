"""Comments of partnerships that take part, as they stand on record, with the lead's answers."""

from dataclasses import dataclass
from uuid import UUID

from services.casework.commands import named
from services.casework.joint.arrival import received_from
from services.database.cases import Case
from services.database.history import Entry, all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.joint_reviews import CommentAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """One comment: whose, on what, and what became of it, if it is answered."""

    id: UUID
    partnership_id: UUID
    partnership: str
    section: Section
    document: str
    comment: str
    answer: CommentAnswer | None
    reasons: str


def comments_received(work: UnitOfWork, case: Case) -> list[Comment]:
    """Return the comments of others on what we show, oldest first, each with our answer to it."""
    answered = _by_subject(all_of(work.session, case.id, EntryType.COMMENT_ANSWERED))
    received = all_of(work.session, case.id, EntryType.COMMENT_RECEIVED)
    return [_received(one, answered.get(one.subject)) for one in received]


def comments_made(work: UnitOfWork, case: Case) -> list[Comment]:
    """Return our own comments on what another partnership shows, with its answers."""
    answered = _by_subject(all_of(work.session, case.id, EntryType.COMMENT_ANSWER_RECEIVED))
    made = all_of(work.session, case.id, EntryType.COMMENT_MADE)
    return [
        _comment(one, one.id, case.tenant_id, work.partnership.name, answered.get(str(one.id)))
        for one in made
    ]


def waiting_comments(work: UnitOfWork, case: Case) -> list[Comment]:
    """Return the comments that wait for an answer, oldest first."""
    return [one for one in comments_received(work, case) if one.answer is None]


def named_comment(waiting: list[Comment], comment_id: UUID) -> Comment:
    """Return the comment that the form names; raises AnswerRefused beside the question."""
    refused = AnswerRefused("comment", "This comment is answered already, or is not on this case.")
    return named(waiting, comment_id, refused)


def _by_subject(answers: list[Entry]) -> dict[str, Entry]:
    return {one.subject: one for one in answers}


def _received(entry: Entry, answer: Entry | None) -> Comment:
    comment_id, partnership_id = received_from(entry.subject)
    whose = entry.command["partnership"]
    return _comment(entry, comment_id, partnership_id, whose, answer)


def _comment(
    entry: Entry, comment_id: UUID, partnership_id: UUID, whose: str, answer: Entry | None
) -> Comment:
    said, answered = entry.command, answer.command if answer else None
    return Comment(
        id=comment_id,
        partnership_id=partnership_id,
        partnership=whose,
        section=Section(said["section"]),
        document=said["document"],
        comment=said["comment"],
        answer=CommentAnswer(answered["answer"]) if answered else None,
        reasons=answered["reasons"] if answered else "",
    )
