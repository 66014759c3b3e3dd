"""The permanent cast: two towns with people who could be mixed up."""

from tests.cast.towns import minimal_pack, open_from, open_two_towns, pack_of

__all__ = ["minimal_pack", "open_from", "open_two_towns", "pack_of"]
