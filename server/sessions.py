"""Signing in as a maintainer: who holds the token of this server may correct; nothing of the token is kept or shown.

A session is a random value in a cookie that scripts cannot read and other sites cannot send; the server keeps only its hash, in memory,
so that a restart signs everybody out. Each session has a word of its own that every form must bring back.
"""

import hashlib
import hmac
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

COOKIE = "daumoi-maintainer"
LIFETIME = 8 * 3600.0
"""Seconds that a session holds: a working day."""
_MOST = 64
"""Sessions at a time; the oldest ends when one more begins."""


@dataclass(frozen=True, slots=True)
class Session:
    """Somebody who signed in: the name that corrections will carry, and the word that forms must bring back."""

    who: str
    csrf: str
    ends: float


def _digest(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()


def same_secret(one: str, other: str) -> bool:
    """Compare in a time that does not tell where two secrets differ, nor how long they are."""
    return hmac.compare_digest(_digest(one), _digest(other))


class Sessions:
    """The sessions of one server."""

    def __init__(self, token: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._token = token
        self._clock = clock
        self._sessions: dict[str, Session] = {}
        self._lock = threading.Lock()

    def begin(self, token: str, who: str) -> str | None:
        """Return the cookie of a new session, ``None`` where the token is wrong."""
        if not self._token or not same_secret(token, self._token):
            return None
        cookie = secrets.token_urlsafe(32)
        with self._lock:
            self._forget_old()
            while len(self._sessions) >= _MOST:
                self._sessions.pop(next(iter(self._sessions)))
            self._sessions[_digest(cookie)] = Session(who, secrets.token_urlsafe(32), self._clock() + LIFETIME)
        return cookie

    def find(self, cookie: str | None) -> Session | None:
        """Return the session of a cookie, ``None`` where there is none or it has ended."""
        with self._lock:
            self._forget_old()
            return self._sessions.get(_digest(cookie)) if cookie else None

    def end(self, cookie: str | None) -> None:
        """End a session."""
        with self._lock:
            self._sessions.pop(_digest(cookie or ""), None)

    def _forget_old(self) -> None:
        now = self._clock()
        for key in [key for key, session in self._sessions.items() if session.ends <= now]:
            del self._sessions[key]
