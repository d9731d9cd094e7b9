"""What an httpx error says about the one question: may the request have been carried out?"""

from __future__ import annotations

import httpx
import pytest

from triluna_desktop.api.errors import of_httpx
from triluna_desktop.domain.remote import RemoteError, SurelyUnsentError, Trouble, UncertainError


@pytest.mark.parametrize(
    ("error", "kind", "trouble"),
    [
        (httpx.ConnectError("x"), SurelyUnsentError, Trouble.NO_CONNECTION),
        (httpx.ConnectTimeout("x"), SurelyUnsentError, Trouble.CONNECT_TIMEOUT),
        (httpx.PoolTimeout("x"), SurelyUnsentError, Trouble.TIMEOUT),
        (httpx.ProxyError("x"), SurelyUnsentError, Trouble.PROXY),
        (httpx.UnsupportedProtocol("x"), SurelyUnsentError, Trouble.NO_CONNECTION),
        (httpx.InvalidURL("x"), SurelyUnsentError, Trouble.NO_CONNECTION),
        (httpx.ReadTimeout("x"), UncertainError, Trouble.TIMEOUT),
        (httpx.WriteTimeout("x"), UncertainError, Trouble.TIMEOUT),
        (httpx.ReadError("x"), UncertainError, Trouble.DISCONNECTED),
        (httpx.WriteError("x"), UncertainError, Trouble.DISCONNECTED),
        (httpx.CloseError("x"), UncertainError, Trouble.DISCONNECTED),
        (httpx.RemoteProtocolError("x"), UncertainError, Trouble.DISCONNECTED),
        (httpx.LocalProtocolError("x"), UncertainError, Trouble.DISCONNECTED),
        (httpx.DecodingError("x"), UncertainError, Trouble.UNREADABLE),
        (httpx.TooManyRedirects("x"), UncertainError, Trouble.DISCONNECTED),
    ],
)
def test_only_what_never_reached_the_server_is_surely_unsent(
    error: httpx.HTTPError | httpx.InvalidURL, kind: type[RemoteError], trouble: Trouble
) -> None:
    found = of_httpx(error)
    assert type(found) is kind
    assert found.trouble is trouble
    assert found.message == ""
