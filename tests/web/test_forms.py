"""What a form asks, and how the answers typed into it are read."""

from datetime import UTC, date, datetime
from typing import Annotated
from uuid import UUID

import pytest
from pydantic import Field, model_validator

from services.casework.commands import (
    AgencyChoice,
    AgencyChoices,
    Command,
    Day,
    Kind,
    LongText,
    Moment,
    RowForEach,
    Rows,
    ShortText,
    YesNo,
)
from services.domain.subjects import Harm
from services.web.forms.fields import Choice, questions
from services.web.forms.parsing import Answers, read
from services.web.forms.rendering import show
from services.web.forms.validation import refused, understand
from services.web.posted_form import Posted

AGENCY, ANOTHER = UUID(int=1), UUID(int=2)
OFFERED = (Choice(str(AGENCY), "Hill Hospital"),)
OPTIONS = {"agency": OFFERED, "agencies": OFFERED, "actions.agency": OFFERED}


class Line(Command):
    question: LongText = Field(title="Key line of enquiry")
    by: Day | None = Field(default=None, title="By when?")


class Judged(Command):
    harm: Harm = Field(title="Harm")
    applies: YesNo = Field(title="Does it apply?")


class Owned(Command):
    agency: AgencyChoice = Field(title="Owner")


class Everything(Command):
    """One of each."""

    name: ShortText = Field(title="Name", max_length=20)
    story: LongText | None = Field(default=None, title="Story")
    on: Day = Field(title="Date the local authority became aware")
    at: Moment | None = Field(default=None, title="When did it happen?")
    sure: YesNo = Field(title="Are you sure?")
    harm: Harm = Field(default=Harm.DEATH, title="Harm")
    harms: tuple[Harm, ...] = Field(default=(), title="Harms")
    agency: AgencyChoice | None = Field(default=None, title="Agency")
    agencies: AgencyChoices = Field(default=(), title="Agencies")
    lines: Annotated[tuple[Line, ...], Rows(2, "line")] = Field(default=(), title="Lines")
    judged: Annotated[tuple[Judged, ...], RowForEach(Harm, "harm")] = Field(title="Judged")
    actions: Annotated[tuple[Owned, ...], Rows(1, "action")] = Field(default=(), title="Actions")
    number: int = Field(default=1, title="Number", ge=1, le=9)

    @model_validator(mode="after")
    def _must_fit(self) -> "Everything":
        if self.name == "misfit":
            raise ValueError("These answers do not fit together.")
        return self


GOOD = {
    "name": "Robin",
    "on-day": "2",
    "on-month": "3",
    "on-year": "2026",
    "sure": "yes",
    "judged-0-applies": "yes",
    "judged-1-applies": "no",
    "judged-2-applies": "no",
}
ASKED = questions(Everything)


def posted(**changes: str | tuple[str, ...] | None) -> Posted:
    answers = {**GOOD, **{name.replace("__", "-"): one for name, one in changes.items()}}
    given = {name: one for name, one in answers.items() if one is not None}
    return Posted({name: (one,) if isinstance(one, str) else one for name, one in given.items()})


def understood(**changes: str | tuple[str, ...] | None) -> Everything:
    answers = read(ASKED, posted(**changes), OPTIONS)
    words = understand(Everything, ASKED, answers)
    assert isinstance(words, Everything), words
    return words


def problems(**changes: str | tuple[str, ...] | None) -> dict[str, str]:
    answers = read(ASKED, posted(**changes), OPTIONS)
    found = understand(Everything, ASKED, answers)
    assert isinstance(found, list), found
    return {one.anchor: one.message for one in found}


def test_each_kind_of_answer_is_known_from_its_annotation():
    kinds = {question.name: question.kind for question in ASKED}
    assert kinds["name"] is Kind.SHORT_TEXT
    assert kinds["story"] is Kind.LONG_TEXT
    assert kinds["at"] is Kind.MOMENT
    assert kinds["harm"] is Kind.ONE_OF
    assert kinds["harms"] is Kind.SEVERAL
    assert kinds["agencies"] is Kind.AGENCIES
    assert kinds["lines"] is Kind.ROWS
    assert kinds["number"] is Kind.NUMBER


def test_good_answers_become_the_words():
    words = understood(
        at__day="28",
        at__month="March",
        at__year="2026",
        at__time="10:40pm",
        harms=("serious_harm",),
        agency=str(AGENCY),
        agencies=(str(AGENCY),),
        actions__0__agency=str(AGENCY),
        number="7",
    )
    assert words.on == date(2026, 3, 2)
    assert words.at == datetime(2026, 3, 28, 22, 40, tzinfo=UTC)
    assert (words.sure, words.harm, words.harms) == (True, Harm.DEATH, (Harm.SERIOUS_HARM,))
    assert words.actions[0].agency == words.agency == AGENCY
    assert [one.applies for one in words.judged] == [True, False, False]
    assert words.number == 7


def test_blank_rows_are_left_out_and_the_others_keep_their_place():
    words = understood(lines__1__question="Why?", lines__0__question=" ")
    assert [line.question for line in words.lines] == ["Why?"]


def test_what_is_answered_twice_in_a_row_is_refused_though_both_are_blank():
    found = problems(lines__1__question=("", ""))
    assert found["lines-1-question"].endswith("give one answer only")


def test_a_problem_in_a_row_says_which_row():
    assert problems(judged__1__applies="") == {
        "judged-1-applies": "The child was seriously harmed: Answer yes or no: does it apply?"
    }
    assert problems(lines__1__by__day="1")["lines-1-question"].startswith("Line 2: Enter key line")


def test_more_rows_than_offered_are_read_and_shown():
    extra = {f"lines__{number}__question": f"Line {number}" for number in range(5)}
    assert len(understood(**extra).lines) == 5
    form = show(ASKED, OPTIONS, posted(**extra))
    assert len(next(one for one in form.fields if one.name == "lines").rows) == 5


def test_every_missing_answer_is_named():
    found = problems(name="", on__day="", on__month="", on__year="", sure="")
    assert found == {
        "name": "Enter name",
        "on-day": "Enter date the local authority became aware",
        "sure": "Answer yes or no: are you sure?",
    }


@pytest.mark.parametrize(
    ("day", "month", "year", "said", "part"),
    [
        ("30", "2", "2026", "enter a real date, like 27 3 2026", "day"),
        ("29", "2", "2025", "enter a real date, like 27 3 2026", "day"),
        ("31", "4", "2026", "enter a real date, like 27 3 2026", "day"),
        ("31", "", "2026", "enter a month too", "month"),
        ("", "", "2026", "enter a day and month too", "day"),
        ("1", "13", "2026", "enter a real date, like 27 3 2026", "day"),
        ("1", "Smarch", "2026", "enter a real month, like 3 or March", "month"),
        ("1", "1", "26", "enter the year in 4 figures, like 2026", "year"),
        ("1", "1", "0001", "enter a year from 1900 to 2100", "year"),
        ("1", "1", "9999", "enter a year from 1900 to 2100", "year"),
        ("1", "1", "20226", "enter the year in 4 figures, like 2026", "year"),
        ("\uff11", "1", "2026", "enter a real day", "day"),
        ("٣", "1", "2026", "enter a real day", "day"),
        ("1_0", "1", "2026", "enter a real day", "day"),
        ("1.0", "1", "2026", "enter a real day", "day"),
    ],
)
def test_a_date_that_is_none_is_told_so(day: str, month: str, year: str, said: str, part: str):
    found = problems(on__day=day, on__month=month, on__year=year)
    assert found == {f"on-{part}": f"Date the local authority became aware: {said}"}


@pytest.mark.parametrize(
    ("day", "month", "time", "said"),
    [
        ("29", "3", "01:30", "enter another time: the clocks went forward over this one"),
        ("25", "10", "01:30", "came twice that night"),
        ("2", "3", "", "enter a time too, like 22:40"),
        ("2", "3", "25:00", "enter a real time"),
        ("2", "3", "13pm", "enter a real time"),
        ("2", "3", "noon", "enter a time, like 22:40 or 10:40pm"),
        ("2", "3", "9", "enter a time, like 22:40 or 10:40pm"),
    ],
)
def test_a_time_that_is_none_is_told_so(day: str, month: str, time: str, said: str):
    found = problems(at__day=day, at__month=month, at__year="2026", at__time=time)
    assert list(found) == ["at-time"]
    assert said in found["at-time"]


@pytest.mark.parametrize(
    ("time", "hour"), [("01:30 BST", 0), ("01:30 GMT", 1), ("1.30am bst", 0), ("02:00", 2)]
)
def test_a_time_of_the_night_when_clocks_go_back_says_which(time: str, hour: int):
    words = understood(at__day="25", at__month="10", at__year="2026", at__time=time)
    assert words.at.hour == hour


@pytest.mark.parametrize(
    "text",
    ["a\0b", "a\ud800b", "\u202egnp.exe", "a\x07", "\ufffd", "\U000e0041", "e" + "\u0301" * 40],
)
def test_text_that_no_page_can_carry_is_refused(text: str):
    assert list(problems(name=text)) == ["name"]
    form = show(ASKED, OPTIONS, posted(name=text, story=text))
    assert "\0" not in form.fields[0].value.encode().decode()


@pytest.mark.parametrize("text", ["", "   ", "\u200b\u200b", "\ufeff"])
def test_text_that_shows_nothing_is_no_answer(text: str):
    assert problems(name=text) == {"name": "Enter name"}


@pytest.mark.parametrize(
    "text", ["O'Brien-Šmíd", "李", "Null", "<script>", "{{7*7}}", "' OR 1=1--"]
)
def test_text_is_kept_as_it_was_typed(text: str):
    assert understood(name=text).name == text


def test_the_same_name_in_two_ways_of_writing_is_the_same():
    assert understood(name="Rene\u0301").name == understood(name="Ren\u00e9").name == "Ren\u00e9"


def test_a_text_that_is_too_long_says_how_long_it_is():
    assert problems(name="a" * 21) == {"name": "Name: use 20 characters or fewer. It has 21 now"}
    assert problems(story="a" * 300_000)["story"].startswith("Story: use 20")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("harm", "the child was cross"),
        ("harms", ("death", "the child was cross")),
        ("agency", str(ANOTHER)),
        ("agencies", ("not an id",)),
        ("sure", "maybe"),
        ("number", "1e3"),
        ("number", "\uff19"),
        ("number", "99999999999999999999"),
        ("name", ("two", "answers")),
    ],
)
def test_an_answer_that_was_not_offered_is_refused(name: str, value: str | tuple[str, ...]):
    assert list(problems(**{name: value})) == [name]


@pytest.mark.parametrize("name", ["tenant_id", "stage", "__class__", "lines-0-by", "judged-3-x"])
def test_a_question_that_was_not_asked_is_refused(name: str):
    assert list(problems(**{name.replace("-", "__"): "x"})) == [""]


def test_what_the_words_themselves_refuse_stands_at_its_question_or_at_the_top():
    assert problems(number="10") == {"number": "Number: enter 9 or fewer"}
    assert problems(name="misfit") == {"": "These answers do not fit together."}
    answers = read(ASKED, posted(name="misfit"), OPTIONS)
    understand(Everything, ASKED, answers)
    assert answers == read(ASKED, posted(name="misfit"), OPTIONS)


def test_what_an_act_refuses_stands_at_its_question_also_in_a_row():
    answers = Answers(kept_rows={"lines": [1]})
    found = refused("lines.0.question", "No.", ASKED, answers)
    assert found.field == "lines-1-question"
    assert refused("on", "No.", ASKED, answers).anchor == "on-day"
    assert refused("unheard of", "No.", ASKED, answers).field == ""


def test_a_problem_leaves_the_other_answers_where_they_were():
    answers = read(ASKED, posted(name="", story="A long story"), OPTIONS)
    form = show(ASKED, OPTIONS, posted(name="", story="A long story"), answers.problems)
    assert next(one for one in form.fields if one.name == "story").value == "A long story"
    assert form.problems[0].field == "name"


def test_an_id_from_the_options_is_an_id():
    assert isinstance(understood(agency=str(AGENCY)).agency, UUID)
