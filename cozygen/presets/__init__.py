"""Named sets of form values."""
