"""A ComfyUI elsewhere: `cozygen serve --comfyui URL`."""

from cozygen.host.remote.host import RemoteHost

__all__ = ["RemoteHost"]
