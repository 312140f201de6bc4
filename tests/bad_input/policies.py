"""The forms by which two people put a policy in force, and a template of papers."""

from datetime import timedelta

from services.casework.own_templates import AnswerTemplate, ProposeTemplate
from services.casework.policies import AnswerPolicy
from services.casework.policy_form import as_said
from services.casework.policy_questions import ProposePolicy
from services.domain.clocks.policy_json import stored_policy
from services.domain.roles import Role
from services.storage.memory import MemoryStore
from services.web.forms.fields import questions
from tests.bad_input.carried import try_once
from tests.bad_input.fields import Leaf, posted
from tests.bad_input.stage import Stage
from tests.bad_input.trying import Form, within
from tests.own_templates import LETTER, a_template, applied, proposing


def by_two_people(stage: Stage) -> None:
    """Try the forms of a policy, and those of a template."""
    policy_proposal(stage)
    own_template(stage)


def policy_proposal(stage: Stage) -> None:
    """Try the form that proposes a policy, and the one by which a second person answers it."""
    form = _propose(stage)
    form.open()
    assert form.post(form.valid).status_code == 303
    ((number,),) = stage.place.ask("select max(version) from policy_versions")
    asked = questions(AnswerPolicy)
    words = posted(AnswerPolicy(is_approved=False, reasons="It is a hoax."), asked)

    def kept(leaf: Leaf) -> object:
        found = stage.place.ask("select reasons from policy_answers")
        return found[0][0] if found and leaf.name == "reasons" else None

    partner = stage.person(stage.world.ours.actor(Role.SAFEGUARDING_PARTNER))
    name, path = "/policy/proposal/{version}", f"/policy/proposal/{number}"
    answer = Form(name, path, partner, words, asked, "/policy/proposal", kept=kept)
    try_once(stage, answer)
    answer.open()
    assert answer.post(answer.valid).status_code == 303, "it waits for nobody any more"


def own_template(stage: Stage) -> None:
    """Try the form that proposes a template of papers, and the one by which it is answered."""
    today = stage.now.date().isoformat()
    applied(stage.world, MemoryStore(), a_template(), today)
    asked = questions(ProposeTemplate)
    said = proposing(effective_on=stage.now.date() + timedelta(days=400))

    def proposed(leaf: Leaf) -> object:
        question = "select reason from paper_templates order by version desc limit 1"
        return stage.place.ask(question)[0][0] if leaf.name == "reason" else None

    name = "/policy/templates/{kind}/propose"
    here = f"/policy/templates/{LETTER}"
    manager = stage.person(stage.world.ours.actor(Role.BUSINESS_MANAGER))
    form = Form(name, f"{here}/propose", manager, posted(said, asked), asked, kept=proposed)
    try_once(stage, form)
    form.open()
    assert form.post(form.valid).status_code == 303
    answered = questions(AnswerTemplate)
    words = posted(AnswerTemplate(is_approved=False, reasons="It is a hoax."), answered)

    def kept(leaf: Leaf) -> object:
        question = (
            "select a.reasons from paper_template_answers a join paper_templates t"
            " on t.id = a.template_id where t.version = 2"
        )
        found = stage.place.ask(question)
        return found[0][0] if found and leaf.name == "reasons" else None

    other = stage.person(stage.world.ours.actor(Role.PARTNERSHIP_ADMINISTRATOR))
    name, path = "/policy/templates/{kind}/proposal/{version}", f"{here}/proposal/2"
    answer = Form(name, path, other, words, answered, here, kept=kept)
    try_once(stage, answer)


def _propose(stage: Stage) -> Form:
    asked = questions(ProposePolicy)
    with stage.world.act(Role.BUSINESS_MANAGER, "2025-12-10") as work:
        opens_with = as_said(stored_policy(work.partnership.policy))
    said = opens_with.model_copy(
        update={
            "reason": "Working Together has changed.",
            "agreed": "The executive, 1 December 2025",
            "effective_on": stage.now.date() + timedelta(days=400),
            "version": "2027-01",
            "name": "A policy",
        }
    )

    def kept(leaf: Leaf) -> object:
        question = (
            "select policy, reason, agreed from policy_versions where effective_on is not null"
            " order by version desc limit 1"
        )
        for policy, reason, agreed in stage.place.ask(question):
            on_form = as_said(stored_policy(policy)).model_dump(mode="json")
            told = on_form | {"reason": reason, "agreed": agreed}
            return None if leaf.name == "effective_on" else within(told, leaf.name.split("-"))
        return None

    browser = stage.person(stage.world.ours.actor(Role.BUSINESS_MANAGER))
    path = "/policy/propose"
    form = Form(path, path, browser, posted(said, asked), asked, kept=kept)
    try_once(stage, form)
    return form
