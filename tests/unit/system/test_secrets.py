"""The token: in a keyring that is safe, or in memory; never anywhere else."""

import logging
from pathlib import Path

import keyring.errors
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from tests.helpers.keyring_vault import TOKEN, URL, Chain, PlainFile, Vault, store_on

from triluna_desktop.system import keyring_backends
from triluna_desktop.system.logs import Redactor, setup_logging
from triluna_desktop.system.secrets import (
    SERVICE,
    InvalidTokenError,
    KeyringAbsentError,
    KeyringDismissedError,
    KeyringFailedError,
    KeyringLockedError,
    KeyringRefusedError,
    SaveOutcome,
    TokenSource,
    TokenStoreError,
    token_hint,
)

pytestmark = pytest.mark.usefixtures("allowed_names")

NO_KEYRING: KeyringBackend = fail.Keyring()  # type: ignore[no-untyped-call]  # keyring has no types here.
NULL_KEYRING: KeyringBackend = null.Keyring()  # type: ignore[no-untyped-call]  # The same.


def test_a_saved_token_is_there_at_the_next_start(vault: Vault) -> None:
    assert store_on(vault).save(f"  {TOKEN}\n") is SaveOutcome.SAVED
    loaded = store_on(vault).load()
    assert (loaded.token, loaded.source, loaded.trouble) == (TOKEN, TokenSource.KEYRING, None)
    assert list(vault.kept) == [(SERVICE, f"default {URL}")]


def test_another_address_or_profile_never_gets_the_token(vault: Vault) -> None:
    store_on(vault).save(TOKEN)
    assert store_on(vault, url="https://elsewhere.example/api").load().token is None
    assert store_on(vault, profile="work").load().token is None
    assert store_on(vault, url=URL + "/").load().token == TOKEN


def test_a_forgotten_token_is_gone_and_may_be_forgotten_again(vault: Vault) -> None:
    store = store_on(vault)
    store.save(TOKEN)
    store.forget()
    store.forget()
    assert store.load().source is TokenSource.NONE
    assert vault.kept == {}


def test_forgetting_also_ends_a_token_that_lives_for_the_session() -> None:
    store = store_on(NO_KEYRING)
    store.save(TOKEN)
    store.forget()
    assert store.load().token is None


@pytest.mark.parametrize("backend", [NULL_KEYRING, Vault()], ids=["null", "not on the list"])
def test_a_keyring_that_is_not_safe_is_refused_and_the_token_lives_for_the_session(
    backend: KeyringBackend, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring_backends, "ALLOWED_BACKENDS", set())
    store = store_on(backend)
    assert store.save(TOKEN) is SaveOutcome.SESSION_ONLY
    loaded = store.load()
    assert (loaded.token, loaded.source) == (TOKEN, TokenSource.SESSION)
    after_restart = store_on(backend).load()
    assert after_restart.token is None
    assert isinstance(after_restart.trouble, KeyringRefusedError)
    assert "does not keep passwords safe" in str(after_restart.trouble)


def test_a_backend_that_writes_plain_files_never_sees_the_token(tmp_path: Path) -> None:
    backend = PlainFile(tmp_path / "passwords")
    assert isinstance(backend, Vault), "not even a subclass of an allowed one is let in"
    assert store_on(backend).save(TOKEN) is SaveOutcome.SESSION_ONLY
    assert list(tmp_path.iterdir()) == []


def test_the_list_of_safe_keyrings_names_classes_that_the_library_has() -> None:
    safe = {
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.libsecret.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.kwallet.DBusKeyringKWallet4",
        "keyring.backends.macOS.Keyring",
        "keyring.backends.Windows.WinVaultKeyring",
    }
    for name in safe:
        module, _, cls = name.rpartition(".")
        assert issubclass(getattr(__import__(module, fromlist=[cls]), cls), KeyringBackend)


def test_of_a_chain_only_a_safe_member_is_used(vault: Vault, tmp_path: Path) -> None:
    plain = PlainFile(tmp_path / "passwords")
    assert store_on(Chain(plain, vault)).save(TOKEN) is SaveOutcome.SAVED
    assert list(vault.kept.values()) == [TOKEN]
    assert list(tmp_path.iterdir()) == []
    assert store_on(Chain(plain)).save(TOKEN) is SaveOutcome.SESSION_ONLY
    assert isinstance(store_on(Chain()).load().trouble, KeyringAbsentError)


def test_a_keyring_that_loses_what_it_is_given_is_found_out_by_reading_back(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault, "set_password", lambda *_: None)
    store = store_on(vault)
    assert store.save(TOKEN) is SaveOutcome.SESSION_ONLY
    assert store.load().source is TokenSource.SESSION


def test_a_token_that_the_keyring_keeps_against_our_will_is_said_so(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = store_on(vault)
    store.save(TOKEN)
    monkeypatch.setattr(vault, "delete_password", lambda *_: None)
    with pytest.raises(KeyringFailedError, match="still holds the token"):
        store.forget()


def test_the_environment_gives_the_token_where_the_keyring_has_none(vault: Vault) -> None:
    environ = {"TRILUNA_TOKEN": f" {TOKEN} "}
    loaded = store_on(vault, environ=environ).load()
    assert (loaded.token, loaded.source, loaded.trouble) == (TOKEN, TokenSource.ENVIRONMENT, None)
    loaded = store_on(NO_KEYRING, environ=environ).load()
    assert (loaded.token, loaded.source) == (TOKEN, TokenSource.ENVIRONMENT)
    assert isinstance(loaded.trouble, KeyringAbsentError)


def test_the_keyring_goes_before_the_environment(vault: Vault) -> None:
    store_on(vault).save(TOKEN)
    assert store_on(vault, environ={"TRILUNA_TOKEN": "other"}).load().token == TOKEN


def test_nonsense_in_the_environment_is_a_trouble_and_no_token(vault: Vault) -> None:
    loaded = store_on(vault, environ={"TRILUNA_TOKEN": "two words"}).load()
    assert loaded.token is None
    assert isinstance(loaded.trouble, InvalidTokenError)


class PromptDismissedException(Exception):  # noqa: N818 - secretstorage's name, which is what is looked for.
    pass


def caused(error: Exception, cause: Exception) -> Exception:
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        (keyring.errors.KeyringLocked("Failed to unlock the collection!"), KeyringLockedError),
        (keyring.errors.PasswordSetError("Cancelled by user"), KeyringDismissedError),
        (
            caused(keyring.errors.InitError("x"), PromptDismissedException("Prompt dismissed.")),
            KeyringDismissedError,
        ),
        (OSError("D-Bus went away"), KeyringFailedError),
        (keyring.errors.PasswordSetError("full"), KeyringFailedError),
    ],
)
def test_a_keyring_that_the_user_can_do_something_about_is_an_error_of_its_own(
    vault: Vault, theirs: Exception, ours: type[TokenStoreError]
) -> None:
    vault.error = theirs
    store = store_on(vault)
    assert isinstance(store.load().trouble, ours)
    with pytest.raises(ours):
        store.save(TOKEN)
    assert store.load().token == TOKEN, "until it can be saved, it lives for the session"
    with pytest.raises(ours):
        store.forget()
    vault.error = None
    assert store.save(TOKEN) is SaveOutcome.SAVED
    assert store.load().source is TokenSource.KEYRING


@pytest.mark.parametrize("theirs", [keyring.errors.InitError("no"), keyring.errors.NoKeyringError("none")])
def test_a_keyring_that_is_not_there_makes_the_token_live_for_the_session(vault: Vault, theirs: Exception) -> None:
    vault.error = theirs
    store = store_on(vault)
    assert isinstance(store.load().trouble, KeyringAbsentError)
    assert store.save(TOKEN) is SaveOutcome.SESSION_ONLY
    store.forget()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "The token is empty."),
        (" \n", "The token is empty."),
        ("a" * 4097, "A token has at most 4096 characters."),
        ("two words", "no blanks"),
        ("line\nbreak", "no blanks"),
        ("tökén", "no blanks"),
        ("a\x00b", "no blanks"),
    ],
)
def test_what_cannot_be_a_token_is_refused_without_repeating_it(vault: Vault, text: str, sentence: str) -> None:
    store = store_on(vault)
    store.save(TOKEN)
    with pytest.raises(InvalidTokenError) as caught:
        store.save(text)
    assert sentence in str(caught.value)
    assert not text.strip() or text.strip() not in str(caught.value)
    assert store.load().token == TOKEN


def test_the_hint_is_the_last_four_characters_and_nothing_of_a_short_token() -> None:
    assert token_hint(TOKEN) == "8e1a"
    assert token_hint("shorttoken") == ""


def test_neither_the_store_nor_what_it_returns_shows_the_token_when_printed(vault: Vault) -> None:
    store = store_on(vault)
    store.save(TOKEN)
    assert TOKEN not in f"{store!r} {store.load()!r} {store.load()}"


def test_whoever_cleans_the_logs_hears_of_each_token_before_it_is_used(vault: Vault) -> None:
    heard: list[str] = []
    store_on(vault, on_token=heard.append).save(TOKEN)
    assert heard == [TOKEN]
    store_on(vault, on_token=heard.append).load()
    assert heard == [TOKEN, TOKEN]
    store_on(vault, profile="other", environ={"TRILUNA_TOKEN": "abc"}, on_token=heard.append).load()
    assert heard == [TOKEN, TOKEN, "abc"]


def test_a_keyring_that_blurts_the_token_out_in_an_error_puts_it_in_no_log(vault: Vault, tmp_path: Path) -> None:
    redactor = Redactor()
    close = setup_logging(tmp_path / "log", redactor, verbose=True)
    vault.error = keyring.errors.PasswordSetError(f"cannot store {TOKEN}")
    try:
        store_on(vault, on_token=redactor.register_secret).save(TOKEN)
    except TokenStoreError as error:
        assert TOKEN not in str(error)
        logging.getLogger("triluna_desktop").exception("not saved")
    close()
    assert "cannot store [token]" in (tmp_path / "log").read_text()


def test_a_newer_token_is_not_lost_when_an_older_one_is_saved_late(vault: Vault) -> None:
    inner = store_on(vault)
    older = inner.keep_for_session("older")
    inner.keep_for_session(TOKEN)
    assert inner.move_to_keyring(older) is SaveOutcome.SAVED
    assert inner.load().token == TOKEN
