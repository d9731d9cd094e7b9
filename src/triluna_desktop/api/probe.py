"""What a token may do, found without writing anything.

A GET tells whether it may read. A POST that cannot pass validation tells whether it may write: the server looks at
the scope first, so 403 means no and a complaint about the content means yes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from triluna_desktop.domain.remote import AuthenticationError, PermissionDeniedError, RemoteError, ValidationError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

READ_SCOPE = "read:calendar"
WRITE_SCOPE = "write:calendar"


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """What is known of a token. None is: could not be found out, and ``error`` says why where something failed.

    ``missing`` are the scopes that the server asks for; ``error`` is None for a token that it knows.
    """

    read: bool | None
    write: bool | None
    missing: tuple[str, ...] = ()
    error: RemoteError | None = None


async def probe(*, read: Callable[[], Awaitable[object]], write: Callable[[], Awaitable[object]]) -> ProbeResult:
    """Try ``read``, then ``write``, a request that no server can carry out. Each is called at most once."""
    missing: list[str] = []
    try:
        await read()
        may_read = True
    except PermissionDeniedError as error:
        may_read = False
        missing.append(error.scope or READ_SCOPE)
    except AuthenticationError as error:
        return ProbeResult(read=False, write=False, error=error)
    except RemoteError as error:
        return ProbeResult(read=None, write=None, error=error)
    may_write: bool | None = None
    failure: RemoteError | None = None
    try:
        await write()
    except ValidationError:
        may_write = True
    except PermissionDeniedError as error:
        may_write = False
        missing.append(error.scope or WRITE_SCOPE)
    except AuthenticationError as error:
        return ProbeResult(read=False, write=False, error=error)
    except RemoteError as error:
        failure = error
    return ProbeResult(may_read, may_write, tuple(missing), failure)
