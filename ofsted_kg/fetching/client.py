"""One polite client: one request at a time, with pauses, within bounds, to known places only."""

import email.utils
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

import urllib3
from protego import Protego

from ofsted_kg import __version__
from ofsted_kg.errors import SourceError
from ofsted_kg.fetching.addresses import Addresses, place

# Who asks, and where the project can be found; it has no address of its own to give.
AGENT = f"ofsted-kg/{__version__} (a knowledge graph of inspections; https://w3id.org/ofsted-kg)"
_NAME = "ofsted-kg"
_TOO_MANY = 429
# One address may be broken for good; after so many in a row it is the place that has trouble.
_FAILURES = 3
_BUSY = frozenset({_TOO_MANY, 500, 502, 503, 504})
_MOVED = frozenset({301, 302, 303, 307, 308})
_CHUNK = 65_536


@dataclass(frozen=True)
class Pace:
    """Seconds between requests and before another try, tries, and what is too long or large."""

    pause: float = 1.5
    backoff: float = 4.0
    tries: int = 5
    longest_wait: float = 600.0
    timeout: float = 30.0
    longest_answer: float = 300.0
    largest_page: int = 5_000_000
    largest_file: int = 60_000_000


@dataclass(frozen=True)
class Answer:
    """What was answered; `is_unchanged` where it is as it was when the tags were given."""

    address: str
    content: bytes = b""
    kind: str = ""
    tags: dict[str, str] = field(default_factory=dict)
    is_unchanged: bool = False


class RefusedError(SourceError):
    """A place that does not want to be asked, or cannot be: nothing more is asked of it."""


class Client:
    """Asks for one thing after another; use it as a context."""

    def __init__(
        self,
        addresses: Addresses,
        pace: Pace | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.pace = pace or Pace()
        self.requests = 0
        self._addresses = addresses
        self._sleep = sleep
        self._last: float | None = None
        self._failures: Counter[str] = Counter()
        self._rules: dict[str, Protego] = {}
        self._pool = urllib3.PoolManager(
            num_pools=4,
            maxsize=1,
            headers={"User-Agent": AGENT, "Accept-Encoding": "identity"},
            timeout=urllib3.Timeout(connect=10, read=self.pace.timeout),
            retries=False,
        )

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *error: object) -> None:
        self._pool.clear()

    def get(
        self, address: str, tags: dict[str, str] | None = None, *, is_file: bool = False
    ) -> Answer:
        """What stands at an address, unless it is as it was when `tags` were given.

        Raises SourceError with one line for what cannot be had, RefusedError where its place
        does not want to be asked.
        """
        here = address
        for _ in range(4):
            self._check(here)
            answer = self._tried(here, tags or {}, is_file)
            if isinstance(answer, Answer):
                return answer
            there = joined(here, answer)
            if place(there) != place(here):
                raise SourceError(f"{address}: sends us to another place, {shown(there)}: refused")
            here = there
        raise SourceError(f"{address}: sends us from one address to the next without end")

    def _check(self, address: str) -> None:
        if not self._addresses.may_ask(address):
            raise SourceError(f"{shown(address)}: at no place of the table of addresses: refused")
        rules = self._rules_of(place(address))
        if not rules.can_fetch(address, _NAME):
            raise RefusedError(f"{address}: its robots.txt asks not to fetch this")

    def _rules_of(self, where: str) -> Protego:
        if where not in self._rules:
            address = f"{where}/robots.txt"
            try:
                found = self._tried(address, {}, False)
            except _StatusError as error:
                if error.status not in (404, 410):  # no rules; anything else forbids, by RFC 9309
                    raise RefusedError(
                        f"{address}: answers {error.status}, so that nothing may be fetched"
                    ) from None
                found = Answer(address)
            if not isinstance(found, Answer):
                raise RefusedError(f"{address}: has moved, so that nothing may be fetched")
            self._rules[where] = Protego.parse(found.content.decode("utf-8", "replace"))
        return self._rules[where]

    def _tried(self, address: str, tags: dict[str, str], is_file: bool) -> Answer | str:
        """The answer, or the address that it sends us to, after as many tries as it takes."""
        problem, wait, is_refused = "", 0.0, False
        for number in range(self.pace.tries):
            self._rest(address, wait)
            wait = self.pace.backoff * 2**number
            try:
                found = self._once(address, tags, is_file)
                self._failures[place(address)] = 0
                return found
            except _StatusError as error:
                if error.status not in _BUSY:
                    raise
                problem = f"answers {error.status}"
                wait = max(wait, error.wait)
                if wait > self.pace.longest_wait:
                    raise RefusedError(
                        f"{address}: {problem} and asks to wait {wait:.0f} seconds; try again then"
                    ) from None
                is_refused = error.status == _TOO_MANY
            except urllib3.exceptions.NameResolutionError:
                raise RefusedError(
                    f"{address}: its host is not found; is there a connection to the internet?"
                ) from None
            except (urllib3.exceptions.HTTPError, OSError) as error:
                problem = f"cannot be had whole ({type(error).__name__})"
        self._failures[place(address)] += 1
        kind = (
            RefusedError
            if is_refused or self._failures[place(address)] >= _FAILURES
            else SourceError
        )
        raise kind(f"{address}: {problem}, {self.pace.tries} times; try again later")

    def _rest(self, address: str, wait: float) -> None:
        rules = self._rules.get(place(address))
        asked = (rules.crawl_delay(_NAME) or 0.0) if rules else 0.0
        pause = max(self.pace.pause, min(float(asked), self.pace.longest_wait), wait)
        if self._last is not None:
            rest = self._last + pause - time.monotonic()
            if rest > 0:
                self._sleep(rest)

    def _once(self, address: str, tags: dict[str, str], is_file: bool) -> Answer | str:
        names = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
        asked = {names[name]: value for name, value in tags.items() if name in names}
        self.requests += 1
        headers = {**self._pool.headers, **asked}
        try:
            found: Any = self._pool.request(
                "GET", address, headers=headers, redirect=False, preload_content=False
            )
        finally:
            self._last = time.monotonic()
        try:
            if found.status in _MOVED and found.headers.get("Location"):
                return str(found.headers["Location"])
            if found.status == 304 and asked:
                return Answer(address, tags=tags, is_unchanged=True)
            if found.status != 200:
                raise _StatusError(address, found.status, _wait(found.headers.get("Retry-After")))
            content = self._body(address, found, is_file)
        finally:
            found.close()  # what is left unread is not wanted
            self._last = time.monotonic()
        kind = found.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        new = {name: found.headers[name] for name in names if found.headers.get(name)}
        return Answer(address, content, kind, {k: v for k, v in new.items() if len(v) < 300})

    def _body(self, address: str, found: Any, is_file: bool) -> bytes:
        largest = self.pace.largest_file if is_file else self.pace.largest_page
        ends = time.monotonic() + self.pace.longest_answer
        pieces, size = [], 0
        while piece := found.read1(_CHUNK, decode_content=True):  # what has come, however little
            size += len(piece)
            if size > largest:
                raise SourceError(f"{address}: is larger than {largest} bytes: refused")
            if time.monotonic() > ends:
                raise SourceError(f"{address}: takes too long to come: given up")
            pieces.append(piece)
        return b"".join(pieces)


class _StatusError(SourceError):
    """An answer that is not what was asked for."""

    def __init__(self, address: str, status: int, wait: float) -> None:
        super().__init__(f"{address}: answers {status}")
        self.status = status
        self.wait = wait


def _wait(written: str | None) -> float:
    """The seconds that a header asks to wait, 0 where it asks for none that can be read."""
    if not written:
        return 0.0
    if written.strip().isdecimal():
        return float(written.strip()[:9])
    try:
        return max(0.0, email.utils.parsedate_to_datetime(written).timestamp() - time.time())
    except (ValueError, TypeError, OverflowError):
        return 0.0


def joined(base: str, written: str) -> str:
    """An address as written on a page, made whole; as it is where that cannot be done."""
    try:
        return urljoin(base, written.strip())
    except ValueError:
        return written


def shown(text: str, longest: int = 120) -> str:
    """Words of a page on one line, without what a terminal would obey."""
    clean = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return clean if len(clean) <= longest else clean[:longest] + "…"
