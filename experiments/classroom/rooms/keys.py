"""Who is the teacher and which group a browser belongs to: cookies, and a brake on guessing."""

from __future__ import annotations

import hashlib
import hmac
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING

from experiments.classroom.rooms import refusals
from experiments.classroom.rooms.secrecy import digest_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

TEACHER_COOKIE = "talentflow-teacher"
TRIES, TRIES_SECONDS = 5, 60
_ADDRESSES_MOST = 1_000
_WEEK_SECONDS = 7 * 86_400


class Brake:
    """Lets each address err ``TRIES`` times in ``TRIES_SECONDS``, and remembers few addresses."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._errors: OrderedDict[str, list[float]] = OrderedDict()

    def check(self, who: str) -> None:
        """Refuse (429) who has erred too often."""
        recent = [at for at in self._errors.get(who, ()) if self._clock() - at < TRIES_SECONDS]
        if len(recent) >= TRIES:
            raise refusals.too_many_tries(max(1, round(TRIES_SECONDS - (self._clock() - recent[0]))))

    def note(self, who: str) -> None:
        """Remember an error."""
        recent = [at for at in self._errors.pop(who, ()) if self._clock() - at < TRIES_SECONDS]
        self._errors[who] = [*recent, self._clock()]
        while len(self._errors) > _ADDRESSES_MOST:
            self._errors.popitem(last=False)


class Keys:
    """The teacher's token and the cookies that stand for it and for groups' keys.

    The cookie of the teacher is derived from the token, so that a restart with the same token keeps the teacher in.
    """

    def __init__(self, token: str) -> None:
        self._token = token
        self._sealed = hmac.new(token.encode(), b"talentflow teacher", hashlib.sha256).hexdigest()
        self.brake = Brake()

    def is_teacher(self, request: Request) -> bool:
        """Return whether a request comes from the teacher's browser."""
        given = request.cookies.get(TEACHER_COOKIE, "")
        return hmac.compare_digest(given.encode(), self._sealed.encode())

    def check_teacher(self, request: Request) -> None:
        """Refuse (403) who is not the teacher."""
        if not self.is_teacher(request):
            raise refusals.not_teacher()

    def let_in(self, request: Request, response: Response, token: str) -> None:
        """Give the teacher's cookie for the right token; refused (403, or 429 after too many errors)."""
        who = address_of(request)
        self.brake.check(who)
        # Digests are equally long, so that the time tells nothing of the token's length either.
        if not hmac.compare_digest(digest_of(token), digest_of(self._token)):
            self.brake.note(who)
            raise refusals.wrong_token()
        set_cookie(request, response, TEACHER_COOKIE, self._sealed)


def address_of(request: Request) -> str:
    """Return the address that a request comes from."""
    return request.client.host if request.client else "?"


def visitor_of(request: Request) -> str:
    """Return the visitor whom the guard knows, or the address where there is no guard."""
    return str(getattr(request.state, "visitor", "") or address_of(request))


def group_cookie(code: str) -> str:
    """Return the name of the cookie that holds a group's key in a room."""
    return f"talentflow-room-{code}"


def set_cookie(request: Request, response: Response, name: str, value: str) -> None:
    """Set a cookie that scripts cannot read and other sites cannot send."""
    secure = request.url.scheme == "https"
    response.set_cookie(name, value, max_age=_WEEK_SECONDS, httponly=True, samesite="strict", secure=secure, path="/")
