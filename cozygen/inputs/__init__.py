"""Pictures to work from."""

from cozygen.inputs.service import Inputs

__all__ = ["Inputs"]
