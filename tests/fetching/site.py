"""A server on loopback in the shape of Ofsted's pages, whose every answer a test can change.

Three authorities; the pages, titles and numbers are made up, their shape is the real one.
"""

import io
import json
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from time import sleep
from urllib.parse import parse_qs, urlsplit

from ofsted_kg.fetching.addresses import Addresses
from ofsted_kg.fetching.known import Known

PDF = b"%PDF-1.7\nmade up\n%%EOF\n"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
URNS = {"80001": "Ayton", "80002": "Beeham", "80003": "Cedale"}
KNOWN = Known(URNS, frozenset(), {})
TITLE = "Children's services inspection, pdf - 27 October 2023"


def ods(content: str) -> bytes:
    """A whole file of the form of a spreadsheet, whatever it holds."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in (("mimetype", ODS_TYPE), ("content.xml", content)):
            archive.writestr(zipfile.ZipInfo(name), text)
    return file.getvalue()


# Status, headers and body of an answer.
Reply = tuple[int, dict[str, str], bytes]


def html(body: str, status: int = 200, **headers: str) -> Reply:
    tags = {name.replace("_", "-"): value for name, value in headers.items()}
    return status, {"Content-Type": "text/html; charset=utf-8", **tags}, body.encode()


def link(href: str, words: str = TITLE) -> str:
    return (
        f'<li><a class="publication-link" href="{href}"><i></i>Report'
        f'<span class="nonvisual">{words}</span></a></li>'
    )


class Site:
    """What the server answers, by path; a function is called anew for each request."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.replies: dict[str, Reply | Callable[[], Reply]] = {
            "/robots.txt": (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow:\n"),
            "/search": html("".join(f'<a href="/provider/44/{urn}">x</a>' for urn in URNS)),
            "/content/collection": self.record(
                links={"documents": [self.edition("outcomes-2026")]}
            ),
            "/content/statistics/outcomes-2026": self.record(
                details={"attachments": [self.attachment("outcomes_2026.ods")]}
            ),
            "/media/1/outcomes_2026.ods": (200, {"Content-Type": ODS_TYPE}, ods("made up")),
        }
        for number, urn in enumerate(URNS, start=1):
            self.replies[f"/provider/44/{urn}"] = html(link(f"{base}/v1/file/{number}"))
            self.replies[f"/v1/file/{number}"] = (200, {"Content-Type": "application/pdf"}, PDF)

    def record(self, **content: object) -> Reply:
        return 200, {"Content-Type": "application/json"}, json.dumps(content).encode()

    def edition(self, path: str, updated: str = "2026-08-20T09:30:00Z") -> dict[str, str]:
        title = "Local authority inspection outcomes as at 31 March 2026"
        where = f"/statistics/{path}"
        return {"base_path": where, "title": title, "public_updated_at": updated}

    def attachment(self, name: str) -> dict[str, str]:
        address = f"{self.base}/media/1/{name}"
        return {"url": address, "title": "Underlying data", "content_type": ODS_TYPE}

    def table(self, path: Path) -> Path:
        """The table of addresses, at this server."""
        rows = {
            "search": "/search?start={start}&rows={rows}",
            "provider": "/provider/44/{urn}",
            "report": "/v1/file/{number}",
            "collection": "/content/collection",
            "edition": "/content/{path}",
            "release": "/media/{id}/{file}",
        }
        titles = {"edition": "local authority inspection outcomes"}
        lines = [f'{n},"{self.base}{p}",{titles.get(n, "")},x' for n, p in rows.items()]
        path.write_text("\n".join(["name,address,titles,holds", *lines]) + "\n", encoding="utf-8")
        return path

    def addresses(self, path: Path) -> Addresses:
        return Addresses.read(self.table(path))

    def counts(self) -> Counter[str]:
        """How often each path was asked since the last count."""
        found = Counter(urlsplit(one).path for one in self.asked)
        self.asked.clear()
        return found


@contextmanager
def served() -> Iterator[Site]:
    """A site on a free port of the loopback interface."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.headers.append(dict(self.headers))
            reply = site.replies.get(urlsplit(self.path).path)
            if urlsplit(self.path).path == "/search":
                start = int(parse_qs(urlsplit(self.path).query)["start"][0])
                reply = reply if start == 0 else html("")
            status, headers, body = reply() if callable(reply) else reply or html("not here", 404)
            tag = headers.get("ETag")
            if tag and self.headers.get("If-None-Match") == tag:
                status, body = 304, b""
            self.send_response(status)
            if "Content-Length" not in headers:
                headers = {**headers, "Content-Length": str(len(body))}
            for name, value in headers.items():
                if value:
                    self.send_header(name, value)
            self.end_headers()
            pause = float(headers.get("X-Drip", 0))
            with suppress(ConnectionError):
                for piece in [body] if not pause else map(bytes, zip(body, strict=True)):
                    self.wfile.write(piece)
                    sleep(pause)

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Site(f"http://127.0.0.1:{server.server_port}")
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
