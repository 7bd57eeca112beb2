"""The embedded store's cache between processes: built once, never half, whatever is killed."""

import os
import random
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.store.test_cache import COUNT, POSIX, cache, count, found, home, loads, write_graph

__all__ = ["cache", "home", "loads"]  # fixtures

# Prints “ready”, waits for a line, then opens the store and prints how many triples it holds.
# Each load of the files adds a byte to the file named by the first argument.
ASK = f"""
import sys
from ofsted_kg.store import cache, open_store
load = cache.load
def counted(*given, **named):
    with open(sys.argv[1], "ab") as tally:
        tally.write(b"x")
    load(*given, **named)
cache.load = counted
print("ready", flush=True)
sys.stdin.readline()
print(next(iter(open_store().query({COUNT!r})))[0].value, flush=True)
"""


@POSIX
def test_on_a_full_disk_the_answer_comes_from_memory(
    home: Path, cache: Path, tmp_path: Path
) -> None:
    """No file may grow beyond 1000 bytes: the answer comes from memory, and nothing stays."""
    import resource

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    done = subprocess.run(
        [sys.executable, "-c", ASK, str(tmp_path / "tally")],
        input="\n", capture_output=True, text=True, preexec_fn=limit, timeout=60,
        cwd=ROOT,
    )  # fmt: skip
    assert (done.stdout.split(), done.stderr) == (["ready", "100"], "")
    assert found(cache, "store-") == []
    assert found(cache, "building-") == []


def builder(tally: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", ASK, str(tally)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def test_eight_processes_open_a_cold_cache_at_once(home: Path, cache: Path, tmp_path: Path) -> None:
    tally = tmp_path / "tally"
    write_graph(home, 5000)
    processes = [builder(tally) for _ in range(8)]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    answers = [process.communicate(timeout=120) for process in processes]
    assert answers == [("5000\n", "")] * 8
    assert tally.read_bytes() == b"x"
    assert len(found(cache, "store-")) == 1


@POSIX
def test_build_killed_at_thirty_moments(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, loads: list[int]
) -> None:
    """After each kill the older graph is answered from its store, the newer one rightly."""
    older, newer, tally = tmp_path / "older", tmp_path / "newer", tmp_path / "tally"
    write_graph(older, 200)
    moments = random.Random(30)
    longest, unfinished = 0.0, 0
    for turn in range(31):
        write_graph(newer, 3000 + turn)
        monkeypatch.setenv("OFSTED_KG_HOME", str(older))
        loads.clear()
        assert count() == 200
        assert loads == ([2] if turn == 0 else [])
        monkeypatch.setenv("OFSTED_KG_HOME", str(newer))
        process = builder(tally)
        started = time.monotonic()
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
        if turn == 0:  # one whole build to learn how long it takes
            assert process.communicate(timeout=60)[0] == "3000\n"
            longest = time.monotonic() - started
            continue
        time.sleep(moments.uniform(0, longest))
        process.send_signal(signal.SIGKILL)
        unfinished += process.communicate(timeout=60)[0] == ""
        assert count() == 3000 + turn
        assert found(cache, "building-") == []
    assert unfinished >= 10
    write_graph(newer, 10)
    assert count() == 10
    assert len(found(cache, "store-")) == 3


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    pty, termios = pytest.importorskip("pty"), pytest.importorskip("termios")
    ends: tuple[int, int] = pty.openpty()
    termios.tcsetwinsize(ends[1], (24, 80))
    yield ends
    for end in ends:
        os.close(end)


def test_progress_is_shown_on_a_terminal_only(
    cache: Path, tmp_path: Path, terminal: tuple[int, int]
) -> None:
    command = [sys.executable, "-c", ASK, str(tmp_path / "tally")]
    ours, theirs = terminal
    subprocess.run(
        command,
        input=b"\n",
        stdout=subprocess.PIPE,
        stderr=theirs,
        check=True,
        timeout=60,
        cwd=ROOT,
    )
    assert select.select([ours], [], [], 1)[0], "nothing was shown"
    assert b"building the store" in os.read(ours, 10_000)
    shutil.rmtree(cache)
    done = subprocess.run(
        command, input=b"\n", capture_output=True, check=True, timeout=60, cwd=ROOT
    )
    assert (done.stdout, done.stderr) == (b"ready\n100\n", b"")
