"""What the server says of itself."""

from __future__ import annotations

from cozygen.health import Health, Part
from tests.conftest import Client


async def test_the_server_says_that_it_is_there(client: Client) -> None:
    answer = await client.get("/cozygen/hello")
    assert await answer.json() == {"status": "ok"}


async def test_health_names_its_parts_for_the_owner(client: Client) -> None:
    body = await (await client.get("/cozygen/api/health")).json()
    assert body["status"] == "ok"
    assert body["version"]


def test_a_part_in_error_makes_the_server_not_ok() -> None:
    health = Health()
    health.register("index", lambda: Part("warning", "still reading"))
    assert health.ok()
    health.register("disk", lambda: Part("error", "full"))
    assert not health.ok()
    assert health.report()["parts"]["disk"]["message"] == "full"


def test_only_the_newest_notices_are_kept() -> None:
    health = Health(keep=2)
    for number in range(5):
        health.notice("restored", f"number {number}", file="aliases.json")
    assert [notice["message"] for notice in health.report()["notices"]] == ["number 3", "number 4"]
