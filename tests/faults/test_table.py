"""The faults that the app is measured by, and where each has its test: the exact sentence, and nothing lost.

Each test asserts what the user reads in the window (status bar, banner, card or dialog), where a terminal is
concerned its sentence and exit code too, and that the edit is still queued, or is on the server exactly once.

| fault | tests |
|---|---|
| refused | test_bad_servers: test_refused |
| connect timeout | test_bad_servers: test_connect_timeout |
| read timeout after POST | test_uncertain: test_uncertain_post; test_bad_servers: test_bad_reply |
| disconnect after commit | test_uncertain: test_uncertain_post; test_bad_servers: test_bad_reply |
| truncated 201 | test_uncertain: test_uncertain_post |
| 500 after commit | test_uncertain: test_uncertain_post; test_bad_servers: test_bad_reply |
| late zombie POST | test_uncertain: test_uncertain_post |
| killed mid-POST | test_uncertain: test_killed_mid_post |
| slow drip | test_bad_servers: test_slow_drip; test_uncertain: test_uncertain_post |
| gzip bomb | test_bad_servers: test_bad_reply; test_uncertain: test_uncertain_post |
| 200 KB header | test_bad_servers: test_bad_reply; test_uncertain: test_uncertain_post |
| captive portal | test_bad_servers: test_bad_reply; test_uncertain: test_uncertain_post |
| 204 without body | test_bad_servers: test_bad_reply; test_uncertain: test_204_without_body |
| 302 elsewhere | test_bad_servers: test_bad_reply; test_uncertain: test_uncertain_post |
| bad certificate | test_bad_servers: test_bad_certificate |
| proxy 407 | test_bad_servers: test_proxy_407 |
| 429 with seconds | test_refusals: test_429 |
| 429 with date | test_refusals: test_429_with_date |
| 429 with garbage | test_refusals: test_429 |
| 429 with none | test_refusals: test_429 |
| 401 | test_refusals: test_401; test_bad_servers: test_401 |
| 403 | test_refusals: test_403; test_bad_servers: test_bad_reply |
| 404 base path | test_bad_servers: test_bad_reply |
| 400/422 | test_refusals: test_refused_edit; test_bad_servers: test_bad_reply |
| missing fields | test_odd_answers: test_fields_that_hide_a_row; test_odd_answers: test_fields_that_do_no_harm |
| null fields | test_odd_answers: test_fields_that_hide_a_row; test_odd_answers: test_fields_that_do_no_harm |
| extra fields | test_odd_answers: test_fields_that_do_no_harm |
| wrong-typed fields | test_odd_answers: test_fields_that_hide_a_row |
| duplicate ids | test_odd_answers: test_fields_that_do_no_harm |
| empty list over a full cache | test_odd_answers: test_empty_list_over_a_full_cache |
| reply ignoring the date filter | test_odd_answers: test_reply_ignoring_the_date_filter |
| wrong clock | test_bad_servers: test_wrong_clock_makes_a_certificate_invalid; test_refusals: test_429_with_date; test_computer: test_wrong_clock_that_is_put_right |
| disk full | test_computer: test_disk_full_while_editing; test_computer: test_disk_full_while_another_calendar_is_shown; test_computer: test_disk_full_while_sending; test_starts: test_other_starts_that_fail |
| corrupt file | test_computer: test_corrupt_file; test_computer: test_corrupt_file_of_which_edits_are_saved; test_starts: test_damaged_file_in_a_terminal |
| 0-byte file | test_computer: test_0_byte_file; test_starts: test_damaged_file_in_a_terminal |
| newer schema | test_starts: test_newer_schema |
| crash in a migration | test_starts: test_crash_in_a_migration |
| two instances | test_starts: test_two_instances |
| sleep and resume mid-request | test_computer: test_sleep_and_resume_mid_request |
| zone change while running | test_computer: test_zone_change_while_running |
| keyring locked | test_keyring: test_at_the_start; test_keyring: test_while_saving; test_keyring: test_while_forgetting; test_keyring: test_in_a_terminal |
| keyring dismissed | test_keyring: test_at_the_start; test_keyring: test_while_saving; test_keyring: test_while_forgetting; test_keyring: test_in_a_terminal |
| keyring hanging | test_keyring: test_at_the_start; test_keyring: test_while_saving; test_keyring: test_while_forgetting |
| keyring absent | test_keyring: test_at_the_start; test_keyring: test_while_saving; test_keyring: test_while_forgetting; test_keyring: test_in_a_terminal |

On a real desktop: tests/e2e/test_never_lost (SIGKILL mid-POST), test_keyring (a locked keyring and an open prompt of
gnome-keyring), test_window_and_commands (two instances, newer schema), test_start (a corrupt file).
"""  # noqa: E501 - a table has rows as long as they are.

from __future__ import annotations

import ast
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
ROWS = [
    [cell.strip() for cell in line.strip("| ").split("|")]
    for line in (__doc__ or "").splitlines()
    if line.startswith("| ") and not line.startswith("| fault")
]


@pytest.mark.parametrize(("fault", "tests"), ROWS, ids=[row[0] for row in ROWS])
def test_each_fault_has_the_tests_that_the_table_names(fault: str, tests: str) -> None:
    for where in tests.split("; "):
        module, name = where.split(": ")
        tree = ast.parse(FOLDER.joinpath(f"{module}.py").read_text(encoding="utf-8"))
        functions = {each.name for each in tree.body if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef))}
        assert name in functions, f"{fault}: {where}"


def test_the_table_is_whole() -> None:
    assert len(ROWS) == 44
