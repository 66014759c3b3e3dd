"""The words a household is found by follow its file, whoever writes it.

The triggers run once for a statement, however many rows it writes: bringing ten
thousand people rewrites their words a few times, never ten thousand times. The function
names the schema of the table it was called for, so that it never touches another town.
"""

from django.db import migrations

# `of_these` is the query of a trigger that finds the households to write again.
FUNCTION = r"""
CREATE FUNCTION families_keep_words() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE
    town text := TG_TABLE_SCHEMA;
    of_these bigint[];
BEGIN
    EXECUTE 'SELECT array_agg(DISTINCT id) FROM ('
        || replace(TG_ARGV[0], 'TOWN', quote_ident(town))
        || ') AS these(id) WHERE id IS NOT NULL'
    INTO of_these;
    IF of_these IS NULL THEN
        RETURN NULL;
    END IF;
    EXECUTE format($sql$
        DELETE FROM %1$I.families_searchentry AS entry
         USING %1$I.families_household AS household
         WHERE household.id = entry.household_id
           AND household.merged_into_id IS NOT NULL
           AND household.id = ANY ($1)
    $sql$, town) USING of_these;
    EXECUTE format($sql$
        WITH facts AS (
            SELECT household.id AS household_id, household.file_number AS code,
                   concat_ws(' ', household.file_number, household.street,
                             household.postal_code, household.city) AS text
              FROM %1$I.families_household AS household
             WHERE household.id = ANY ($1)
            UNION ALL
            SELECT former.merged_into_id, former.file_number, former.file_number
              FROM %1$I.families_household AS former
             WHERE former.merged_into_id = ANY ($1)
            UNION ALL
            SELECT guardian.household_id,
                   concat_ws(' ', person.person_code, dials.digits, dials.national,
                             to_char(person.birth_date, 'DDMMYYYY'),
                             to_char(person.birth_date, 'YYYYMMDD')),
                   concat_ws(' ', person.first_name, person.last_name, person.email,
                             account.email, account.user_name)
              FROM %1$I.families_guardian AS guardian
              JOIN %1$I.families_person AS person ON person.id = guardian.person_id
              LEFT JOIN %1$I.accounts_account AS account
                ON account.id = person.account_id,
                   LATERAL (
                       SELECT digits, CASE
                           WHEN digits ~ '^0033[0-9]{9}$' THEN '0' || substr(digits, 5)
                           WHEN digits ~ '^33[0-9]{9}$' THEN '0' || substr(digits, 3)
                           WHEN digits ~ '^1[0-9]{10}$' THEN substr(digits, 2)
                       END AS national
                         FROM (SELECT regexp_replace(person.phone, '[^0-9]', '', 'g')
                                   AS digits) AS typed
                   ) AS dials
             WHERE guardian.household_id = ANY ($1)
            UNION ALL
            SELECT membership.household_id,
                   concat_ws(' ', to_char(child.birth_date, 'DDMMYYYY'),
                             to_char(child.birth_date, 'YYYYMMDD')),
                   concat_ws(' ', child.first_name, child.last_name)
              FROM %1$I.families_childmembership AS membership
              JOIN %1$I.families_child AS child ON child.id = membership.child_id
             WHERE membership.household_id = ANY ($1)
        ), words AS (
            SELECT household_id, string_agg(
                       regexp_replace(
                           lower(public.unaccent('public.unaccent', text)),
                           '[^a-z0-9]+', ' ', 'g')
                       || ' ' || regexp_replace(lower(code), '[^a-z0-9 ]', '', 'g'),
                       ' ') AS text
              FROM facts GROUP BY household_id
        ), names AS (
            SELECT DISTINCT ON (guardian.household_id) guardian.household_id,
                   left(lower(public.unaccent('public.unaccent',
                       concat_ws(' ', person.last_name, person.first_name))), 250)
                       AS sort_name
              FROM %1$I.families_guardian AS guardian
              JOIN %1$I.families_person AS person ON person.id = guardian.person_id
             WHERE guardian.household_id = ANY ($1)
             ORDER BY guardian.household_id, guardian.role DESC, guardian.id
        )
        INSERT INTO %1$I.families_searchentry AS entry (household_id, words, sort_name)
        SELECT words.household_id, strip(to_tsvector('pg_catalog.simple', words.text)),
               coalesce(names.sort_name, '')
          FROM words
          JOIN %1$I.families_household AS household
            ON household.id = words.household_id AND household.merged_into_id IS NULL
          LEFT JOIN names ON names.household_id = words.household_id
         ORDER BY words.household_id
        ON CONFLICT (household_id) DO UPDATE
           SET words = excluded.words, sort_name = excluded.sort_name
         WHERE entry.words <> excluded.words OR entry.sort_name <> excluded.sort_name
    $sql$, town) USING of_these;
    RETURN NULL;
END
$body$;
"""

OF_PERSON = "SELECT household_id FROM TOWN.families_guardian WHERE person_id IN ({})"
OF_CHILD = (
    "SELECT household_id FROM TOWN.families_childmembership WHERE child_id IN ({})"
)
OF_ACCOUNT = (
    "SELECT household_id FROM TOWN.families_guardian AS guardian"
    " JOIN TOWN.families_person AS person ON person.id = guardian.person_id"
    " WHERE person.account_id IN ({})"
)
OTHER = (
    "SELECT changed.id FROM changed JOIN before USING (id)"
    " WHERE changed IS DISTINCT FROM before"
)
RENAMED = (
    "SELECT changed.id FROM changed JOIN before USING (id)"
    " WHERE changed.email <> before.email"
    " OR changed.user_name IS DISTINCT FROM before.user_name"
)
OTHER_OR_MERGED = (
    "SELECT changed.id FROM changed JOIN before USING (id)"
    " WHERE changed IS DISTINCT FROM before"
    " UNION SELECT merged_into_id FROM changed"
)
LINKED = "SELECT household_id FROM {}"
BOTH = f"{LINKED.format('changed')} UNION {LINKED.format('before')}"

# Table, event, query of the households to write again.
TRIGGERS = [
    ("families_household", "INSERT", "SELECT id FROM changed"),
    (
        "families_household",
        "UPDATE",
        OTHER_OR_MERGED,
    ),
    ("families_guardian", "INSERT", LINKED.format("changed")),
    ("families_guardian", "UPDATE", BOTH),
    ("families_guardian", "DELETE", LINKED.format("before")),
    ("families_childmembership", "INSERT", LINKED.format("changed")),
    ("families_childmembership", "UPDATE", BOTH),
    ("families_childmembership", "DELETE", LINKED.format("before")),
    ("families_person", "UPDATE", OF_PERSON.format(OTHER)),
    ("families_child", "UPDATE", OF_CHILD.format(OTHER)),
    ("accounts_account", "UPDATE", OF_ACCOUNT.format(RENAMED)),
]
TABLES = {
    "INSERT": "NEW TABLE AS changed",
    "UPDATE": "OLD TABLE AS before NEW TABLE AS changed",
    "DELETE": "OLD TABLE AS before",
}


def trigger(table: str, event: str, query: str) -> str:
    """Return the statement that creates one trigger."""
    return f"""
CREATE TRIGGER keep_words_{event.lower()} AFTER {event} ON {table}
    REFERENCING {TABLES[event]} FOR EACH STATEMENT
    EXECUTE FUNCTION families_keep_words('{query}');
"""


class Migration(migrations.Migration):
    dependencies = [
        ("families", "0014_files_opened_at_the_counter"),
        ("accounts", "0002_user_names"),
    ]

    operations = [
        migrations.RunSQL(
            FUNCTION + "".join(trigger(*each) for each in TRIGGERS),
            "DROP FUNCTION families_keep_words CASCADE",
        )
    ]
