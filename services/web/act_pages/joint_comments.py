"""Pages of comments in a joint review: what is commented on, and what becomes of it (RR-29)."""

from services.casework.joint.comments import waiting_comments
from services.casework.steps.joint import comment_answer
from services.casework.steps.joint import comments as joint_comments
from services.casework.steps.joint.comments import documents_shown, lead_as_shown
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.labels import label
from services.web.act_pages.act_page import ActPage
from services.web.forms.fields import Choice, Options


def _shown(work: UnitOfWork, case: Case) -> Options:
    """Offer the documents that the lead shows us now."""
    shared = lead_as_shown(work, case)
    found = documents_shown(work, shared) if shared else []
    return {
        "document": tuple(
            Choice(str(one.id), f"{one.shown_title}, version {one.version}", label(one.section))
            for one in found
        )
    }


def _waiting(work: UnitOfWork, case: Case) -> Options:
    """Offer the comments that wait for an answer, by whose they are and what they are on."""
    return {
        "comment": tuple(
            Choice(
                str(one.id),
                f"{one.partnership}, on {one.document or label(one.section)}",
                one.comment,
            )
            for one in waiting_comments(work, case)
        )
    }


PAGES = (
    ActPage(
        act=joint_comments.COMMENT_ON_SHOWN,
        path="joint/comment",
        title="Comment on what is shown to you",
        button="Send the comment",
        done="The comment is on record. The partnership that leads is asked to consider it.",
        narrow=_shown,
    ),
    ActPage(
        act=comment_answer.ANSWER_COMMENT,
        path="joint/comment/answer",
        title="Answer a comment of another partnership",
        button="Send the answer",
        done="The answer is on record. The partnership that commented is told of it.",
        narrow=_waiting,
    ),
)
