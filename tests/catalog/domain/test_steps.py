"""The numbered steps of a service: each opens once the one before is done."""

from catalog.domain.steps import Progress, Step, StepState, steps_of


def states(progress, **given):
    options = {"asks_first": True, "takes_absences": True} | given
    return [state for _step, state in steps_of(progress, **options)]


def test_a_newcomer_starts_with_the_file_and_sees_the_rest_ahead():
    assert states(Progress()) == ["now", "later", "later", "later"]


def test_each_step_opens_the_next_one():
    assert states(Progress(has_children=True)) == ["done", "now", "later", "later"]
    assert states(Progress(has_children=True, has_asked=True)) == [
        "done",
        "waiting",
        "later",
        "later",
    ]
    assert states(Progress(has_children=True, is_accepted=True)) == [
        "done",
        "done",
        "now",
        "later",
    ]
    done = Progress(has_children=True, is_accepted=True, has_booked=True)
    assert states(done) == ["done", "done", "done", "now"]


def test_an_access_asked_again_stays_open_for_booking():
    renewed = Progress(has_children=True, has_asked=True, is_accepted=True)

    assert states(renewed)[:3] == ["done", "done", "now"]


def test_a_service_booked_without_asking_has_one_step_less():
    steps = steps_of(
        Progress(has_children=True), asks_first=False, takes_absences=False
    )

    assert steps == [(Step.FILE, StepState.DONE), (Step.BOOK, StepState.NOW)]
