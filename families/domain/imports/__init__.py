"""Files of families brought from another software: read, checked, never half taken."""
