"""Why there is no thumbnail, by name."""

from __future__ import annotations

from cozygen.errors import TooManyRequestsError, UnprocessableError, UnsupportedMediaTypeError


class UndecodableError(UnprocessableError):
    """The file is broken."""

    code = "undecodable"


class PictureTooLargeError(UnprocessableError):
    """Decoding would exceed a limit; the details name the setting."""

    code = "too_large"


class NoDecoderError(UnsupportedMediaTypeError):
    """No decoder for this kind of file."""

    code = "unsupported_format"


class DecoderMissingError(NoDecoderError):
    """What reads clips is not installed here; once it is, they are tried again."""


class QueueFullError(TooManyRequestsError):
    """Too many thumbnails are waiting already."""

    code = "thumb_queue_full"

    def __init__(self) -> None:
        super().__init__("Too many thumbnails are waiting; try again.", retry_after_s=1)


class TooSlowError(UnprocessableError):
    """The file could not be read in time."""

    code = "too_slow"


# Until the file changes; slowness only until the server stops, for it may be the machine's.
REMEMBERED = (UndecodableError, PictureTooLargeError, NoDecoderError)
FAILURES = (*REMEMBERED, TooSlowError)
