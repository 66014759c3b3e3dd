"""The numbered steps of a service: each opens once the one before is done."""

from catalog.domain.steps import Progress, Step, StepState, Way, steps_of


def states(progress, **given):
    return [state for _step, state in steps_of(progress, Way(**given))]


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
    assert states(done) == ["done", "done", "done", "if_needed"]


def test_an_access_asked_again_stays_open_for_booking():
    renewed = Progress(has_children=True, has_asked=True, is_accepted=True)

    assert states(renewed)[:3] == ["done", "done", "now"]


def test_a_service_booked_without_asking_has_one_step_less():
    way = Way(asks_first=False, takes_absences=False)
    steps = steps_of(Progress(has_children=True), way)

    assert steps == [(Step.FILE, StepState.DONE), (Step.BOOK, StepState.NOW)]


def test_a_waiting_list_has_a_step_that_waits_then_asks_for_an_answer():
    way = Way(keeps_list=True, is_booked=False)
    listed = Progress(has_children=True, is_listed=True)
    offered = Progress(has_children=True, is_offered=True)

    assert steps_of(listed, way)[-1] == (Step.PLACE, StepState.WAITING)
    assert steps_of(offered, way)[-1] == (Step.PLACE, StepState.NOW)
    assert [step for step, _ in steps_of(listed, way)] == ["file", "request", "place"]


def test_a_step_before_is_done_first():
    way = Way(comes_after=True, is_booked=False)
    new = Progress(has_children=True)
    past = Progress(has_children=True, is_past_before=True)

    assert steps_of(new, way)[1:] == [
        (Step.BEFORE, StepState.NOW),
        (Step.REQUEST, StepState.LATER),
    ]
    assert steps_of(past, way)[-1] == (Step.REQUEST, StepState.NOW)


def test_an_absence_is_explained_only_if_there_is_one():
    progress = Progress(has_children=True, is_accepted=True, has_booked=True)

    assert steps_of(progress, Way())[-1] == (Step.ABSENCE, StepState.IF_NEEDED)
