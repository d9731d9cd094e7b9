"""The command line: its arguments, and who carries a command out. Qt is imported only when a window is wanted.

Exit codes: 0 done · 1 our bug (a trace in the log) · 2 wrong arguments or input (nothing was written) · 3 queued,
not sent yet · 4 needs a decision (conflict, deleted elsewhere) · 5 token missing, refused or without the scope ·
130 interrupted.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime
import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from triluna_desktop import __version__
from triluna_desktop.options import DEMO_PROFILE, HIDDEN, Options, WindowOptions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from triluna_desktop.terminal_files import Taken

WRONG_INPUT = 2
INTERRUPTED = 130
"""What shells expect of a command that Ctrl-C ended; an edit that is on disk by then is 3."""


def run(arguments: Sequence[str]) -> int:
    """Parse the arguments and carry the command out; the result is the exit code."""
    if not arguments:
        return open_window(WindowOptions(Options(), opens_last=True))  # The ordinary start; a person waits for it.
    gc.enable()  # A command that reads a whole calendar makes garbage.
    as_json = "--json" in arguments
    try:
        return _carry_out(arguments)
    except _ArgumentsError as error:
        print(error.usage, end="", file=sys.stderr)
        return _refuse(WRONG_INPUT, "arguments", f"{error}", as_json=as_json)
    except KeyboardInterrupt:
        told = "Interrupted. `triluna-desktop status` says what is queued."
        return _refuse(INTERRUPTED, "interrupted", told, as_json=as_json)


def _carry_out(arguments: Sequence[str]) -> int:
    parser = _parser()
    options = parser.parse_args(arguments)
    if options.demo and options.command is not None:
        parser.error(f"--demo is a window. For {options.command} on the demo's calendar: --profile {DEMO_PROFILE}")
    # An empty name is none: a script whose variable is not set means no other calendar.
    profile = Options().profile if options.profile is None else options.profile
    common = Options(profile, options.data_dir, options.api_url, options.verbose)
    if options.command is None:
        return _window(options, common)
    if options.command == "sandbox":
        from triluna_desktop import sandbox

        return sandbox.main(options)
    from triluna_desktop.calendar_choice import calendar_for

    is_token = options.command == "token" and options.action != "test"
    chosen = calendar_for(options.profile, options.data_dir, makes=is_token)
    if not isinstance(chosen, str):
        from triluna_desktop.terminal import tell

        return tell(chosen, as_json=getattr(options, "json", False))
    common = dataclasses.replace(common, profile=chosen)
    options.profile = None if options.profile is None else chosen
    match options.command:
        case "token":
            from triluna_desktop.calendar_choice import for_calendar
            from triluna_desktop.headless import run_token
            from triluna_desktop.terminal import tell

            return tell(for_calendar(run_token(common, options.action), options.profile), as_json=False)
        case _:
            return _command(options, common)


def _window(options: argparse.Namespace, common: Options) -> int:
    if options.demo:
        common = Options(DEMO_PROFILE, common.data_dir, None, common.verbose)
    opens_last = options.profile is None and not options.demo
    return open_window(
        WindowOptions(
            common,
            is_demo=options.demo,
            opens_last=opens_last,
            is_hidden=options.hidden,
            screenshot=options.screenshot,
        )
    )


def open_window(options: WindowOptions) -> int:
    """Show the window and run until it is closed; the result is the exit code."""
    # Until the first paint next to nothing becomes garbage; `app` lets the collector work again.
    gc.disable()
    from triluna_desktop.start import run_window

    return run_window(options)


def _command(options: argparse.Namespace, common: Options) -> int:
    from triluna_desktop.answers import Answer
    from triluna_desktop.calendar_choice import for_calendar
    from triluna_desktop.handing import hand_over
    from triluna_desktop.terminal import tell

    request: dict[str, Any] = {
        key: value.isoformat() if isinstance(value, datetime.date) else value
        for key, value in vars(options).items()
        if key not in {"profile", "data_dir", "api_url", "verbose", "demo", "hidden", "screenshot", "json"}
    }
    if "when" in request:
        request["when"] = " ".join(request["when"])
    taken: Taken | None = None
    if options.command == "import":
        from triluna_desktop.terminal_files import read_text, taken_in

        text = read_text(request.pop("file"))
        found = text if isinstance(text, Answer) else taken_in(text)
        if isinstance(found, Answer):
            return tell(found, as_json=options.json)
        taken, request["text"] = found, found.text
    output = request.pop("output", None)
    answer = hand_over(common, request)
    if answer is None:
        from triluna_desktop.headless import run_command

        answer = run_command(common, request)
    if options.command == "export":
        from triluna_desktop.terminal_files import delivered

        answer = delivered(answer, output)
    if taken is not None:
        answer = taken.told_with(answer)
    return tell(for_calendar(answer, options.profile), as_json=options.json)


def _refuse(code: int, error_code: str, sentence: str, *, as_json: bool) -> int:
    from triluna_desktop.answers import Answer
    from triluna_desktop.terminal import tell

    return tell(Answer(code, error_code=error_code, message=sentence), as_json=as_json)


class _ArgumentsError(Exception):
    """The arguments are wrong; ``usage`` is how they should be."""

    def __init__(self, message: str, usage: str) -> None:
        super().__init__(message)
        self.usage = usage


class _Parser(argparse.ArgumentParser):
    """argparse would print the error and exit by itself, which is no JSON object."""

    def error(self, message: str) -> NoReturn:
        raise _ArgumentsError(message, self.format_usage())


def _parser() -> argparse.ArgumentParser:
    # Each command takes the common options too, so that they may stand before or behind its name; there they have
    # no default, or a value given before the name would be overwritten.
    parser = _Parser(
        prog="triluna-desktop",
        description="The calendar that your TriLuna phone agent books from. Without a command: the window.",
        epilog="The token comes from the system's keyring, else from TRILUNA_TOKEN in the environment. Where that "
        "is set, the keyring has 3 seconds to answer a command, else 30.",
    )
    parser.add_argument("--version", action="version", version=f"TriLuna Desktop {__version__}")
    parser.add_argument(
        "--demo", action="store_true", help="the window on a sandbox with sample data: no account, no token"
    )
    parser.add_argument(
        HIDDEN, action="store_true", help="without the window, where a tray shows the app (for the autostart)"
    )
    parser.add_argument("--screenshot", type=Path, default=None, help=argparse.SUPPRESS)
    _add_common(parser, Options())
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")

    def command(name: str, text: str, *, with_json: bool = True) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
        _add_common(added, None)
        if with_json:
            added.add_argument("--json", action="store_true", help="print one JSON object on standard output")
        return added

    from triluna_desktop.sandbox.arguments import add_arguments

    add_arguments(command("sandbox", "only the sandbox server, until SIGINT or SIGTERM", with_json=False))
    token = command("token", "keep, test or forget the API token", with_json=False)
    token.add_argument(
        "action", choices=("set", "test", "forget"), help="set reads standard input or a hidden prompt"
    )
    listing = command("list", "the entries of a range of dates")
    _add_range(listing)
    listing.add_argument("--recurring", action="store_true", help="the weekly hours, too")
    for name, text in (("block", "block time"), ("open", "make time available")):
        mark = command(name, text)
        mark.add_argument(
            "when",
            nargs="+",
            metavar="WHEN",
            help="30m · 2h · until 17:00 · until next · rest of day · fri 9:00-10:00 · 2026-11-23 14:00-15:30",
        )
        mark.add_argument("--title", default="", metavar="T")
        mark.add_argument("--notes", default="", metavar="N")
    command("release", "end what `block` and `open` began now: the rest of it is as it was before")
    delete = command("delete", "delete entries by their id")
    delete.add_argument("ids", nargs="+", metavar="ID", help="an id, or the key of an unsent entry, from `list`")
    bookable = command("bookable", "what callers are offered")
    bookable.add_argument("--on", type=_date, metavar="DATE", help="one date (default: today)")
    _add_range(bookable)
    bookable.add_argument(
        "--length", type=_length, metavar="MIN", help="starts for appointments of so many minutes"
    )
    bookable.add_argument("--why", action="store_true", help="with the reasons")
    _add_files(command("export", "the calendar as a file"), command("import", "take entries in from a file"))
    command("sync", "send what is queued, then read the calendar")
    command("status", "how things stand, without asking the server")
    return parser


def _add_common(parser: argparse.ArgumentParser, defaults: Options | None) -> None:
    def default(value: object) -> Any:
        return argparse.SUPPRESS if defaults is None else value

    parser.add_argument(
        "--profile",
        default=default(None),
        metavar="NAME",
        help="whose calendar (default: the one of that name, or the only one there is)",
    )
    parser.add_argument(
        "--data-dir", type=Path, default=default(None), metavar="DIR", help="keep all files of the app in DIR"
    )
    parser.add_argument(
        "--api-url", default=default(None), metavar="URL", help="another server than the settings say"
    )
    parser.add_argument(
        "--verbose", action="store_true", default=default(False), help="log more, to the terminal too"
    )


def _add_files(export: argparse.ArgumentParser, taking_in: argparse.ArgumentParser) -> None:
    _add_range(export)
    export.add_argument(
        "--format",
        choices=("json", "ics"),
        default="json",
        help="json holds all; ics (iCalendar) is for other programs",
    )
    export.add_argument("--output", metavar="FILE", help="write it there (default: standard output)")
    taking_in.add_argument(
        "file",
        metavar="FILE",
        help="what `export` wrote, or another program's iCalendar file; - is standard input",
    )
    taking_in.add_argument(
        "--skip-overlaps",
        action="store_true",
        help="of what overlaps an entry or weekly hours take in the free part, and say so of each",
    )


def _add_range(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", type=_date, metavar="DATE", help="the first date (default: today)")
    parser.add_argument("--to", type=_date, metavar="DATE", help="the last date, included")


def _date(text: str) -> datetime.date:
    from triluna_desktop.domain.when import WhenError, parse_day

    try:
        return parse_day(text, datetime.datetime.now().astimezone().date())
    except WhenError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _length(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= 1440:
        raise argparse.ArgumentTypeError(f"a length is a number of minutes from 1 to 1440, not {text!r}")
    return int(text)
