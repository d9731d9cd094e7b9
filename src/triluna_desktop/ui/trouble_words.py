"""What to say when the server could not be reached, or said no: what happened, and what to do about it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from triluna_desktop.domain.remote import Trouble

translate = QCoreApplication.translate


def what_happened(trouble: Trouble) -> str:
    """One sentence that says what went wrong."""
    match trouble:
        case Trouble.NO_CONNECTION:
            return translate("Trouble", "The server cannot be reached.")
        case Trouble.CONNECT_TIMEOUT:
            return translate("Trouble", "The server does not answer.")
        case Trouble.CERTIFICATE:
            return translate("Trouble", "The server's certificate cannot be trusted.")
        case Trouble.CERTIFICATE_DATE:
            return translate("Trouble", "By this computer's date, the server's certificate is not valid.")
        case Trouble.PROXY:
            return translate("Trouble", "The proxy refuses the connection.")
        case Trouble.TIMEOUT:
            return translate("Trouble", "The server took too long to answer.")
        case Trouble.DISCONNECTED:
            return translate("Trouble", "The connection broke off.")
        case Trouble.SERVER_ERROR:
            return translate("Trouble", "The server has a problem of its own.")
        case Trouble.NOT_JSON:
            return translate(
                "Trouble", "Something other than the calendar answered, perhaps a sign-in page of this network."
            )
        case Trouble.UNREADABLE:
            return translate("Trouble", "The server's answer could not be read.")
        case Trouble.TOO_LARGE:
            return translate("Trouble", "The server's answer is too large.")
        case Trouble.REDIRECTED:
            return translate("Trouble", "The app was sent on to another address, which it does not follow.")
        case Trouble.NOT_WRITTEN:
            return translate("Trouble", "This computer's disk takes nothing more, so nothing was asked.")
        case Trouble.RATE_LIMITED:
            return translate("Trouble", "No more requests are allowed just now.")
        case Trouble.INVALID:
            return translate("Trouble", "The server does not understand what the app asks.")
        case Trouble.CONFLICT:
            return translate("Trouble", "The slot overlaps another one on the server.")
        case Trouble.CHANGED:
            return translate("Trouble", "This was changed elsewhere, too.")
        case Trouble.NOT_FOUND:
            return translate("Trouble", "There is no calendar at this address.")
        case Trouble.REFUSED:
            return translate("Trouble", "The server refused the request.")
        case Trouble.AUTHENTICATION:
            return translate("Trouble", "The server does not accept the token.")
        case Trouble.PERMISSION:
            return translate("Trouble", "The token lacks a permission.")


def in_short(trouble: Trouble | None) -> str:
    """A few words for the status bar, where a sentence has no room: the banner has it."""
    match trouble:
        case Trouble.CERTIFICATE | Trouble.CERTIFICATE_DATE:
            return translate("Trouble", "No safe connection")
        case Trouble.SERVER_ERROR:
            return translate("Trouble", "The server has a problem")
        case Trouble.NOT_JSON:
            return translate("Trouble", "Something else answered")
        case Trouble.UNREADABLE | Trouble.TOO_LARGE:
            return translate("Trouble", "Answer could not be read")
        case Trouble.REDIRECTED | Trouble.NOT_FOUND:
            return translate("Trouble", "No calendar at this address")
        case Trouble.INVALID | Trouble.REFUSED:
            return translate("Trouble", "Refused by the server")
        case Trouble.PERMISSION:
            return translate("Trouble", "A permission is missing")
        case None | Trouble.NOT_WRITTEN:
            return translate("Trouble", "The calendar's file cannot be written")
        case _:
            return translate("Trouble", "Something is wrong")


def what_to_do(trouble: Trouble) -> str:
    """One sentence that says what helps; empty where waiting is all there is."""
    match trouble:
        case Trouble.NO_CONNECTION | Trouble.CONNECT_TIMEOUT:
            return translate("Trouble", "Check the network. Edits are kept and sent later.")
        case Trouble.CERTIFICATE:
            return translate(
                "Trouble",
                "If this network asks for a sign-in, open a web page to sign in. If it needs a certificate of its "
                "own, ask who runs it. Edits are kept and sent later.",
            )
        case Trouble.CERTIFICATE_DATE:
            return translate(
                "Trouble",
                "Check the date and time of this computer. If they are right, only whoever runs the server can "
                "help. Edits are kept and sent later.",
            )
        case Trouble.PROXY:
            return translate(
                "Trouble",
                "Check the proxy's settings and whether it asks for a sign-in. Edits are kept and sent later.",
            )
        case Trouble.TIMEOUT | Trouble.DISCONNECTED | Trouble.SERVER_ERROR | Trouble.RATE_LIMITED:
            return translate("Trouble", "Edits are kept and sent later.")
        case Trouble.NOT_WRITTEN:
            return translate("Trouble", "Make room on the disk. It is tried again by itself.")
        case Trouble.NOT_JSON:
            return translate(
                "Trouble", "Open a web page to sign in to the network. Edits are kept and sent later."
            )
        case Trouble.UNREADABLE | Trouble.TOO_LARGE | Trouble.REFUSED | Trouble.INVALID:
            return translate(
                "Trouble",
                "What was shown last is kept, and so are your edits. A newer version of the app may know more.",
            )
        case Trouble.REDIRECTED:
            return translate(
                "Trouble",
                "If this network asks for a sign-in, open a web page to sign in. Else check the server's address "
                "in Settings, Advanced. Edits are kept and sent later.",
            )
        case Trouble.NOT_FOUND:
            return translate(
                "Trouble",
                "Check the server's address in Settings, Advanced. Edits are kept and sent later.",
            )
        case Trouble.CONFLICT:
            return translate("Trouble", "Move or shorten one of the two.")
        case Trouble.CHANGED:
            return translate("Trouble", "Choose which version holds.")
        case Trouble.AUTHENTICATION:
            return translate(
                "Trouble", "Make a new token on your profile page and paste it in Settings. Edits are kept."
            )
        case Trouble.PERMISSION:
            return translate(
                "Trouble",
                "Make a token with the scopes read:calendar and write:calendar, and paste it in "
                "Settings. Edits are kept.",
            )
