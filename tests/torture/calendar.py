"""The sandbox of one worker: a case's calendar put in, somebody else's hand, and what stands there in the end."""

from __future__ import annotations

import http.client
import json
import os
from datetime import date
from typing import TYPE_CHECKING

from tests.helpers.sandbox import Reply, SandboxProcess
from tests.torture import kinds
from tests.torture.scenarios import Act, Alter, Content, Make

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.helpers.sandbox import Json
    from tests.torture.case import Case

USUAL_RATE_LIMIT = 100_000
TOKEN = "canary-7d1f5c0e93ab"
"""The client's token: it must be in no file (I11)."""


class TortureCalendar(SandboxProcess):
    """See the module."""

    def __init__(self) -> None:
        super().__init__(tokens=(TOKEN,), rate_limit=USUAL_RATE_LIMIT)
        self._connection: tuple[int, http.client.HTTPConnection] | None = None

    def arrange(self, case: Case) -> None:
        """Make it what the case begins with."""
        self.reset()
        self.configure(allow_overlaps=case.rule == "lenient", rate_limit=case.scenario.rate_limit)
        self.put(case.scenario.there)
        specs = [
            {**kinds.NAMES[fault.kind].spec, "skip": fault.at - 1}
            for fault in case.faults
            if fault.kind in kinds.NAMES and kinds.NAMES[fault.kind].spec
        ]
        if specs:
            self.faults(*specs)

    def put(self, slots: Iterable[Content]) -> None:
        """Put slots in, whatever they overlap."""
        bodies = [(each, _body(each)) for each in slots]
        self._control(
            "POST",
            "load",
            {
                "entries": [body for each, body in bodies if isinstance(each.where, date)],
                "patterns": [body for each, body in bodies if not isinstance(each.where, date)],
            },
        )

    def do(self, act: Act) -> bool:
        """Somebody else does this; whether there was something to do it to."""
        if isinstance(act, Make):
            self.put([act.slot])
            return True
        here = [(row, content) for row, content in self.rows() if content.tag == act.tag]
        if not here:
            return False
        row, content = here[0]
        if isinstance(act, Alter):
            changed = _body(content._replace(**act.fields))  # type: ignore[arg-type]  # data
            return self.change_entry(row["id"], **changed) is not None
        if isinstance(content.where, date):
            return self.remove(entry_ids=[row["id"]]) > 0
        return self.remove(pattern_ids=[row["id"]]) > 0

    def rows(self) -> list[tuple[Json, Content]]:
        """All that stands there."""
        state = self._control("GET", "state")
        return [(row, content_of(row)) for row in (*state["entries"], *state["patterns"])]

    def writes(self) -> int:
        """How many requests came that are no reads."""
        return sum(request["method"] != "GET" for request in self.log())

    def _send(self, method: str, path: str, body: object, headers: Mapping[str, str], data: bytes | None) -> Reply:
        """As it is, but over a connection that is kept, by each process its own."""
        sent = {"Content-Type": "application/json", **headers}
        data = data if body is None else json.dumps(body).encode()
        for _ in range(2):
            if self._connection is None or self._connection[0] != os.getpid():
                self._connection = (os.getpid(), http.client.HTTPConnection("127.0.0.1", self.port, timeout=30))
            connection = self._connection[1]
            try:
                connection.request(method, path, body=data, headers=sent)
                response = connection.getresponse()
                return Reply(response.status, dict(response.getheaders()), response.read())
            except (ConnectionError, http.client.RemoteDisconnected):
                connection.close()  # The server ends what was idle for long.
                self._connection = None
        raise ConnectionError(f"the sandbox does not answer {method} {path}")


def content_of(row: Json) -> Content:
    """A row of the server as it can be compared."""
    where = date.fromisoformat(row["date"]) if "date" in row else row["day_of_week"]
    return Content(
        where,
        _minutes(row["start_time"]),
        _minutes(row["end_time"]),
        row["title"] or "",
        row.get("notes") or "",
        row["is_available"],
    )


def _body(slot: Content) -> Json:
    body: Json = {
        "start_time": f"{slot.start // 60:02}:{slot.start % 60:02}",
        "end_time": f"{slot.end // 60:02}:{slot.end % 60:02}",
        "title": slot.title,
        "is_available": slot.is_available,
    }
    if isinstance(slot.where, date):
        return body | {"date": slot.where.isoformat(), "notes": slot.notes or None}
    return body | {"day_of_week": slot.where}


def _minutes(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:5])
