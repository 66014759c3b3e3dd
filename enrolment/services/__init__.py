"""Changes of enrolment."""
