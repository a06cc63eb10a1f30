"""A Hub of our own: as much of the Hugging Face Hub's HTTP as its client needs to fetch data sets from folders."""

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit


class Hub(BaseHTTPRequestHandler):
    def __init__(self, root: Path, *rest: object) -> None:
        self.root = root
        super().__init__(*rest)

    def do_GET(self) -> None:
        path = unquote(urlsplit(self.path).path).strip("/")
        match path.split("/"):
            case ["api", "datasets", org, name, "revision", revision] if (self.root / org / name / revision).is_dir():
                self.answer(json.dumps({"id": f"{org}/{name}", "sha": commit(revision)}).encode())
            case ["api", "datasets", org, name, "tree", sha]:
                self.answer(json.dumps(list(self.tree(org, name, sha))).encode())
            case ["datasets", org, name, "resolve", sha, *file]:
                folder = self.folder(org, name, sha)
                self.answer(folder.joinpath(*file).read_bytes(), {"X-Repo-Commit": sha})
            case _:
                self.answer(b"", status=404)

    do_HEAD = do_GET  # noqa: N815

    def folder(self, org: str, name: str, sha: str) -> Path:
        return next(each for each in (self.root / org / name).iterdir() if commit(each.name) == sha)

    def tree(self, org: str, name: str, sha: str) -> Iterator[dict[str, object]]:
        folder = self.folder(org, name, sha)
        for file in sorted(each for each in folder.rglob("*") if each.is_file()):
            oid = hashlib.sha1(file.read_bytes()).hexdigest()
            yield {"type": "file", "path": str(file.relative_to(folder)), "size": file.stat().st_size, "oid": oid}

    def answer(self, body: bytes, headers: dict[str, str] | None = None, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", f'"{hashlib.sha1(body).hexdigest()}"')
        for key, value in (headers or {}).items():
            self.send_header(key, value)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def commit(revision: str) -> str:
    return hashlib.sha1(revision.encode()).hexdigest()


@contextmanager
def serving(root: Path) -> Iterator[str]:
    """The URL of a Hub that has the data sets ORG/NAME/REVISION/ under `root`."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Hub, root)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
