"""Changes to many files that take their place together.

They are made in a copy; what came out otherwise is moved into place at the end, while no
interrupt is heard, and put back should that fail. A kill before leaves a folder that the next
change clears away.
"""

import contextlib
import hashlib
import shutil
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

from ofsted_kg.errors import OfstedKgError
from ofsted_kg.rdf.files import cache_folder
from ofsted_kg.rdf.writing import write_bytes

_PARTS = ("data", "ontology", "queries")
_NAME = ".staged"
_INTERRUPTS = ("SIGINT", "SIGTERM", "SIGHUP")


class Staged:
    """A copy of a home in `folder`; `changed` names what differed in the end."""

    def __init__(self, home: Path, folder: Path) -> None:
        self.home = home
        self.folder = folder
        self.changed: list[str] = []


@contextlib.contextmanager
def staged(home: Path) -> Iterator[Staged]:
    """A copy whose new and changed files come home unless an error ends the block.

    One at a time: a second waits for the first. Raises OfstedKgError where the home cannot
    be written to.
    """
    with _alone(home):
        folder = home / _NAME
        try:
            if folder.exists():
                shutil.rmtree(folder)
            folder.mkdir()
        except OSError as error:
            reason = error.strerror
            raise OfstedKgError(
                f"{home} cannot be written to ({reason}); copy it and name the copy by"
                " OFSTED_KG_HOME"
            ) from None
        try:
            for part in _PARTS:
                if (home / part).is_dir():
                    shutil.copytree(home / part, folder / part)
            found = Staged(home, folder)
            yield found
            found.changed = _differing(home, folder)
            _bring_home(found)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _alone(home: Path) -> Iterator[None]:
    from filelock import FileLock

    name = hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:16]
    lock = cache_folder() / f"changes-{name}.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(lock):
        yield


def _differing(home: Path, folder: Path) -> list[str]:
    found = []
    for part in _PARTS:
        for path in sorted((folder / part).rglob("*")):
            name = path.relative_to(folder)
            if path.is_file() and not _same(path, home / name):
                found.append(name.as_posix())
    return found


def _same(path: Path, other: Path) -> bool:
    if not other.is_file():
        return False
    ours, theirs = path.stat(), other.stat()
    if ours.st_size != theirs.st_size:
        return False
    return ours.st_mtime_ns == theirs.st_mtime_ns or path.read_bytes() == other.read_bytes()


def _bring_home(found: Staged) -> None:
    before = {
        name: (found.home / name).read_bytes() if (found.home / name).is_file() else None
        for name in found.changed
    }
    with _uninterrupted():
        try:
            for name in found.changed:
                target = found.home / name
                target.parent.mkdir(parents=True, exist_ok=True)
                (found.folder / name).replace(target)
        except BaseException:
            for name, content in before.items():
                if content is None:
                    (found.home / name).unlink(missing_ok=True)
                else:
                    write_bytes(found.home / name, content)
            raise


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Interrupts wait until the block has ended, where the system can make them wait."""
    mask = getattr(signal, "pthread_sigmask", None)
    if mask is None or threading.current_thread() is not threading.main_thread():
        yield
        return
    blocked = {getattr(signal, name) for name in _INTERRUPTS if hasattr(signal, name)}
    earlier = mask(signal.SIG_BLOCK, blocked)
    try:
        yield
    finally:
        mask(signal.SIG_SETMASK, earlier)
