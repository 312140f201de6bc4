"""A police-sensitive mark is looked at again from the day that was chosen for it."""

from services.casework.effects import AboutTodo, open_todo_of
from services.casework.steps.rounds.marked_matters import who_marked
from services.database.cases import cases_of
from services.database.police_marks import marks_to_review
from services.database.unit_of_work import UnitOfWork
from services.domain.todos import Todo


def ask_to_review(work: UnitOfWork) -> None:
    """Ask each seat that marked to look again from the day it chose; asking twice adds none."""
    due = marks_to_review(work.session, work.today)
    cases = cases_of(work.session, {mark.case_id for mark in due})
    for mark in due:
        about = AboutTodo(str(mark.id), mark.review_on)
        open_todo_of(work, cases[mark.case_id], Todo.REVIEW_MARK, who_marked(mark), about)
