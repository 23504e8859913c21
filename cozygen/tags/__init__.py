"""Tags: the lists, the search in them, and what the owner uses."""

from cozygen.tags.commands import import_lists
from cozygen.tags.library import TagLibrary
from cozygen.tags.own_use import OwnUse

__all__ = ["OwnUse", "TagLibrary", "import_lists"]
