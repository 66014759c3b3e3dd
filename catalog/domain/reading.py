"""The reader of configurations lives in the ground; its names stay here as well."""

from foundation.reading import WEEKDAYS, ConfigurationError, Node, Problem, read

__all__ = ["WEEKDAYS", "ConfigurationError", "Node", "Problem", "read"]
