"""Forms built by clerks: what they may ask, and the answers that are taken."""

import pytest
from hypothesis import given, strategies as st

from families.domain.proof_forms import (
    Answer,
    Question,
    QuestionKind,
    Wrong,
    WrongAnswersError,
    asked_now,
    read_questions,
    take_answers,
)
from foundation.reading import ConfigurationError, read

WORKS = {"code": "works", "label": "Do you work?", "kind": "yes_no"}
EMPLOYER = {
    "code": "employer",
    "label": "Who employs you?",
    "kind": "short",
    "only_if": {"question": "works", "is": "yes"},
}
HOURS = {
    "code": "hours",
    "label": "Hours a week",
    "kind": "number",
    "mandatory": False,
    "only_if": {"question": "works", "is": "yes"},
}


def form(*questions):
    return read({"questions": list(questions)}, read_questions)


def reasons(*questions):
    with pytest.raises(ConfigurationError) as refused:
        form(*questions)
    return {(each.path, each.reason) for each in refused.value.problems}


def wrong(questions, **given):
    with pytest.raises(WrongAnswersError) as refused:
        take_answers(questions, given)
    return refused.value.reasons


def test_what_is_read_is_written_the_same():
    questions = form(WORKS, EMPLOYER, HOURS)

    assert form(*[each.to_data() for each in questions]) == questions


def test_a_question_is_asked_only_after_the_answer_it_names():
    questions = form(WORKS, EMPLOYER)

    assert asked_now(questions, {"works": "no"}) == questions[:1]
    assert asked_now(questions, {"works": "yes"}) == questions
    assert asked_now(questions, {}) == questions[:1]


def test_an_answer_that_is_no_longer_asked_is_dropped():
    questions = form(WORKS, EMPLOYER)

    taken = take_answers(questions, {"works": "no", "employer": "The bakery"})

    assert taken == (Answer("works", "Do you work?", QuestionKind.YES_NO, "no"),)


def test_a_chain_of_conditions_falls_with_its_first_one():
    deeper = {
        "code": "boss",
        "label": "Do you lead it?",
        "kind": "yes_no",
        "only_if": {"question": "works", "is": "yes"},
    }
    deepest = {
        "code": "staff",
        "label": "How many people?",
        "kind": "number",
        "only_if": {"question": "boss", "is": "yes"},
    }
    questions = form(WORKS, deeper, deepest)

    asked = asked_now(questions, {"works": "no", "boss": "yes"})

    assert [each.code for each in asked] == ["works"]


def test_each_wrong_answer_says_why():
    questions = form(
        WORKS,
        {"code": "day", "label": "From", "kind": "date"},
        {"code": "hours", "label": "Hours", "kind": "number"},
        {"code": "true", "label": "I certify it", "kind": "certify"},
        {"code": "note", "label": "Note", "kind": "short", "mandatory": False},
    )

    found = wrong(
        questions, works="maybe", day="2026-02-30", hours="NaN", note="x" * 201
    )

    assert found == {
        "works": Wrong.NOT_A_CHOICE,
        "day": Wrong.NOT_A_DATE,
        "hours": Wrong.NOT_A_NUMBER,
        "true": Wrong.NOT_TICKED,
        "note": Wrong.TOO_LONG,
    }


def test_a_number_is_taken_as_people_write_it():
    questions = form({"code": "hours", "label": "Hours", "kind": "number"})

    (answer,) = take_answers(questions, {"hours": " 1 200,50 "})

    assert answer.answer == "1200.50"


def test_an_optional_question_may_stay_without_answer():
    questions = form(WORKS, HOURS)

    (answer,) = take_answers(questions, {"works": "yes"})

    assert answer.code == "works"


@pytest.mark.parametrize(
    ("label", "reason"),
    [
        ("Are you Muslim?", "question_tells_religion"),
        ("Does your child eat halal?", "question_tells_religion"),
        ("Which illness does your child have?", "question_tells_health"),
        ("Votre enfant est-il handicapé ?", "question_tells_health"),
    ],
)
def test_a_form_asks_neither_for_a_belief_nor_for_an_illness(label, reason):
    assert (
        "questions[0].label",
        reason,
    ) in reasons({"code": "a", "label": label, "kind": "short"})


def test_an_option_is_refused_as_a_label_is():
    menu = {"code": "menu", "label": "Menu", "kind": "choice"}

    found = reasons({**menu, "options": ["Normal", "Casher"]})

    assert ("questions[0].options", "question_tells_religion") in found


def test_a_condition_names_an_earlier_question_and_one_of_its_answers():
    alone = reasons(EMPLOYER)
    later = reasons(WORKS, {**EMPLOYER, "only_if": {"question": "works", "is": "oui"}})
    free = reasons(
        {"code": "name", "label": "Name", "kind": "short"},
        {**EMPLOYER, "only_if": {"question": "name", "is": "x"}},
    )

    assert ("questions[0].only_if.question", "not_an_earlier_question") in alone
    assert ("questions[1].only_if.is", "not_allowed") in later
    assert ("questions[1].only_if.question", "no_answers_to_choose") in free


def test_a_definition_that_contradicts_itself_is_refused():
    found = reasons(
        WORKS,
        WORKS,
        {"code": "a", "label": "A", "kind": "choice", "options": ["one"]},
        {"code": "b", "label": "B", "kind": "short", "options": ["one", "two"]},
        {"code": "c", "label": "C", "kind": "upload"},
        {"code": "d", "label": "D", "kind": "short", "colour": "red"},
    )

    assert {
        ("questions[1].code", "repeated_code"),
        ("questions[2].options", "too_few_options"),
        ("questions[3].options", "options_without_choice"),
        ("questions[4].kind", "not_allowed"),
        ("questions[5].colour", "unknown_key"),
    } <= found


def test_a_form_has_a_bounded_number_of_questions():
    many = [{**WORKS, "code": f"q{number}"} for number in range(41)]

    assert ("questions", "too_many_questions") in reasons(*many)


@given(
    st.dictionaries(
        st.sampled_from(["works", "employer", "hours", "other"]), st.text(max_size=250)
    )
)
def test_whatever_is_sent_is_taken_or_refused_by_name(given):
    questions = form(WORKS, EMPLOYER, HOURS)
    asked = {each.code for each in asked_now(questions, given)}
    refused: set[str] = set()
    try:
        taken = {each.code for each in take_answers(questions, given)}
    except WrongAnswersError as error:
        taken, refused = set(), set(error.reasons)

    assert taken | refused <= asked


def test_a_question_without_options_offers_its_own_answers():
    assert Question("a", "A", QuestionKind.YES_NO).answers == ("yes", "no")
    assert Question("a", "A", QuestionKind.CERTIFY).answers == ("yes",)
    assert Question("a", "A", QuestionKind.SHORT).answers == ()
