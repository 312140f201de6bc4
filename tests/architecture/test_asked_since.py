"""The worker of the newest release reads an entry in which nothing new was answered."""

from uuid import UUID, uuid4

from services.casework.asked_since import SINCE_RELEASE, asked_since, kept_content
from services.casework.commands import Command
from services.casework.steps.recommendations.said import ProposeRecommendations
from tests.architecture.released_questions import OF_RELEASE, models, released
from tests.valid_commands import CASE_ACTS, Ids, example


def new_questions(before, today):
    """Name every question of a released model that need not be answered and is new."""
    return {
        f"{name}.{question}"
        for name, model in today.items()
        for question, field in model.model_fields.items()
        if name in before and question not in before[name] and not field.is_required()
    }


def test_each_new_question_of_a_released_model_is_left_out_where_it_is_not_answered():
    before, today = released(OF_RELEASE.read_text()), models()
    left_out = {f"{name}.{one}" for name, model in today.items() for one in asked_since(model)}
    assert new_questions(before, today) - left_out == set()


def test_a_question_of_the_release_is_never_left_out_and_each_that_is_named_is_asked():
    before, today = released(OF_RELEASE.read_text()), models()
    assert [
        f"{name}.{one}"
        for name, model in today.items()
        for one in asked_since(model) & before.get(name, frozenset())
    ] == []
    named = {(name, one) for name, questions in SINCE_RELEASE.items() for one in questions}
    assert [said for said in named if said[1] not in today[said[0]].model_fields] == []


def test_a_new_question_that_is_not_left_out_is_found():
    class Said(Command):
        old: str
        new: str | None = None

    assert new_questions({"Said": frozenset({"old"})}, {"Said": Said}) == {"Said.new"}


def test_what_is_left_out_of_an_entry_is_read_as_it_was_said():
    ids = Ids(agency=uuid4(), reviewer=uuid4(), scrutineer=uuid4(), chair=uuid4())
    for act in CASE_ACTS:
        said = example(act, ids)
        assert type(said).model_validate(kept_content(said)) == said, act.name


def test_rows_leave_out_what_was_not_answered_each_for_itself():
    plain = {"text": "Do", "owner": UUID(int=1), "by_when": "2026-07-01"}
    said = ProposeRecommendations.model_validate(
        {"recommendations": [plain, plain | {"said_before": "new"}]}
    )
    first, second = kept_content(said)["recommendations"]
    assert set(first) == {"text", "owner", "by_when"}
    assert set(second) == {"text", "owner", "by_when", "said_before"}
