"""CozyGen: the best way to use ComfyUI away from the graph editor."""

__version__ = "0.1.0"
