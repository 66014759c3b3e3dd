"""Places that activities share: who is there at the same time counts."""

from datetime import date, time

from hypothesis import given, strategies as st

from catalog.domain.shared_places import Sharing, left_for

MONDAY, TUESDAY = date(2026, 12, 7), date(2026, 12, 8)


def sharing(session, start, end, taken, *days):
    return Sharing(session, frozenset(days or [MONDAY]), time(start), time(end), taken)


def test_a_morning_and_an_afternoon_take_turns():
    morning, afternoon = sharing(1, 9, 12, 10), sharing(2, 13, 17, 4)

    left = left_for(morning, [morning, afternoon], 12)

    assert left == 2


def test_a_whole_day_meets_both_and_the_fullest_moment_decides():
    morning, afternoon = sharing(1, 9, 12, 10), sharing(2, 13, 17, 4)
    day = sharing(3, 8, 18, 1)

    left = left_for(day, [morning, afternoon, day], 12)

    assert left == 1


def test_another_day_does_not_count():
    own, other = sharing(1, 9, 12, 3, MONDAY), sharing(2, 9, 12, 9, TUESDAY)

    assert left_for(own, [own, other], 10) == 7


def test_a_course_is_as_full_as_its_fullest_day():
    course = sharing(1, 9, 12, 3, MONDAY, TUESDAY)
    lunch = sharing(2, 11, 13, 6, TUESDAY)

    assert left_for(course, [course, lunch], 10) == 1


def test_one_that_ends_when_the_other_begins_is_not_there():
    first, second = sharing(1, 9, 12, 5), sharing(2, 12, 14, 5)

    assert left_for(second, [first, second], 5) == 0
    assert left_for(second, [first, sharing(2, 12, 14, 0)], 5) == 5


SESSIONS = st.lists(
    st.builds(
        lambda number, start, hours, taken: sharing(
            number, start, min(23, start + hours), taken
        ),
        st.integers(1, 9),
        st.integers(6, 20),
        st.integers(1, 6),
        st.integers(0, 9),
    ),
    min_size=1,
    max_size=6,
)


@given(SESSIONS, st.integers(1, 40))
def test_hour_by_hour_never_more_than_there_are(sessions, capacity):
    own = sessions[0]

    left = left_for(own, sessions, capacity)

    fullest = max(
        sum(each.taken for each in sessions if each.start <= hour < each.end)
        for hour in map(time, range(24))
        if own.start <= hour < own.end
    )
    assert left == max(0, capacity - fullest)
