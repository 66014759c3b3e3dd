"""Count events of the current town over a window of time, in one statement.

Two processes that count at once both count: Django's cache reads, then writes.
"""

from datetime import datetime

from django.db import connection

COUNT_UP = """
INSERT INTO preau_cache AS counter (cache_key, value, expires)
VALUES (%s, '1', %s)
ON CONFLICT (cache_key) DO UPDATE SET value = (counter.value::bigint + 1)::text
RETURNING value::bigint
"""


def count_up(key: str, *, until: datetime) -> int:
    """Count one event more; return how many there are. Kept until `until`.

    `key` names the window too: a new one starts from 1. The cache sweeps what is over.
    """
    with connection.cursor() as cursor:
        cursor.execute(COUNT_UP, [f"count:{key}", until])
        (count,) = cursor.fetchone()
    return int(count)
