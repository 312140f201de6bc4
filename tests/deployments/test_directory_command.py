"""`./keyline directory`: what is typed becomes the command of the act, or is refused in words."""

import pytest

from deployments.cli import main
from deployments.directory import entry_of, understood
from services.casework.directory.acts import DIRECTORY_ACTS
from services.casework.directory.contacts import AnswerContact
from services.domain.errors import AnswerRefused


def test_answers_make_the_acts_own_command():
    command = understood(AnswerContact, ["is_confirmed=yes", "grounds=asked them = twice"])
    assert command == AnswerContact(is_confirmed=True, grounds="asked them = twice")


@pytest.mark.parametrize(
    ("answers", "field"),
    [([], "is_confirmed"), (["is_confirmed=yes"], "grounds"), (["is_confirmed"], "set")],
)
def test_what_is_missing_is_named(answers, field):
    with pytest.raises(AnswerRefused) as error:
        understood(AnswerContact, answers)
    assert error.value.field == field


def test_an_act_about_an_entry_needs_its_id():
    assert entry_of("add-organisation", "") is None
    with pytest.raises(AnswerRefused, match="--entry"):
        entry_of("end-contact", "")


def test_without_an_act_each_is_listed_with_what_it_asks(capsys):
    with pytest.raises(SystemExit) as left:
        main(["directory"])
    said = capsys.readouterr().out
    assert left.value.code == 0
    assert all(name in said for name in DIRECTORY_ACTS)
    assert "--set grounds=" in said
