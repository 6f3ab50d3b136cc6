"""Requests to a registry: logs in, tries again, and takes only so many bytes and so much time."""

import time

import httpx

from gitops.errors import Unreachable, WrongContent
from gitops.registry import challenge, document
from gitops.registry.credentials import BearerAuth
from gitops.registry.refusals import refusal
from gitops.registry.retries import Sleep, retried
from gitops.registry.watchdog import Watchdog

LARGEST_ANSWER = 8 * 1024 * 1024
LONGEST_COMMAND = 300.0
"""Seconds that all requests of one command may take together, however slowly the answers come."""
_MOST_REDIRECTS = 5
_UNPACKED = "identity"


class Transport:
    """Requests to one registry. What it has answered once is not asked again."""

    def __init__(
        self, host: str, credentials: httpx.BasicAuth | None, client: httpx.Client, sleep: Sleep = time.sleep
    ) -> None:
        self.host, self.requests = host, 0
        self._credentials, self._client, self._sleep = credentials, client, sleep
        self._challenge: challenge.Challenge | None = None
        self._auth: dict[str, httpx.Auth] = {}
        self._answers: dict[tuple[str, str, str], httpx.Response] = {}
        self._watchdog = Watchdog(LONGEST_COMMAND)

    def get(self, repository: str, path: str, accept: str = "*/*", method: str = "GET") -> httpx.Response:
        """The registry's answer for /v2/<repository>/<path>; a path that starts with a slash is whole.

        Raises the RegistryError that tells why there is none.
        """
        question = repository, path, method
        if question not in self._answers:
            self._answers[question] = self._ask(repository, path, accept, method)
        return self._answers[question]

    def _ask(self, repository: str, path: str, accept: str, method: str) -> httpx.Response:
        url = f"{_scheme(self.host)}://{self.host}" + (path if path.startswith("/") else f"/v2/{repository}/{path}")
        if self._challenge:
            self._log_in(repository)
        headers = {"Accept": accept}
        response = self._send(method, url, headers, self._auth.get(repository))
        if response.status_code == 401 and "www-authenticate" in response.headers:
            self._challenge = challenge.parse(response.headers["www-authenticate"])
            self._auth.pop(repository, None)
            if self._log_in(repository):
                response = self._send(method, url, headers, self._auth[repository])
        self._check(response, repository)
        return response

    def close(self) -> None:
        self._watchdog.stop()
        self._client.close()

    def _check(self, response: httpx.Response, repository: str) -> None:
        if response.status_code >= 400:
            logged_in, readable = self._credentials is not None, any(known == repository for known, *_ in self._answers)
            raise refusal(response, self.host, repository, logged_in=logged_in, readable=readable)

    def _check_time(self) -> None:
        """Raises Unreachable once the time is over, since a connection that the watchdog closed may look like a whole
        answer."""
        if self._watchdog.expired:
            raise Unreachable(
                f"{self.host} took longer than {LONGEST_COMMAND:.0f} seconds for all answers together.",
                "Run this again later.",
            )

    def _log_in(self, repository: str) -> bool:
        """Logs in, if there is a way to. Returns whether there is now a token or a password to send for this
        repository."""
        if repository in self._auth:
            return True
        match self._challenge:
            case challenge.Challenge(scheme="bearer") as asked:
                self._auth[repository] = BearerAuth(self._token(asked, repository))
            case challenge.Challenge(scheme="basic") if self._credentials:
                self._auth[repository] = self._credentials
            case _:
                return False
        return True

    def _token(self, asked: challenge.Challenge, repository: str) -> str:
        """A token to pull from this repository (https://distribution.github.io/distribution/spec/auth/token/)."""
        try:
            realm = httpx.URL(asked.realm)
        except httpx.InvalidURL as error:
            raise WrongContent(f"{self.host}'s {asked.realm!r} is not an address of tokens.", document.LATER) from error
        if realm.scheme not in ("https", _scheme(realm.host)):
            raise WrongContent(f"{self.host} wants the password sent to {asked.realm!r}, which is not encrypted.")
        scope = {"service": asked.service, "scope": f"repository:{repository}:pull"}
        response = self._send("GET", str(realm.copy_merge_params(scope)), {}, self._credentials)
        self._check(response, repository)
        answer = document.parse(response.content, asked.realm)
        token = answer.get("token") or answer.get("access_token")
        if not (isinstance(token, str) and token.isascii()):
            raise WrongContent(f"{asked.realm} gave no token.", "Run this again later.")
        return token

    def _send(self, method: str, url: str, headers: dict[str, str], auth: httpx.Auth | None) -> httpx.Response:
        return retried(lambda: self._send_once(method, url, headers, auth), self.host, self._sleep)

    def _send_once(self, method: str, url: str, headers: dict[str, str], auth: httpx.Auth | None) -> httpx.Response:
        self.requests += 1
        watched = {"trace": self._watchdog.trace}
        try:
            headers = {**headers, "Accept-Encoding": _UNPACKED}
            request = self._client.build_request(method, url, headers=headers, extensions=watched)
            return self._read(request, auth)
        finally:
            self._check_time()

    def _read(self, request: httpx.Request, auth: httpx.Auth | None) -> httpx.Response:
        """The answer that redirects lead to. httpx itself would read what comes with a redirect, however much it is."""
        for _ in range(_MOST_REDIRECTS + 1):
            response = self._client.send(request, auth=auth, stream=True)
            try:
                if response.next_request is None:
                    return _bounded(response)
            finally:
                response.close()
            # httpx has decided which headers the request to another host carries.
            request, auth = response.next_request, None
        raise WrongContent(f"{self.host} redirects more than {_MOST_REDIRECTS} times.", document.LATER)


def _bounded(response: httpx.Response) -> httpx.Response:
    """The answer with its body. It must not be packed: a few bytes may stand for more than there is memory."""
    body = bytearray()
    for piece in response.iter_raw():
        body += piece
        if len(body) > LARGEST_ANSWER:
            raise WrongContent(f"{response.url} is larger than {LARGEST_ANSWER} bytes.")
    packed = response.headers.get("content-encoding", _UNPACKED)
    if body and packed != _UNPACKED:
        raise WrongContent(f"{response.url} is packed as {packed}, which was not asked for.", document.LATER)
    headers = [(name, value) for name, value in response.headers.raw if name.lower() != b"content-encoding"]
    return httpx.Response(response.status_code, headers=headers, content=bytes(body), request=response.request)


def _scheme(host: str) -> str:
    """The scheme, as Docker chooses it: only a registry on this machine is spoken to without TLS."""
    return "http" if host.partition(":")[0] in ("localhost", "127.0.0.1") else "https"
