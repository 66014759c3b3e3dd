"""The permanent cast: two towns with people who could be mixed up."""

from tests.cast.towns import open_two_towns

__all__ = ["open_two_towns"]
