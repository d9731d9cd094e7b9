"""What goes with a calendar that is removed from this computer, and its end: token, files and all."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import TYPE_CHECKING

from triluna_desktop.session import SendState
from triluna_desktop.ui.profiles.profile_state import Leftover, Removal

if TYPE_CHECKING:
    from triluna_desktop.profile import Profile
    from triluna_desktop.profile_run import ProfileRun

_log = logging.getLogger(__name__)

_BACK, _AHEAD = 12 * 7, 26 * 7
"""Days around today that the app keeps in step."""
_NAMED = 5
"""So many unsent items are named before a calendar is removed."""


def removal_of(profile: Profile, *, names_items: bool) -> Removal:
    """The unsent edits that would go with it; their titles, if they may be shown. Deleted items have none left."""
    session = profile.session
    view = session.days(profile.ground.clock.now().date() - timedelta(days=_BACK), _BACK + _AHEAD)
    waiting = [each.item for each in (*view.entries, *view.patterns) if each.state is not SendState.SENT]
    titles = [item.title for item in waiting if item.title and names_items]
    return Removal(session.status.unsent, tuple(titles[:_NAMED]))


async def remove_for_good(run: ProfileRun, *, keeps_data: bool) -> Leftover:
    """Forget the token of a profile, close it, and delete its files unless they are to stay."""
    token = run.failure  # One that cannot be opened: nobody knows under which name its token is kept.
    if run.is_open:
        trouble = await run.profile.account.forget()
        token = "" if trouble is None else str(trouble)
    await run.close()
    folder = None if keeps_data else await asyncio.to_thread(run.paths.delete)
    if token or folder is not None:
        _log.warning("Of %s is left: %s %s", run.name, token, folder or "")
    return Leftover(token, str(folder or ""))
