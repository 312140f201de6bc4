"""The forms about the trends and national reviews, each on a review that it may be about."""

from collections.abc import Callable, Mapping
from typing import Final
from uuid import UUID, uuid4

from services.casework.commands import Command
from services.casework.partnership_learning.national_reviews import (
    consider_national_review,
    record_national_action,
)
from services.casework.partnership_learning.theme_changes import AddTheme, EndTheme, MergeThemes
from services.domain.roles import Role
from services.domain.themes import Theme, shipped_id
from services.web.forms.fields import questions
from services.web.learning_forms import (
    ADD_THEME,
    CHECK,
    CONSIDER,
    DONE,
    END_THEME,
    LOOK,
    MERGE_THEMES,
    NOTE,
    ON_THEMES,
)
from tests.bad_input.carried import try_once
from tests.bad_input.fields import Leaf, posted
from tests.bad_input.stage import Stage
from tests.bad_input.trying import Form, within
from tests.shared_learning import (
    ADDRESS,
    MANAGER,
    a_look,
    a_publication,
    action_checked,
    action_done,
    considered,
    noted,
)
from tests.words import SAID
from tests.world import at

COMMANDS: Final[Mapping[str, Command]] = {
    LOOK.name: a_look(scrutiny=SAID),
    NOTE.name: a_publication(),
    CONSIDER.name: considered("2026-03-02"),
    DONE.name: action_done(),
    ADD_THEME.name: AddTheme(name="Dogs", reason=SAID),
    END_THEME.name: EndTheme(theme=shipped_id(Theme.NEGLECT), reason=SAID),
    MERGE_THEMES.name: MergeThemes(
        theme=shipped_id(Theme.THRESHOLDS), into=shipped_id(Theme.RISK_ASSESSMENT), reason=SAID
    ),
    CHECK.name: action_checked(),
}


def learning(stage: Stage) -> None:
    """Try each form."""
    stage.now = at("2026-02-02 10:00")
    manager = stage.person(stage.world.ours.actor(MANAGER))
    for number, asked in enumerate((LOOK, NOTE, CONSIDER, DONE, CHECK, *ON_THEMES)):
        of_form = questions(asked.command)
        about = asked in (CONSIDER, DONE, CHECK)
        path = f"{asked.within}{'/{entry_id}' if about else ''}/{asked.name}"
        address = path
        if about:
            review = noted(stage.world, address=f"{ADDRESS}-{number}")
            address = path.format(entry_id=review)
            if asked in (DONE, CHECK):
                _decide(stage, review)
            if asked is CHECK:
                _have_done(stage, review)
        form = Form(path, address, manager, posted(COMMANDS[asked.name], of_form), of_form)
        form.kept = _on_record(stage, form)
        try_once(stage, form)


def _decide(stage: Stage, review: UUID) -> None:
    with stage.world.act(Role.REVIEW_GROUP_CHAIR, once=uuid4()) as work:
        consider_national_review(work, review, considered("2026-03-02"))


def _have_done(stage: Stage, review: UUID) -> None:
    with stage.world.act(MANAGER, once=uuid4()) as work:
        record_national_action(work, review, action_done())


def _on_record(stage: Stage, form: Form) -> Callable[[Leaf], object]:
    """Return what reads an answer from the row that the form has added."""

    def kept(leaf: Leaf) -> object:
        asked_for = "select words from learning_records where id = %s"
        found = stage.place.ask(asked_for, UUID(form.hidden["once"][0]))
        return within(found[0][0], leaf.name.split("-")) if found else None

    return kept
