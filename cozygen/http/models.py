"""Base models of queries and bodies, and the types they share."""

from __future__ import annotations

from typing import Annotated, Any, Final

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

_FLAGS: Final = {
    **dict.fromkeys(("1", "true", "yes", "on"), True),
    **dict.fromkeys(("0", "false", "no", "off"), False),
}


def _flag(value: Any) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word not in _FLAGS:
        raise ValueError("takes 1, 0, true, false, yes, no, on or off")
    return _FLAGS[word]


Flag = Annotated[bool, BeforeValidator(_flag, json_schema_input_type=bool)]
"""A boolean in a query: 1/0, true/false, yes/no, on/off in any case."""


class Query(BaseModel):
    """Parameters of a query string; unknown ones are ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True, str_max_length=10_240, defer_build=True)


class Body(BaseModel):
    """A JSON body; unknown keys and wrong types are refused."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


class OldBody(BaseModel):
    """A JSON body of the predecessor's clients: unknown keys are ignored, wrong types refused."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True, defer_build=True)


class Reply(BaseModel):
    """A JSON reply, for the OpenAPI document; replies are built by hand or from these."""

    model_config = ConfigDict(extra="allow", defer_build=True)


class ErrorReply(Reply):
    """The one error shape."""

    error: str = Field(description="stable code")
    message: str = Field(description="one sentence for a person")
    details: dict[str, Any] | None = None
