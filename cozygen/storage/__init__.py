"""Documents on disk, and where they live."""
