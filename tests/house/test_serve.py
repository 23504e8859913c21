"""`cozygen serve` as a person meets it: a ready line, a quick stop, one clear sentence when refused."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from cozygen.cli import main
from tests.conftest import CHECKOUT

Process = subprocess.Popen[str]


def _serve(data: Path, *options: str) -> Process:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COZYGEN_")}
    return subprocess.Popen(
        [sys.executable, "-m", "cozygen.cli", "serve", "--data-dir", str(data), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        cwd=CHECKOUT,
    )


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Process]:
    process = _serve(tmp_path, "--port", "0")
    yield process
    process.kill()
    process.communicate()


def _ready_address(process: Process) -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    match = re.fullmatch(r"CozyGen \S+ ready at (http://127\.0\.0\.1:\d+/cozygen/)\n", line)
    assert match, line
    return match.group(1)


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_one_ready_line_then_it_answers_then_it_stops_at_once(server: Process, stop: signal.Signals) -> None:
    address = _ready_address(server)
    with urllib.request.urlopen(address + "hello") as answer:
        assert answer.read() == b'{"status":"ok"}'
    asked = time.monotonic()
    server.send_signal(stop)
    out, err = server.communicate(timeout=30)
    assert (server.returncode, out, err) == (0, "", "")
    assert time.monotonic() - asked < 10, "2 s on a quiet machine; this one may be busy"


def test_an_open_connection_does_not_hold_the_stop_up(server: Process) -> None:
    port = int(_ready_address(server).split(":")[2].split("/")[0])
    with socket.create_connection(("127.0.0.1", port)) as idle:
        idle.sendall(b"GET /cozygen/hello HTTP/1.1\r\nHost: 127.0.0.1\r\n")
        server.terminate()
        assert server.wait(timeout=30) == 0


def test_a_taken_port_is_one_sentence_and_exit_code_2(server: Process, tmp_path: Path) -> None:
    port = _ready_address(server).split(":")[2].split("/")[0]
    second = _serve(tmp_path / "second", "--port", port)
    out, err = second.communicate(timeout=60)
    assert second.returncode == 2
    assert (out, err) == ("", f"cozygen: Port {port} is taken; choose another with --port.\n")


@pytest.mark.parametrize("option", ["--output-dir", "--input-dir", "--models-dir", "--workflows-dir"])
def test_a_missing_folder_is_named(option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    absent = tmp_path / "absent"
    assert main(["serve", "--data-dir", str(tmp_path), option, str(absent)]) == 2
    assert capsys.readouterr().err == f"cozygen: {option}: the folder {absent} does not exist.\n"


def test_a_data_folder_that_cannot_be_made_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    assert main(["serve", "--data-dir", str(tmp_path / "file" / "data")]) == 2
    assert "cannot be made" in capsys.readouterr().err


def test_an_unbuilt_app_says_what_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("cozygen.serve.find_app_folder", lambda: tmp_path)
    assert main(["serve", "--data-dir", str(tmp_path)]) == 2
    assert capsys.readouterr().err == "cozygen: The app is not built: run `make app`, or install the wheel.\n"


@pytest.mark.parametrize("variable", ["COZYGEN_PORT=x", "COZYGEN_OUTPUT_DIR=/nowhere/at/all"])
def test_a_bad_variable_is_refused_like_an_option(
    variable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(*variable.split("="))
    assert main(["serve", "--data-dir", str(tmp_path)]) == 2
    assert capsys.readouterr().err.startswith("cozygen: ")


def test_an_unknown_command_exits_with_2() -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["dance"])
    assert stopped.value.code == 2
