"""What runs inside the D-Bus session of the keyring test: one scenario of the token store, told in JSON.

``python keyring_program.py SCENARIO WAY DATA_DIR``; the token comes over standard input, so it is in no argument.
The way is ``library``, as commands in a terminal ask the keyring, or ``helper``, as the window does.
"""

import asyncio
import json
import logging
import os
import sys
from pathlib import Path
from typing import Any

from triluna_desktop.system.keyring_backends import LibraryKeyring
from triluna_desktop.system.keyring_process import KeyringProcess
from triluna_desktop.system.logs import Redactor, install_excepthook, setup_logging
from triluna_desktop.system.paths import app_paths
from triluna_desktop.system.secrets import Keyring, TokenStore, TokenStoreError, token_hint
from triluna_desktop.system.secrets_async import AsyncTokenStore
from triluna_desktop.system.settings import ACCOUNT_TOKEN_HINT, Settings

URL = "https://api.triluna.app/api/public"


def described(store: TokenStore, token: str) -> dict[str, Any]:
    """What a load gives, without the token itself."""
    loaded = store.load()
    return {
        "is_the_token": loaded.token == token,
        "source": loaded.source.value,
        "trouble": type(loaded.trouble).__name__ if loaded.trouble else None,
    }


def round_trip(redactor: Redactor, keyring: Keyring, token: str, settings: Settings) -> dict[str, Any]:
    """Save, read back as after a restart, ask at another address, forget."""

    def restarted(url: str = URL) -> TokenStore:
        return TokenStore("default", url, keyring, on_token=redactor.register_secret, environ={})

    result: dict[str, Any] = {"before": described(restarted(), token)}
    try:
        result["saved"] = asyncio.run(AsyncTokenStore(restarted()).save(token)).value
    except TokenStoreError as error:
        logging.getLogger("triluna_desktop").exception("not saved")
        result["saved"] = type(error).__name__
    settings.set(ACCOUNT_TOKEN_HINT, token_hint(token))
    result["after"] = described(restarted(), token)
    result["elsewhere"] = described(restarted("https://elsewhere.example"), token)
    return result


def main() -> None:
    """Run the scenario and print what happened as one line of JSON."""
    scenario, way, data_dir = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    token = sys.stdin.readline().strip()
    paths = app_paths("default", data_dir)
    paths.ensure()
    redactor = Redactor()
    setup_logging(paths.log_file, redactor, verbose=True)
    install_excepthook(redactor)
    settings = Settings(paths.settings_file)
    settings.load()
    log = logging.getLogger("triluna_desktop")
    log.info("This is process %d", os.getpid())
    keyring: Keyring = KeyringProcess(redactor.register_secret) if way == "helper" else LibraryKeyring()
    result = round_trip(redactor, keyring, token, settings)
    if way == "helper":
        result["loaded"] = sorted({"keyring", "secretstorage", "cryptography"}.intersection(sys.modules))
    redactor.register_secret(token)
    if scenario == "forget":
        store = TokenStore("default", URL, keyring, environ={})
        store.forget()
        result["forgotten"] = described(store, token)
    log.debug("GET /calendar/availability with %s", {"Authorization": f"Bearer {token}"})
    print(json.dumps(result), flush=True)
    raise RuntimeError(f"a crash that names {token}")


if __name__ == "__main__":
    main()
