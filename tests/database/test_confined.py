"""A session adds its partnership to each table of a question, wherever the table stands in it."""

from uuid import uuid4

import pytest
from sqlalchemy import create_engine, exists, func
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select, union

from services.database.assignments import Assignment
from services.database.cases import Case
from services.database.partnership_row import SHOWN_BY_OTHERS, confine
from services.database.partnerships import Agency
from services.domain.identifiers import PartnershipId

OTHER = aliased(Assignment)
COUNTED = (
    select(func.count(col(Assignment.id)))
    .where(Assignment.case_id == Case.id)
    .correlate(Case)
    .scalar_subquery()
)
SOME = select(Assignment.case_id).where(col(Assignment.closed_at).is_(None))
QUESTIONS = {
    "a table": (select(Case), ["cases"]),
    "columns of it": (select(Case.id, Case.stage), ["cases"]),
    "another name": (select(OTHER), ["assignments_1"]),
    "a join": (
        select(Case).join(Assignment, col(Assignment.case_id) == Case.id),
        ["cases", "assignments"],
    ),
    "a question within": (
        select(Case).where(col(Case.id).in_(SOME)),
        ["cases", "assignments"],
    ),
    "whether there is one": (
        select(Case).where(exists().where(col(Assignment.case_id) == Case.id)),
        ["cases", "assignments"],
    ),
    "a number beside it": (select(Case, COUNTED), ["cases", "assignments"]),
    "a derived table": (select(SOME.subquery()), ["assignments"]),
    "two questions as one": (union(select(Case.id), select(Agency.id)), ["cases", "agencies"]),
}


def asked(question, **options) -> str:
    """Return what a confined session would send."""
    with Session(create_engine("sqlite://")) as session:
        confine(session, PartnershipId(uuid4()))
        with pytest.raises(OperationalError) as trouble:
            session.execute(question, execution_options=options)
    return str(trouble.value.statement)


@pytest.mark.parametrize("name", QUESTIONS)
def test_each_table_of_a_question_is_of_the_partnership(name):
    question, tables = QUESTIONS[name]
    sent = asked(question)
    for table in tables:
        assert f"{table}.tenant_id = ?" in sent, sent


def test_what_others_show_is_left_to_the_policies():
    assert "tenant_id = ?" not in asked(select(Case), **{SHOWN_BY_OTHERS: True})
