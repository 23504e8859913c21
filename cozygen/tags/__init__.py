"""Tags: the lists, the search in them, and what the owner uses."""

from cozygen.tags.library import TagLibrary
from cozygen.tags.lists import TagListError

__all__ = ["TagLibrary", "TagListError"]
