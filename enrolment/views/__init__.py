"""Pages of enrolment; families and staff never share a module."""
