"""The statements that find records entered twice; `SEEN` stands for those in scope.

A telephone or an address that many share (a hostel, a town hall's own) says nothing,
and neither does a birth date that many share when names are only alike.
"""

from families.enums import Alike

MOST_SHARING, MOST_BORN = 6, 200
# Trigrams in common, from 0 to 1: whole names, first names, first names of twins.
ALIKE, FIRST_ALIKE, TWINS_ALIKE = 0.55, 0.2, 0.5


def _plain(column: str) -> str:
    """Write a name in small letters, without accents and signs."""
    return (
        "btrim(regexp_replace(lower(public.unaccent('public.unaccent',"
        f" {column})), '[^a-z0-9]+', ' ', 'g'))"
    )


_ADULTS = f"""
WITH seen (id) AS MATERIALIZED (SEEN), one AS MATERIALIZED (
    SELECT person.id, person.public_id, person.birth_date,
           {_plain("person.last_name")} AS last_name,
           {_plain("person.first_name")} AS first_name,
           lower(person.email) AS email, lower(account.email) AS signs_in,
           regexp_replace(regexp_replace(person.phone, '[^0-9]', '', 'g'),
                          '^(00)?33(?=[1-9])', '0') AS phone
      FROM families_person AS person
      LEFT JOIN accounts_account AS account ON account.id = person.account_id
     WHERE person.id IN (SELECT person_id FROM families_guardian
                          WHERE household_id IN (SELECT id FROM seen))
), place AS MATERIALIZED (
    SELECT guardian.person_id AS one_id, guardian.household_id, household.public_id,
           {_plain("household.postal_code || ' ' || household.street")} AS home
      FROM families_guardian AS guardian
      JOIN families_household AS household ON household.id = guardian.household_id
     WHERE household.id IN (SELECT id FROM seen)
), contact AS (
    SELECT *, count(*) OVER (PARTITION BY way, value) AS sharing
      FROM (SELECT 'email' AS way, email AS value, one.* FROM one
            UNION SELECT 'email', signs_in, one.* FROM one
            UNION SELECT 'phone', phone, one.* FROM one
             WHERE length(phone) > 5) AS ways
     WHERE value <> ''
)"""  # noqa: S608 - our own words only.
_CHILDREN = f"""
WITH one AS MATERIALIZED (
    SELECT child.id, child.public_id, child.birth_date,
           {_plain("child.last_name")} AS last_name,
           {_plain("child.first_name")} AS first_name
      FROM families_child AS child
     WHERE child.id IN (SEEN) AND NOT child.is_expected
)"""  # noqa: S608 - our own words only.


def _together(table: str, column: str) -> str:
    """Say that two are in one household; the table's own index answers."""
    return f"""EXISTS (
            SELECT FROM {table} AS mine JOIN {table} AS other USING (household_id)
             WHERE mine.{column} = a.id AND other.{column} = b.id)"""


_ONE_HOME = _together("families_guardian", "person_id")
_ONE_FAMILY = _together("families_childmembership", "child_id")
# In one household, other first names on one birth date are twins.
_BY_NAME = f""", by_name AS (
    SELECT a.id AS first, b.id AS second, a.public_id AS low, b.public_id AS high,
           'name' AS same_by
      FROM one AS a JOIN one AS b USING (birth_date, last_name, first_name)
     WHERE a.public_id < b.public_id
    UNION ALL
    SELECT a.id, b.id, a.public_id, b.public_id, 'alike'
      FROM (SELECT *, count(*) OVER (PARTITION BY birth_date) AS born FROM one) AS a
      JOIN one AS b USING (birth_date)
     WHERE a.public_id < b.public_id AND a.born <= {MOST_BORN}
       AND (a.last_name, a.first_name) <> (b.last_name, b.first_name)
       AND public.similarity(a.first_name, b.first_name) >= {FIRST_ALIKE}
       AND public.similarity(a.first_name || ' ' || a.last_name,
                             b.first_name || ' ' || b.last_name) >= {ALIKE}
       AND (public.similarity(a.first_name, b.first_name) >= {TWINS_ALIKE}
            OR NOT TOGETHER)
)"""  # noqa: S608 - our own words only.
# A couple shares a telephone and an address: that says nothing of two adults.
_BY_CONTACT = f""", by_contact AS (
    SELECT a.id AS first, b.id AS second, a.public_id AS low, b.public_id AS high,
           a.way AS same_by
      FROM contact AS a JOIN contact AS b USING (way, value)
     WHERE a.public_id < b.public_id AND a.sharing <= {MOST_SHARING}
       AND (a.first_name = b.first_name AND a.last_name = b.last_name
            OR NOT {_ONE_HOME})
)"""  # noqa: S608 - our own words only.
# Files are alike by their adults: children alike may have two households.
_FILES = """, living AS (
    SELECT place.*, one.last_name, one.first_name
      FROM place JOIN one ON one.id = place.one_id
), of_files AS (
    SELECT x.household_id AS first, y.household_id AS second,
           x.public_id AS low, y.public_id AS high, people.same_by
      FROM (SELECT first, second, same_by FROM by_name
            UNION ALL SELECT second, first, same_by FROM by_name
            UNION ALL SELECT first, second, same_by FROM by_contact
            UNION ALL SELECT second, first, same_by FROM by_contact) AS people
      JOIN place AS x ON x.one_id = people.first
      JOIN place AS y ON y.one_id = people.second
     WHERE x.public_id < y.public_id
    UNION ALL
    SELECT a.household_id, b.household_id, a.public_id, b.public_id, 'home'
      FROM living AS a JOIN living AS b USING (home, last_name, first_name)
     WHERE a.public_id < b.public_id
)"""


def _told(pairs: str) -> str:
    """Leave out pairs told apart; the best reasons come first."""
    return f"""
SELECT first, second, array_agg(DISTINCT same_by) AS same_by
  FROM ({pairs}) AS pairs
 WHERE NOT EXISTS (SELECT FROM families_distinct AS apart
                    WHERE apart.kind = %s AND apart.first = pairs.low
                      AND apart.second = pairs.high)
 GROUP BY first, second
 ORDER BY bool_or(same_by = 'name') DESC, count(DISTINCT same_by) DESC, first, second
 LIMIT %s OFFSET %s
"""  # noqa: S608 - our own words only; values are parameters.


_ADULTS_BY_NAME = _BY_NAME.replace("TOGETHER", _ONE_HOME)
_CHILDREN_BY_NAME = _BY_NAME.replace("TOGETHER", _ONE_FAMILY)
_PEOPLE = "SELECT * FROM by_name UNION ALL SELECT * FROM by_contact"
STATEMENTS = {
    Alike.HOUSEHOLD: _ADULTS
    + _ADULTS_BY_NAME
    + _BY_CONTACT
    + _FILES
    + _told("SELECT * FROM of_files"),
    Alike.PERSON: _ADULTS + _ADULTS_BY_NAME + _BY_CONTACT + _told(_PEOPLE),
    Alike.CHILD: _CHILDREN + _CHILDREN_BY_NAME + _told("SELECT * FROM by_name"),
}
