"""What every test may use."""

from __future__ import annotations

import gc
import signal

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.helpers.sandbox_fixtures"]

# A shell starts what runs in its background deaf to Ctrl+C, and programs that tests start would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# A law is broken by an example, not by a computer that is busy; so Hypothesis itself has it on a CI server.
# There it tries the same examples each time, and elsewhere others in each run; "thorough" tries as many as a
# hundred runs do, of the laws that name no number of their own.
for name, examples in (("suite", 50), ("thorough", 5000)):
    settings.register_profile(
        name, settings(), max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
settings.load_profile("suite")


def pytest_collection_finish() -> None:
    """Take what was collected out of the garbage collector's rounds: it stays to the end, and is looked through
    again and again otherwise.
    """
    gc.collect()
    gc.freeze()
