"""How long prompts take to be read, expanded and checked."""
