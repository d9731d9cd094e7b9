"""The sandbox as a process of its own, for every test that needs a server.

`SandboxProcess` starts it, kills it, starts it again on the same port, tells it to fail and looks into it. All of
it goes through the command line and HTTP: what is tested is what is shipped.
"""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlencode, urlsplit

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Iterable, Mapping
    from types import TracebackType

Json = dict[str, Any]

FULL_TOKEN = "test-token-full"
CONTROL_TOKEN = "test-token-control"
START_SECONDS = 20.0
"""Far more than a start takes, for machines that are busy."""

_SOURCE = Path(__file__).resolve().parents[2] / "src"


class SandboxProcess:
    """A sandbox server in a child process; a context manager that starts and stops it.

    `tokens` are as on the command line (`"abc,read:calendar"`); the first is `token`. A further one may do
    everything: the key to the control surface. With `database` None the calendar is lost by `kill`, `stop` and
    `restart`.
    """

    def __init__(
        self,
        *,
        port: int = 0,
        database: Path | None = None,
        seed: str = "empty",
        tokens: Iterable[str] = (FULL_TOKEN,),
        rate_limit: int | None = None,
        allow_overlaps: bool = False,
        today: datetime.date | None = None,
    ) -> None:
        self.port = port
        self.url = ""
        self.token = ""
        self._process: subprocess.Popen[str] | None = None
        self._arguments = ["--seed", seed]
        for token in (*tokens, CONTROL_TOKEN):
            self._arguments += ["--token", token]
        if database is not None:
            self._arguments += ["--database", str(database)]
        if rate_limit is not None:
            self._arguments += ["--rate-limit", str(rate_limit)]
        if allow_overlaps:
            self._arguments.append("--allow-overlaps")
        if today is not None:
            self._arguments += ["--today", today.isoformat()]

    # --- the process

    def start(self) -> None:
        """Start and return once it listens; on the port of the last start, if there was one."""
        if self.is_running:
            raise RuntimeError("the sandbox is running already")
        environment = os.environ | {"PYTHONPATH": str(_SOURCE), "PYTHONUNBUFFERED": "1"}
        self._process = subprocess.Popen(
            [
                *(sys.executable, "-m", "triluna_desktop.sandbox", "--exit-with-parent"),
                *("--port", str(self.port), *self._arguments),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            code = self._end(lambda process: process.kill())
            raise RuntimeError(f"the sandbox ended with {code} before it listened")
        announced = json.loads(line)
        self.url = announced["url"]
        self.token = announced["token"]
        self.port = urlsplit(self.url).port or 0

    def kill(self) -> None:
        """SIGKILL, and wait until it is gone."""
        self._end(lambda process: process.kill())

    def stop(self) -> int:
        """SIGTERM, and wait; the exit code."""
        return self._end(lambda process: process.terminate())

    def restart(self) -> None:
        """Stop if it runs, and start on the same port with the same database and tokens."""
        if self.is_running:
            self.stop()
        self.start()

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    @property
    def origin(self) -> str:
        """http://127.0.0.1:PORT"""
        return f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.is_running:
            self.stop()

    def _end(self, how: Callable[[subprocess.Popen[str]], None]) -> int:
        process = self._process
        assert process is not None
        how(process)
        try:
            code = process.wait(START_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        self._process = None
        return code

    # --- requests, as any client

    def request(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        token: str | None = None,
        headers: Mapping[str, str] | None = None,
        data: bytes | None = None,
    ) -> Reply:
        """One request below `url`, e.g. ("GET", "/calendar/availability"), with `token` or the first token."""
        sent = {"Authorization": f"Bearer {token or self.token}"}
        return self._send(method, f"/api/public{path}", body, sent | dict(headers or {}), data)

    # --- the control surface

    def add_entry(self, date: datetime.date | str, start: str, end: str, **fields: object) -> Json:
        """Put an entry in as if made elsewhere: not in the log, no fault, no overlap rule. The entry as stored.

        It is available and has no title unless `fields` say otherwise.
        """
        (entry_id,) = self.load([{"date": str(date), "start_time": start, "end_time": end, **fields}])
        return next(entry for entry in self.entries() if entry["id"] == entry_id)

    def add_pattern(self, day_of_week: int, start: str, end: str, **fields: object) -> Json:
        """Put a weekly pattern in as if made elsewhere. Day 0 is Sunday."""
        body = {"day_of_week": day_of_week, "start_time": start, "end_time": end, **fields}
        (pattern_id,) = self._control("POST", "load", {"patterns": [body]})["pattern_ids"]
        return next(pattern for pattern in self.patterns() if pattern["id"] == pattern_id)

    def entries(self) -> list[Json]:
        """All entries, by date and start."""
        entries: list[Json] = self._control("GET", "state")["entries"]
        return entries

    def patterns(self) -> list[Json]:
        """All weekly patterns, by day and start."""
        patterns: list[Json] = self._control("GET", "state")["patterns"]
        return patterns

    def load(self, entries: Iterable[Json] = (), patterns: Iterable[Json] = ()) -> list[int]:
        """Put in many at once, overlapping or not, as request bodies of the API; the ids of the entries."""
        body = {"entries": list(entries), "patterns": list(patterns)}
        ids: list[int] = self._control("POST", "load", body)["entry_ids"]
        return ids

    def faults(self, *specs: Json) -> None:
        """Add faults, e.g. {"kind": "drop_after", "method": "POST"}. See `sandbox/fault_kinds.py`."""
        self._control("POST", "faults", list(specs))

    def clear_faults(self) -> None:
        """Forget the faults; held requests go on."""
        self._control("DELETE", "faults")

    def release(self) -> None:
        """Let the requests go on that a `hold` keeps now."""
        self._control("POST", "release")

    def land(self) -> int:
        """Have the requests carried out that `zombie_held` keeps; how many they were."""
        landed: int = self._control("POST", "land")["landed"]
        return landed

    def change_entry(self, entry_id: int, **fields: object) -> Json | None:
        """Change an entry as if somebody else did; the entry as it is then, None where it is gone."""
        changed: Json | None = self._control("POST", "change", {"id": entry_id, "fields": fields})["changed"]
        return changed

    def remove(self, *, entry_ids: Iterable[int] = (), pattern_ids: Iterable[int] = ()) -> int:
        """Delete as if somebody else did; how many of them were there."""
        body = {"entry_ids": list(entry_ids), "pattern_ids": list(pattern_ids)}
        removed: int = self._control("POST", "remove", body)["removed"]
        return removed

    def log(self) -> list[Json]:
        """The requests seen: method, path, query, body, time, status (None if dropped), faults, done."""
        requests: list[Json] = self._control("GET", "log")["requests"]
        return requests

    def wait_until(self, condition: Callable[[], bool], seconds: float = 10.0) -> None:
        """Wait for a condition on this sandbox, looked at after each thing that happens there."""
        deadline = time.monotonic() + seconds
        version = -1
        while True:
            version = self._control("GET", f"log?{urlencode({'after': version, 'timeout': 1})}")["version"]
            if condition():
                return
            if time.monotonic() > deadline:
                raise TimeoutError(f"after {seconds} s still not so; the sandbox saw {self.log()}")

    def set_clock_offset(self, seconds: float) -> None:
        """Move the server's clock: expiry, rate limit and time stamps."""
        self._control("POST", "clock", {"offset_seconds": seconds})

    def configure(
        self,
        *,
        rate_limit: int | None = None,
        allow_overlaps: bool | None = None,
        tokens: Iterable[str] | None = None,
    ) -> None:
        """Change these until the next reset. `tokens` replaces all of them, for the API only."""
        wanted = {
            "rate_limit": rate_limit,
            "allow_overlaps": allow_overlaps,
            "tokens": None if tokens is None else list(tokens),
        }
        self._control("POST", "settings", {key: value for key, value in wanted.items() if value is not None})

    def reset(self) -> None:
        """As just started, but for the ids, which go on counting."""
        self._control("POST", "reset")

    def _control(self, method: str, path: str, body: object = None) -> Any:
        reply = self._send(method, f"/_sandbox/{path}", body, {"X-Sandbox-Control": CONTROL_TOKEN}, None)
        if reply.status != 200:
            raise AssertionError(f"{method} {path}: {reply.status} {reply.body!r}")
        return reply.json

    def _send(self, method: str, path: str, body: object, headers: Mapping[str, str], data: bytes | None) -> Reply:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        sent = dict(headers)
        if body is not None:
            data = json.dumps(body).encode()
        if data is not None:
            sent.setdefault("Content-Type", "application/json")
        try:
            connection.request(method, path, body=data, headers=sent)
            response = connection.getresponse()
            return Reply(response.status, dict(response.getheaders()), response.read())
        finally:
            connection.close()


class Reply:
    """A whole answer. Header names are lower case."""

    def __init__(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.status = status
        self.headers = {name.lower(): value for name, value in headers.items()}
        self.body = body

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    def __repr__(self) -> str:
        return f"<{self.status} {self.body[:500]!r}>"
