"""`block`, `open` and `delete`: what reaches the server, what is kept, and what the exit code says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import keyring.backends.null
import pytest
from tests.helpers.sandbox import SandboxProcess

from triluna_desktop.system import keyring_backends

if TYPE_CHECKING:
    from pathlib import Path

    from tests.unit.app.conftest import CommandLine

DAY = "2027-03-04"


def posts(sandbox: SandboxProcess) -> int:
    """How many entries were asked to be made."""
    return sum(request["method"] == "POST" for request in sandbox.log())


def test_block_returns_zero_once_the_server_has_the_entry(triluna: CommandLine, sandbox: SandboxProcess) -> None:
    done = triluna("block", DAY, "14:00-15:30", "--title", "Client", "--notes", "Room 4", "--json")
    (entry,) = sandbox.entries()
    assert (done.code, done.stderr) == (0, "")
    assert (entry["date"], entry["start_time"], entry["end_time"]) == (DAY, "14:00:00", "15:30:00")
    assert (entry["is_available"], entry["title"], entry["notes"]) == (False, "Client", "Room 4")
    (told,) = done.json["entries"]
    assert (done.json["ok"], done.json["error"]) == (True, None)
    assert told | {"key": ""} == {
        "id": entry["id"],
        "key": "",
        "date": DAY,
        "start_time": "14:00",
        "end_time": "15:30",
        "is_available": False,
        "title": "Client",
        "notes": "Room 4",
        "state": "sent",
    }


def test_open_makes_time_available_and_says_so_in_a_line(triluna: CommandLine, sandbox: SandboxProcess) -> None:
    done = triluna("open", "tomorrow", "9:00-10:00")
    (entry,) = sandbox.entries()
    assert done.code == 0
    assert entry["is_available"] is True
    assert f"{entry['id']}  " in done.stdout
    assert "09:00-10:00  available" in done.stdout


def test_what_crosses_midnight_becomes_an_entry_a_date(triluna: CommandLine, sandbox: SandboxProcess) -> None:
    assert triluna("block", DAY, "23:00-1:30").code == 0
    assert [(entry["date"], entry["start_time"], entry["end_time"]) for entry in sandbox.entries()] == [
        (DAY, "23:00:00", "23:59:00"),
        ("2027-03-05", "00:00:00", "01:30:00"),
    ]


@pytest.mark.parametrize(
    "when",
    [
        ("sometime",),
        (DAY, "15:00-15:00"),
        ("2027-02-30", "9:00-10:00"),
        (DAY, "9:00-25:00"),
        ("90",),
        ("0m",),
    ],
)
def test_a_wrong_when_is_exit_two_and_nothing_is_written(
    triluna: CommandLine, sandbox: SandboxProcess, when: tuple[str, ...]
) -> None:
    done = triluna("block", *when, "--json")
    assert done.code == 2
    assert done.json["error"]["code"] == "invalid_input"
    assert done.json["error"]["message"] in done.stderr
    assert triluna("status", "--json").json["unsent"] == 0
    assert posts(sandbox) == 0


def test_a_title_that_is_too_long_is_exit_two_and_nothing_is_written(
    triluna: CommandLine, sandbox: SandboxProcess
) -> None:
    done = triluna("block", DAY, "9:00-10:00", "--title", "x" * 5000)
    assert done.code == 2
    assert "The title is too long: it may have up to 200 characters." in done.stderr
    done = triluna("block", DAY, "9:00-10:00", "--notes", "x" * 2001)
    assert done.code == 2
    assert "The notes are too long: they may have up to 2000 characters." in done.stderr
    assert triluna("status", "--json").json["unsent"] == 0
    assert posts(sandbox) == 0


def test_a_conflict_is_exit_four_and_the_edit_is_kept(triluna: CommandLine, sandbox: SandboxProcess) -> None:
    sandbox.add_entry(DAY, "13:30", "14:30")
    done = triluna("block", DAY, "14:00-15:00", "--json")
    assert done.code == 4
    assert done.json["error"]["code"] == "needs_decision"
    assert [entry["state"] for entry in done.json["entries"]] == ["conflict"]
    assert len(sandbox.entries()) == 1
    status = triluna("status", "--json").json
    assert (status["unsent"], status["needs_decision"]) == (1, 1)
    assert triluna("sync").code == 4


def test_a_conflict_names_what_is_in_the_way_and_the_way_out_which_works(
    triluna: CommandLine, sandbox: SandboxProcess
) -> None:
    other = sandbox.add_entry(DAY, "13:30", "14:30", title="Dentist")
    done = triluna("block", DAY, "14:00-15:00", "--json")
    (mine,) = done.json["entries"]
    assert done.code == 4
    assert done.json["error"]["message"] == (
        f"The server refused it: it overlaps “Dentist” 13:30-14:30 (id {other['id']}). It is kept here, and not "
        f"sent. `triluna-desktop delete {mine['key']}` drops it; the window has other ways out."
    )
    assert triluna("delete", mine["key"]).code == 0
    assert triluna("status", "--json").json["unsent"] == 0
    assert sandbox.entries() == [other]


@pytest.mark.parametrize("knows", ["what it made", "nothing"])
def test_the_same_block_again_is_there_already_and_leaves_no_second_one(
    triluna: CommandLine, sandbox: SandboxProcess, tmp_path: Path, knows: str
) -> None:
    assert triluna("block", DAY, "14:00-15:00", "--title", "Client").code == 0
    (entry,) = sandbox.entries()
    if knows == "nothing":
        triluna.data_dir = tmp_path / "another computer"
    done = triluna("block", DAY, "14:00-15:00", "--title", "Client", "--json")
    assert (done.code, done.stderr) == (0, "")
    assert [each["id"] for each in done.json["entries"]] == [entry["id"]]
    (already,) = done.json["already"]
    assert (already["id"], already["date"]) == (entry["id"], DAY)
    assert (already["start_time"], already["end_time"]) == ("14:00", "15:00")
    assert triluna("block", DAY, "14:00-15:00", "--title", "Client").stdout.startswith(
        f"There already: {entry['id']}  Thu {DAY}  14:00-15:00  blocked  Client\n"
    )
    assert sandbox.entries() == [entry]
    assert triluna("status", "--json").json["unsent"] == 0


def test_the_same_block_again_after_a_conflict_leaves_one_conflict(
    triluna: CommandLine, sandbox: SandboxProcess
) -> None:
    sandbox.add_entry(DAY, "13:30", "14:30")
    first = triluna("block", DAY, "14:00-15:00", "--json").json["entries"]
    again = triluna("block", DAY, "14:00-15:00", "--json")
    assert (again.code, again.json["entries"]) == (4, first)
    assert f"delete {first[0]['key']}`" in again.stderr
    assert triluna("status", "--json").json["needs_decision"] == 1


def test_the_same_block_again_is_made_again_where_it_was_deleted_elsewhere(
    triluna: CommandLine, sandbox: SandboxProcess
) -> None:
    assert triluna("block", DAY, "14:00-15:00").code == 0
    (entry,) = sandbox.entries()
    sandbox.add_entry(DAY, "09:00", "10:00")
    sandbox.add_entry(DAY, "11:00", "12:00")
    sandbox.remove(entry_ids=[entry["id"]])
    done = triluna("block", DAY, "14:00-15:00", "--json")
    assert (done.code, done.json["already"]) == (0, [])
    assert len(sandbox.entries()) == 3


def test_the_same_block_again_where_the_servers_list_has_become_empty_is_for_the_user_to_decide(
    triluna: CommandLine, sandbox: SandboxProcess
) -> None:
    assert triluna("block", DAY, "14:00-15:00").code == 0
    sandbox.remove(entry_ids=[each["id"] for each in sandbox.entries()])
    done = triluna("block", DAY, "14:00-15:00", "--json")
    assert (done.code, done.json["error"]["code"]) == (4, "needs_decision")
    assert "Missing from the server's list: 1 of 1" in done.stderr


def test_of_a_night_only_the_part_that_is_not_there_is_made(triluna: CommandLine, sandbox: SandboxProcess) -> None:
    assert triluna("block", DAY, "23:00-24:00").code == 0
    done = triluna("block", DAY, "23:00-1:00")
    assert done.code == 0
    assert [each.partition("  ")[0].split(":")[0].isdecimal() for each in done.stdout.splitlines()] == [
        False,
        True,
    ]
    assert len(sandbox.entries()) == 2


def test_the_same_block_again_with_no_server_is_exit_three_and_queues_nothing(
    triluna: CommandLine, tmp_path: Path
) -> None:
    with SandboxProcess(database=tmp_path / "server.sqlite3") as server:
        triluna.api_url = server.url
        assert triluna("block", DAY, "14:00-15:00").code == 0
        server.kill()
        done = triluna("block", DAY, "14:00-15:00")
    assert (done.code, done.stdout.startswith("There already: ")) == (3, True)
    assert done.stderr.endswith("so nothing was queued.\n")
    assert triluna("status", "--json").json["unsent"] == 0


def test_the_same_block_again_while_it_waits_to_be_sent_waits_once(triluna: CommandLine) -> None:
    triluna.api_url = "http://127.0.0.1:1/api/public"
    assert [triluna("block", DAY, "14:00-15:00").code for _ in range(2)] == [3, 3]
    assert triluna("status", "--json").json["unsent"] == 1


def test_what_was_changed_elsewhere_is_not_said_to_be_dropped_by_deleting_it(
    triluna: CommandLine, sandbox: SandboxProcess
) -> None:
    entry = sandbox.add_entry(DAY, "09:00", "10:00")
    assert triluna("list", "--from", DAY, "--to", DAY).code == 0
    sandbox.change_entry(entry["id"], title="Theirs")
    done = triluna("delete", str(entry["id"]))
    assert done.code == 4
    assert done.stderr == (
        "triluna-desktop: This was changed elsewhere, too. It is kept here, and not sent. "
        "Open the window to decide.\n"
    )


def test_of_a_text_that_is_too_long_it_is_not_said_that_the_server_refuses_anything(
    triluna: CommandLine, sandbox: SandboxProcess
) -> None:
    entry = sandbox.add_entry(DAY, "09:00", "10:00")
    body = json.dumps({"availability": [{**entry, "notes": "n" * 2001}], "recurring": []})
    sandbox.faults({"kind": "raw", "method": "GET", "body": body, "times": 0})
    done = triluna("delete", str(entry["id"]))
    assert done.code == 4
    assert done.stderr == (
        "triluna-desktop: The server has more of this than is shown here, such as a longer text: change it on the "
        "web. It is kept here, and not sent. Open the window to decide.\n"
    )
    assert sandbox.entries() == [entry]


def test_with_no_server_the_edit_is_queued_with_exit_three_and_sent_once_by_the_next_sync(
    triluna: CommandLine, tmp_path: Path
) -> None:
    with SandboxProcess(database=tmp_path / "server.sqlite3") as server:
        triluna.api_url = server.url
        server.kill()
        done = triluna("block", DAY, "9:00-10:00", "--json")
        assert done.code == 3
        assert done.json["error"]["code"] == "queued"
        assert [entry["state"] for entry in done.json["entries"]] == ["pending"]
        assert [entry["id"] for entry in done.json["entries"]] == [None]
        assert triluna("status", "--json").json["unsent"] == 1
        server.start()
        assert triluna("sync").code == 0
        assert triluna("sync").code == 0
        assert len(server.entries()) == 1
        assert posts(server) == 1


def test_without_a_token_the_edit_is_queued_with_exit_five_and_sent_once_there_is_one(
    triluna: CommandLine, sandbox: SandboxProcess
) -> None:
    triluna.use_token(None)
    done = triluna("block", DAY, "9:00-10:00", "--json")
    assert done.code == 5
    assert done.json["error"]["code"] == "token"
    assert sandbox.log() == []
    triluna.use_token(sandbox.token)
    assert triluna("sync").code == 0
    assert len(sandbox.entries()) == 1


def test_a_refused_token_is_exit_five_and_the_edit_is_kept(triluna: CommandLine, sandbox: SandboxProcess) -> None:
    triluna.use_token("nobody-knows-this-token")
    done = triluna("block", DAY, "9:00-10:00")
    assert done.code == 5
    assert "nobody-knows-this-token" not in done.stderr + done.stdout + triluna.log
    triluna.use_token(sandbox.token)
    assert triluna("sync").code == 0
    assert len(sandbox.entries()) == 1


def test_a_token_without_the_write_scope_is_exit_five(triluna: CommandLine, sandbox: SandboxProcess) -> None:
    sandbox.configure(tokens=["only-reads,read:calendar"])
    triluna.use_token("only-reads")
    done = triluna("block", DAY, "9:00-10:00", "--json")
    assert done.code == 5
    assert done.json["error"]["code"] in {"scope", "read_only"}
    assert "write:calendar" in done.stderr
    assert sandbox.entries() == []


def test_delete_takes_the_servers_id(triluna: CommandLine, sandbox: SandboxProcess) -> None:
    gone = sandbox.add_entry(DAY, "09:00", "10:00")
    stays = sandbox.add_entry(DAY, "11:00", "12:00")
    done = triluna("delete", str(gone["id"]), "--json")
    assert (done.code, done.json["ok"]) == (0, True)
    assert sandbox.entries() == [stays]


def test_delete_takes_the_key_of_an_entry_that_was_never_sent(triluna: CommandLine) -> None:
    triluna.api_url = "http://127.0.0.1:1/api/public"
    made = triluna("block", DAY, "9:00-10:00", "--json").json["entries"][0]
    done = triluna("delete", made["key"])
    assert done.code == 0
    assert triluna("status", "--json").json["unsent"] == 0


def test_an_unknown_id_is_exit_two_and_the_known_ones_stay(triluna: CommandLine, sandbox: SandboxProcess) -> None:
    entry = sandbox.add_entry(DAY, "09:00", "10:00")
    done = triluna("delete", str(entry["id"]), "987654")
    assert done.code == 2
    assert "987654" in done.stderr
    assert sandbox.entries() == [entry]


def test_deleting_with_no_server_is_exit_three(triluna: CommandLine, sandbox: SandboxProcess) -> None:
    entry = sandbox.add_entry(DAY, "09:00", "10:00")
    assert triluna("list", "--from", DAY, "--to", DAY).code == 0
    sandbox.faults({"kind": "drop_before", "times": 0})
    done = triluna("delete", str(entry["id"]))
    assert done.code == 3
    sandbox.clear_faults()
    assert triluna("sync").code == 0
    assert sandbox.entries() == []


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("drop_after", "Whether the server has the change is not known yet: it is kept, and `sync` finds out."),
        ("drop_before", "The change is kept and sent later. Callers do not see it yet."),
    ],
)
def test_of_a_deletion_that_nobody_answered_no_more_is_told_than_is_known(
    triluna: CommandLine, sandbox: SandboxProcess, fault: str, said: str
) -> None:
    entry = sandbox.add_entry(DAY, "09:00", "10:00")
    assert triluna("list", "--from", DAY, "--to", DAY).code == 0
    sandbox.faults({"kind": fault, "method": "DELETE" if fault == "drop_after" else "GET", "times": 0})
    done = triluna("delete", str(entry["id"]))
    assert done.code == 3
    assert said in done.stderr


def test_what_is_wrong_with_the_keyring_is_told_only_where_the_token_is_missing_for_it(
    triluna: CommandLine, sandbox: SandboxProcess, monkeypatch: pytest.MonkeyPatch
) -> None:
    backend = keyring.backends.null.Keyring()  # type: ignore[no-untyped-call]  # keyring is typed in part.
    monkeypatch.setattr(keyring_backends, "preferred_backend", lambda: backend)
    sandbox.configure(tokens=["only-reads,read:calendar"])
    triluna.use_token("only-reads")
    assert "The keyring" not in triluna("block", DAY, "9:00-10:00").stderr
    triluna.use_token(None)
    assert "The keyring" in triluna("list").stderr


def test_what_waits_for_a_decision_is_named_by_sync_and_status_wherever_it_lies(
    triluna: CommandLine, sandbox: SandboxProcess
) -> None:
    sandbox.add_entry("2028-03-04", "13:30", "14:30", title="Dentist")
    (mine,) = triluna("block", "2028-03-04", "14:00-15:00", "--json").json["entries"]
    synced = triluna("sync")
    assert (synced.code, synced.stdout) == (
        4,
        f"{mine['key']}  Sat 2028-03-04  14:00-15:00  blocked  [conflict]\n",
    )
    assert "it overlaps “Dentist” 13:30-14:30" in synced.stderr
    assert f"`triluna-desktop delete {mine['key']}` drops it" in synced.stderr
    assert f"Needs a decision: {synced.stdout}" in triluna("status").stdout
    assert triluna("status", "--json").json["undecided"] == [mine]
    assert triluna("delete", mine["key"]).code == 0
    assert triluna("sync", "--json").json["undecided"] == []


def test_what_a_token_that_only_reads_keeps_from_being_sent_is_exit_five_in_sync_too(
    triluna: CommandLine, sandbox: SandboxProcess
) -> None:
    sandbox.configure(tokens=["only-reads,read:calendar"])
    triluna.use_token("only-reads")
    assert triluna("block", DAY, "9:00-10:00").code == 5
    synced = triluna("sync", "--json")
    assert (synced.code, synced.json["error"]["code"], synced.json["unsent"]) == (5, "scope", 1)


def test_what_leaves_nothing_to_send_is_done_whatever_else_waits(triluna: CommandLine) -> None:
    triluna.use_token(None)
    assert triluna("block", DAY, "9:00-10:00").code == 5
    assert triluna("block", "30m").code == 5
    assert triluna("release").code == 0
    assert triluna("status", "--json").json["unsent"] == 1
