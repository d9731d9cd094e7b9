"""What every test may use."""

from __future__ import annotations

import signal

pytest_plugins = ["tests.helpers.sandbox_fixtures"]

# A shell starts what runs in its background deaf to Ctrl+C, and programs that tests start would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
