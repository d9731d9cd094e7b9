"""The page at `/docs`: the endpoints with a line of curl each. It loads nothing from anywhere."""

from __future__ import annotations

import html

DOCS_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

_ENTRY = (
    '{"date":"2025-09-01","start_time":"14:00","end_time":"15:00","is_available":false,"title":"Client meeting"}'
)
_WHOLE = (
    '{"date":"2025-09-01","start_time":"14:00","end_time":"15:30","is_available":false,"title":"Client meeting",'
    '"notes":null}'
)
_PATTERN = (
    '{"day_of_week":1,"start_time":"09:00","end_time":"17:00","is_available":true,"title":"Monday business hours"}'
)

_ENDPOINTS = (
    (
        "GET",
        "/calendar/availability?start_date=2025-09-01&end_date=2025-09-07&include_recurring=true",
        None,
        "Read entries. Both dates count and both may be left out; the weekly patterns come along if asked for.",
    ),
    ("POST", "/calendar/availability", _ENTRY, "Create an entry. 409 with the conflicting slots if it overlaps."),
    ("PUT", "/calendar/availability/123", _WHOLE, "Update an entry. The whole of it is required."),
    ("DELETE", "/calendar/availability/123", None, "Delete an entry."),
    ("GET", "/calendar/recurring", None, "Read the weekly patterns."),
    ("POST", "/calendar/recurring", _PATTERN, "Create a weekly pattern. Day 0 is Sunday."),
    ("DELETE", "/calendar/recurring/123", None, "Delete a weekly pattern."),
)

_STYLE = """
:root { color-scheme: light dark; }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
h2 { font-size: 1rem; font-family: ui-monospace, monospace; margin: 2rem 0 0; }
pre { overflow-x: auto; padding: .7rem 1rem; border: 1px solid #8886; border-radius: 8px; }
"""


def docs_page(port: int) -> str:
    """The page as HTML, with addresses of the server on this port."""
    base = f"http://127.0.0.1:{port}/api/public"
    sections = "\n".join(_section(base, *endpoint) for endpoint in _ENDPOINTS)
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>TriLuna Calendar API, sandbox</title>
<style>{_STYLE}</style></head><body>
<h1>TriLuna Calendar API, sandbox</h1>
<p>A strict stand-in for the public API, on this machine only. Put the token that the sandbox printed at its start
in place of <code>TOKEN</code>. Reading needs the scope <code>read:calendar</code>, writing
<code>write:calendar</code>. The formal description is at <a href="/openapi.json">/openapi.json</a>.</p>
{sections}
</body></html>
"""


def _section(base: str, method: str, path: str, body: str | None, text: str) -> str:
    words = [f'curl -X {method} -H "Authorization: Bearer TOKEN"']
    if body is not None:
        words.append(f"-H \"Content-Type: application/json\" -d '{body}'")
    words.append(f'"{base}{path}"')
    plain_path = path.partition("?")[0].replace("123", ":id")
    command = " \\\n  ".join(words)
    return f"<h2>{method} {plain_path}</h2><p>{html.escape(text)}</p><pre>{html.escape(command)}</pre>"
