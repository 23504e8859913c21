"""Short names for prompt texts, and the prompt model."""
