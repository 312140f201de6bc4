"""National reviews: each is noted, considered by the review group, and applied here (EMB-11)."""

from urllib.parse import urlsplit
from uuid import UUID

from services.casework.partnership_learning.national_said import (
    ConsiderNationalReview,
    NationalActionDone,
    NoteNationalReview,
    RecordNationalAction,
    RecordNationalCheck,
)
from services.casework.partnership_learning.records import NewRecord, begin, put_on_record
from services.casework.partnership_learning.standing import (
    NationalReview,
    national_reviews,
    one_national_review,
)
from services.casework.past_days import must_be_past
from services.database.learning import LearningRecord, learning_records
from services.database.unit_of_work import UnitOfWork
from services.domain.actions import AuditFinding, Recheck
from services.domain.audit import LearningEvent
from services.domain.errors import AlreadyDone, AnswerRefused


def note_national_review(work: UnitOfWork, command: NoteNationalReview) -> LearningRecord:
    """Put a national publication on record; the review group is asked to consider it (EMB-11).

    Raises AnswerRefused for a day that has not come, for what is no web address, and for one that
    is noted already.
    """
    if (known := begin(work, command)) is not None:
        return known
    must_be_past(work, "published_on", command.published_on)
    _must_be_an_address(command.address)
    for one in national_reviews(learning_records(work.session)):
        if one.noted.address == command.address:
            raise AnswerRefused("address", f"It is noted already: {one.noted.title}.")
    noted = LearningEvent.NATIONAL_REVIEW_NOTED
    return put_on_record(work, NewRecord(event=noted, command=command, on_day=command.published_on))


def consider_national_review(
    work: UnitOfWork, review_id: UUID, command: ConsiderNationalReview
) -> LearningRecord:
    """Put on record what the group made of it: actions with owner and day, or why none (EMB-11).

    Raises NotFound, and AnswerRefused where neither is said, or both are.
    """
    if (known := begin(work, command, review_id)) is not None:
        return known
    review = one_national_review(work, review_id)
    must_be_past(work, "considered_on", command.considered_on, review.noted.published_on)
    _must_be_answered(command)
    if any(one.last_day < work.today for one in command.actions):
        raise AnswerRefused("actions", "Enter a day that is not in the past.")
    new = NewRecord(
        event=LearningEvent.NATIONAL_REVIEW_CONSIDERED,
        command=command,
        on_day=command.considered_on,
        about=review_id,
    )
    return put_on_record(work, new)


def record_national_action(
    work: UnitOfWork, review_id: UUID, command: RecordNationalAction
) -> LearningRecord:
    """Put on record that an action is done, with what changed (EMB-11).

    It is looked at again by a day that is said, or it is said why not (EMB-09). Raises NotFound,
    AlreadyDone for one that is done, and AnswerRefused for one that there is not.
    """
    if (known := begin(work, command, review_id)) is not None:
        return known
    review = one_national_review(work, review_id)
    _must_be_open(review, command)
    first = min(one.considered_on for one in review.considered)
    must_be_past(work, "done_on", command.done_on, first)
    _must_say_when_again(command.recheck, command.no_recheck)
    new = NewRecord(
        event=LearningEvent.NATIONAL_ACTION_DONE,
        command=command,
        on_day=command.done_on,
        about=review_id,
    )
    return put_on_record(work, new)


def record_national_check(
    work: UnitOfWork, review_id: UUID, command: RecordNationalCheck
) -> LearningRecord:
    """Put on record that an action was looked at again; what does not last is open (EMB-09).

    Raises NotFound, and AnswerRefused for an action that is not done.
    """
    if (known := begin(work, command, review_id)) is not None:
        return known
    review = one_national_review(work, review_id)
    done = _done(review, command)
    must_be_past(work, "looked_on", command.looked_on, done.done_on)
    _must_be_followed(work, command)
    new = NewRecord(
        event=LearningEvent.NATIONAL_ACTION_CHECKED,
        command=command,
        on_day=command.looked_on,
        about=review_id,
    )
    return put_on_record(work, new)


def _done(review: NationalReview, command: RecordNationalCheck) -> NationalActionDone:
    """Return how the action was done; refuse one that there is not, or that is not done."""
    found = [one.done for one in review.actions if one.number == command.number]
    if not found:
        raise AnswerRefused("number", "There is no action with that number.")
    if found[0] is None:
        raise AnswerRefused("number", "This action is not on record as done: record that first.")
    return found[0]


def _must_be_followed(work: UnitOfWork, command: RecordNationalCheck) -> None:
    """Refuse a look that leaves open when it is looked at or done again; or says both."""
    if command.finding is AuditFinding.NOT_SUSTAINED:
        if command.again_by is None or command.again_by < work.today:
            raise AnswerRefused("again_by", "Enter by when it is to be done again.")
        if command.recheck is not None:
            raise AnswerRefused("recheck", "Leave this empty: it is done again first.")
        return
    if command.again_by is not None:
        raise AnswerRefused("again_by", "Leave this empty if it lasts.")
    if command.recheck is None:
        raise AnswerRefused("recheck", "Choose when it is looked at again.")
    _must_say_when_again(command.recheck, command.no_recheck)


def _must_say_when_again(recheck: Recheck, no_recheck: str | None) -> None:
    """Refuse that it is not looked at again without the reason, and a reason where it is."""
    if recheck is Recheck.NONE and no_recheck is None:
        raise AnswerRefused("no_recheck", "Enter why it is not looked at again.")
    if recheck is not Recheck.NONE and no_recheck is not None:
        raise AnswerRefused("no_recheck", "Leave this empty if it is looked at again.")


def _must_be_an_address(address: str) -> None:
    """Refuse what is no address of a page that anybody can open."""
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme != "https" or "." not in parts.netloc or " " in address:
        raise AnswerRefused("address", "Enter a whole web address, beginning with https://")


def _must_be_answered(command: ConsiderNationalReview) -> None:
    """Refuse what says neither what is to be done nor why nothing is, or says both."""
    if command.is_anything_to_do:
        if not command.actions:
            raise AnswerRefused("actions", "Enter what is to be done, by whom and by when.")
        if command.nothing_because is not None:
            raise AnswerRefused("nothing_because", "Leave this empty if there is something to do.")
        return
    if command.actions:
        raise AnswerRefused("actions", "Leave this empty if there is nothing to do.")
    if command.nothing_because is None:
        raise AnswerRefused("nothing_because", "Say why there is nothing to do.")


def _must_be_open(review: NationalReview, command: RecordNationalAction) -> None:
    """Refuse an action that there is not, and one that is done."""
    found = [one for one in review.actions if one.number == command.number]
    if not found:
        raise AnswerRefused("number", "There is no action with that number.")
    if found[0].done is not None:
        raise AlreadyDone("This action is on record as done. What was said first stands.")
