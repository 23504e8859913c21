"""Guessing is slowed down, the owner is never shut out (A-33, A-34, A-36)."""

from __future__ import annotations

import asyncio
import statistics
import time

import pytest

from cozygen.accounts import passwords
from cozygen.accounts.throttle import Throttle
from cozygen.errors import TooManyRequestsError
from tests.auth.logins import LOGIN, NAME, PASSWORD, bearer, sign_in
from tests.auth.running import accounts
from tests.conftest import Client, ClientFactory, error_of

URL = "/cozygen/api/login"


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def throttle(clock: Clock) -> Throttle:
    return Throttle(clock)


def guess(throttle: Throttle, network: str = "n", account: str = "ann", *, local: bool = False) -> int:
    """0 when the guess was let through, else the seconds to wait."""
    try:
        with throttle.attempt(network, account, is_local=local):
            return 0
    except TooManyRequestsError as error:
        return int(error.headers["Retry-After"])


def test_a_33_ten_at_once_then_one_a_minute(throttle: Throttle, clock: Clock) -> None:
    assert [guess(throttle) for _ in range(10)] == [0] * 10
    assert guess(throttle) == 60
    clock.now += 59
    assert guess(throttle) == 1
    clock.now += 1
    assert guess(throttle) == 0
    assert guess(throttle) == 60


def test_a_33_a_refused_guess_costs_nothing_and_no_wait_is_longer_than_a_minute(
    throttle: Throttle, clock: Clock
) -> None:
    waits = [guess(throttle) for _ in range(10_000)]
    assert max(waits) == 60
    clock.now += 60
    assert guess(throttle) == 0, "never for good"


def test_a_33_other_networks_and_accounts_go_on(throttle: Throttle) -> None:
    while guess(throttle, "attacker", "ann") == 0:
        pass
    assert guess(throttle, "home", "ann") == 0, "the owner from elsewhere"
    assert guess(throttle, "home", "bob") == 0


def test_a_33_success_starts_afresh(throttle: Throttle) -> None:
    for _ in range(9):
        guess(throttle)
    with throttle.attempt("n", "ann", is_local=False) as attempt:
        attempt.forgive()
    assert [guess(throttle) for _ in range(10)] == [0] * 10


def test_a_34_behind_a_tunnel_accounts_are_told_apart(throttle: Throttle) -> None:
    while guess(throttle, "127.0.0.0/24", "ann", local=True) == 0:
        pass
    assert guess(throttle, "127.0.0.0/24", "bob", local=True) == 0


def test_guesses_a_day_stay_within_the_targets(throttle: Throttle, clock: Clock) -> None:
    one_account = all_accounts = 0
    for _second in range(86_400):
        clock.now += 1
        one_account += guess(throttle, "n", "ann") == 0
    assert one_account <= 1_460
    for second in range(86_400):
        clock.now += 1
        for attempt in range(3):
            all_accounts += guess(throttle, f"net {second} {attempt}", f"user {second} {attempt}") == 0
    assert all_accounts <= 10_100


def test_a_thousand_names_from_a_thousand_networks_do_not_fill_the_memory(throttle: Throttle) -> None:
    for index in range(5_000):
        guess(throttle, f"net {index}", f"user {index}")
    assert len(throttle._empty_at) < 300, "what is refused is not remembered"


@pytest.mark.parametrize("place", ["alone"], indirect=True)
async def test_a_33_a_storm_of_wrong_guesses_over_http(start: ClientFactory) -> None:
    server = await start(**LOGIN)
    owner = bearer(await sign_in(server))

    async def wrong(index: int) -> tuple[int, str]:
        answer = await server.post(URL, json={"username": NAME, "password": f"guess {index}"})
        return answer.status, answer.headers.get("Retry-After", "")

    answers = await asyncio.gather(*(wrong(index) for index in range(200)))
    statuses = [status for status, _ in answers]
    assert (statuses.count(401), statuses.count(429)) == (10, 190)
    assert all(0 < int(wait) <= 60 for status, wait in answers if status == 429)
    right = await server.post(URL, json={"username": NAME, "password": PASSWORD})
    assert (right.status, await error_of(right)) == (429, "too_many_attempts"), "the right one waits, too"
    assert (await server.get("/cozygen/api/sessions", headers=owner)).status == 200, "A-34"
    elsewhere = {"X-Forwarded-For": "203.0.113.9"}
    assert (await server.get("/cozygen/api/sessions", headers={**owner, **elsewhere})).status == 200


@pytest.mark.parametrize("place", ["alone"], indirect=True)
async def test_a_36_old_tokens_of_a_phone_are_no_guesses(start: ClientFactory) -> None:
    server = await start(**LOGIN)
    for _ in range(300):
        assert (await server.get("/cozygen/api/sessions", headers=bearer("x" * 43))).status == 401
    assert await sign_in(server)


@pytest.mark.parametrize("place", ["alone"], indirect=True)
async def test_wrong_pairing_codes_count(start: ClientFactory) -> None:
    server = await start(**LOGIN)
    statuses = [
        (await server.post("/cozygen/api/pair/claim", json={"code": "ABCDEFGHJK"})).status for _ in range(12)
    ]
    assert statuses == [401] * 10 + [429] * 2
    assert await sign_in(server), "a password is another matter"


@pytest.mark.parametrize("place", ["alone"], indirect=True)
async def test_a_37_a_hundred_sign_ins_hash_two_at_a_time_and_leave_the_loop_free(
    start: ClientFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = await start(**LOGIN)
    running = most = 0
    real = passwords.matches

    def counted(hashed: str, password: str) -> bool:
        nonlocal running, most
        running += 1
        most = max(most, running)
        try:
            return real(hashed, password)
        finally:
            running -= 1

    monkeypatch.setattr(passwords, "matches", counted)
    # Guesses from a hundred accounts: the throttle lets them all through.
    body = [{"username": f"user {index}", "password": "x"} for index in range(100)]
    lags: list[float] = []

    async def watch() -> None:
        while True:
            before = time.perf_counter()
            await asyncio.sleep(0.01)
            lags.append(time.perf_counter() - before - 0.01)

    watching = asyncio.create_task(watch())
    statuses = await asyncio.gather(*(_status(server, one) for one in body))
    watching.cancel()
    assert set(statuses) == {401}
    assert most == 2
    assert statistics.median(lags) < 0.05


async def _status(server: Client, body: dict[str, str]) -> int:
    return (await server.post(URL, json=body)).status


@pytest.mark.parametrize("place", ["alone"], indirect=True)
async def test_a_20_a_name_that_is_not_there_takes_as_long(start: ClientFactory) -> None:
    """The same work: one argon2 verification with the same parameters, below the throttle."""
    server = await start(**LOGIN)
    seen: list[str] = []
    real = passwords.matches

    def noted(hashed: str, password: str) -> bool:
        seen.append(hashed.rsplit("$", 2)[0])
        return real(hashed, password)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "matches", noted)
        for name in (NAME, "nobody"):
            await server.post(URL, json={"username": name, "password": "wrong"})
    assert len(seen) == 2
    assert seen[0] == seen[1]
    assert seen[0].startswith("$argon2id$v=19$m=19456,t=2,p=1")


@pytest.mark.parametrize("place", ["alone"], indirect=True)
async def test_the_counter_is_the_processs_own(start: ClientFactory) -> None:
    server = await start(**LOGIN)
    assert accounts(server).throttle is accounts(server).throttle
    for _ in range(10):
        await _status(server, {"username": "x", "password": "y"})
    assert await _status(server, {"username": "x", "password": "y"}) == 429
