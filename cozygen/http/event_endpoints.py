"""The one event stream of a browser tab."""

from __future__ import annotations

from aiohttp import web

from cozygen.errors import InvalidError
from cozygen.http.events import TOPICS, Event, Frame
from cozygen.http.models import Flag, Query
from cozygen.http.requests import read_query
from cozygen.http.sse import EVENTS, event_stream


class EventsQuery(Query):
    """Which topics, separated by commas, and whether previews are wanted."""

    topics: str = ",".join(TOPICS)
    previews: Flag = False


async def events(request: web.Request) -> web.StreamResponse:
    """Everything that happens, named by what it is."""
    query = read_query(request, EventsQuery)
    topics = [word.strip() for word in query.topics.split(",") if word.strip()]
    unknown = [word for word in topics if word not in TOPICS]
    if unknown or not topics:
        raise InvalidError(f"topics takes {', '.join(TOPICS)}.", details={"topics": list(TOPICS)})

    def view(event: Event) -> Frame | None:
        if event.name == "preview" and not query.previews:
            return None
        return Frame(event.name, event.data)

    if not query.previews:
        return await event_stream(request, topics, view=view)
    interest = request.config_dict[EVENTS].interest
    interest["previews"] += 1
    try:
        return await event_stream(request, topics, view=view)
    finally:
        interest["previews"] -= 1
