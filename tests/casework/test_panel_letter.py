"""The Panel's letter is kept as it came with the answer that it brings (Panel response letter)."""

from uuid import UUID

import pytest

from services.casework.answers_as_text import names_for, text_of
from services.casework.steps.file_checks import store_upload
from services.casework.steps.publication.publication_query import record_publication_query
from services.casework.steps.rapid_review.panel import RecordAnswer, record_answer
from services.casework.steps.uploads import AddFile, add_file
from services.database.documents import documents
from services.database.history import all_of
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests import factories as say
from tests.desk import Desk
from tests.driven import Driven
from tests.matrix import PNG
from tests.panel_factories import record_publication_query as say_query

MANAGER, WHEN, TITLE = Role.BUSINESS_MANAGER, "2026-01-19", "The letter of the Panel"
NOT_KEPT = ({"came_how": None}, {"letter_file": UUID(int=5)})


def letter(case: Driven, when: str = WHEN) -> UUID:
    """Add the letter to the case as a file."""
    upload = store_upload(Desk(case.world), case.world.ours.partnership_id, ("letter.png", PNG))
    with case.world.act(MANAGER, when) as work:
        add_file(work, case.case_id, AddFile(title=TITLE), upload)
    with case.world.act(MANAGER, when) as work:
        found = documents(work.session, case.case_id)
        (kept,) = [one.id for one in found if one.kind is DocumentKind.UPLOAD]
    return kept


@pytest.mark.parametrize("said", NOT_KEPT)
def test_an_answer_without_its_letter_says_how_it_came(case_at, said):
    """Neither is left out, and a file of another case is none."""
    case = case_at(Stage.WITH_PANEL)
    with pytest.raises(AnswerRefused) as refused:
        case.do(record_answer, say.record_answer(**said), MANAGER, WHEN)
    assert refused.value.field == "letter_file"


def test_the_answer_names_the_file_of_its_letter(case_at):
    """What is told of the answer tells the file by its title."""
    case = case_at(Stage.WITH_PANEL)
    kept = letter(case)
    answer = say.record_answer(letter_file=kept, came_how=None)
    case.do(record_answer, answer, MANAGER, WHEN)
    with case.world.act(MANAGER, WHEN) as work:
        (entry,) = all_of(work.session, case.case_id, EntryType.PANEL_ANSWERED)
        said = RecordAnswer.model_validate(entry.command)
        assert text_of(said.letter_file, names_for(work, kept)) == TITLE


def test_an_answer_from_before_is_read_as_it_was():
    """Of it neither the file nor how it came is known."""
    before = {"received_on": "2026-01-19", "answer": "agrees", "letter": "They agree."}
    assert RecordAnswer.model_validate(before).letter_file is None


@pytest.mark.parametrize("said", NOT_KEPT)
def test_a_query_of_publication_without_its_letter_says_how_it_came(case_at, said):
    """GOV-17: the Panel's other letter is kept in the same way."""
    case = case_at(Stage.PUBLICATION).plan()
    with pytest.raises(AnswerRefused) as refused:
        case.do(record_publication_query, say_query(**said), MANAGER, "2026-06-15")
    assert refused.value.field == "letter_file"
