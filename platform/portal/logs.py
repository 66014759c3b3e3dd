"""Every line of the logs says which town it is about."""

import logging

from foundation.town import current_schema


class TownFilter(logging.Filter):
    """Adds the current schema to each record."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record."""
        record.town = current_schema()
        return True
