"""Short names for prompt texts, and the prompt model."""

from cozygen.aliases.expand import Expansion, expand
from cozygen.aliases.fields import is_prompt_field, is_prompt_input, is_prompt_text
from cozygen.aliases.library import AliasLibrary
from cozygen.aliases.prompts import Prompts

__all__ = [
    "AliasLibrary",
    "Expansion",
    "Prompts",
    "expand",
    "is_prompt_field",
    "is_prompt_input",
    "is_prompt_text",
]
