"""The sections of long forms: their headings, and the questions under each, in the form's order.

A form is long from more than twelve questions on, or where its lists make it so. One that has
headings of its own is divided by them; of the others, and of what stands before the first heading,
it is said here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from services.web.act_pages.act_page import ActPage
from services.web.forms.fields import Question

LONG_FROM: Final = 12
_NUMBER: Final = re.compile(r"^[0-9]+\. ")  # as a heading on paper has it; pages count sections
# By the act: the question with which each section begins, and its heading.
_REPORT: Final = {
    "overview": "Overview, decisions and joint working",
    "general": "Shortcomings, prevention and good practice",
    "learning": "Learning, equality and improvements",
    "systemic": "Underlying reasons and the family",
    "one_alone": "What the report leaves out",
}
_PROCESS: Final = {"kind": "The review or proceeding"}
_BEGINS: Final[Mapping[str, Mapping[str, str]]] = {
    "log_lead": {
        "heard_at": "What was heard",
        "child": "The child",
        "told_at": "The local authority, and your interests",
    },
    "write_record": {
        "child": "The child and the family",
        "facts": "Facts, learning and agencies",
        "lived_experience": "The child's experience and identity",
        "risks": "Risks and national significance",
        "reasons_for_review": "Reasons, good practice and actions",
    },
    "propose_decision": {
        "outcome": "The decision and its grounds",
        "benefit": "The local review, if one is proposed",
        "learning": "Learning and actions",
    },
    "consider_request": {
        "must": "The criteria",
        "decision": "What is recommended, and why",
        "key_lines": "Key lines of enquiry and learning",
        "shares_reasons": "Who is told why",
    },
    "agree_terms": {
        "background": "Background and period",
        "key_lines": "Key lines of enquiry and method",
        "author_appointed": "Who reviews",
        "information": "Information and agencies",
        "family_plan": "The family, and equality",
        "parallel": "Other proceedings and legal advice",
        "timetable": "Timetable and publication",
        "changed": "What is changed in these terms",
    },
    "record_team_meeting": {
        "meeting": "The meeting",
        "family": "The family, and learning that cannot wait",
        "themes": "Themes, episodes and what else was decided",
    },
    "submit_report": {
        "analysis": "Analysis, learning and recommendations",
        "point_of_contact": "Contact and staff",
        "participants": "The learning event",
        "names_no_practitioner": "Names in the report",
    },
    "propose_plan": {
        "actions": "Actions",
        "not_taken": "What is not taken over",
        "dissemination": "How the learning is shared, and when the plan is reviewed",
    },
    "submit_draft": _REPORT,
    "change_report": _REPORT | {"changed_by": "What is changed, and what follows"},
    "plan_communications": {"prepared_with": "Who is told, by whom and when"},
    "record_process": _PROCESS,
    "change_process": {"process": "The review or proceeding"},
}


@dataclass(frozen=True, slots=True)
class FormSection:
    """One section of a form: what it is headed, and the names of its questions."""

    heading: str
    names: tuple[str, ...]

    def asked(self, questions: tuple[Question, ...]) -> tuple[Question, ...]:
        """Return its questions among those of the form."""
        return tuple(one for one in questions if one.name in self.names)


def sections_of(asked: ActPage) -> tuple[FormSection, ...]:
    """Return the sections in which the form is filled in; none for one that is not long."""
    begins = _BEGINS.get(asked.act.name)
    if not asked.keeps_draft or (begins is None and len(asked.questions) <= LONG_FROM):
        return ()
    found: list[FormSection] = []
    for question in asked.questions:
        heading = (begins or {}).get(question.name, question.under)
        if heading or not found:
            found.append(FormSection(_NUMBER.sub("", heading), (question.name,)))
        else:
            found[-1] = replace(found[-1], names=(*found[-1].names, question.name))
    return tuple(found)
