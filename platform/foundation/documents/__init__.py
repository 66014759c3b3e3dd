"""Tagged PDF documents: the compiler, the town's letterhead, the pieces of a page."""

from foundation.documents.contracts import Document, Logo, Person, Town
from foundation.documents.renderer import render_pdf

__all__ = ["Document", "Logo", "Person", "Town", "render_pdf"]
