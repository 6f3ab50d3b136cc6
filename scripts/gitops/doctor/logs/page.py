"""Faults that nginx and the browser report."""

from gitops.doctor.logs.fault import Fault, phrase

_UPSTREAM = ("upstream-refuses",)

PAGE = (
    Fault(
        "nginx-configuration-not-valid",
        (
            phrase("[emerg] unknown directive"),
            phrase("[emerg] invalid number of arguments"),
            phrase("[emerg] unexpected"),
            phrase("[emerg] unknown * variable"),
            phrase("[emerg] * directive is not allowed here"),
            phrase("[emerg] * is not terminated by"),
            phrase("[emerg] cannot load certificate"),
        ),
        "nginx does not understand a line of its configuration, so it does not start.",
        "Correct the line that it names; `nginx -t` checks the files.",
        explains=("crash-loop",),
    ),
    Fault(
        "upstream-not-found",
        (
            phrase("host not found in upstream"),
            phrase("could not be resolved ("),
            phrase("no resolver defined to resolve"),
        ),
        "nginx cannot find the backend: its resolver knows no search domains, or a NetworkPolicy closes DNS.",
        "Give BACKEND_URL the full name, and open port 53 over UDP and TCP.",
        "callers-reach-dns",
        ("crash-loop", *_UPSTREAM),
    ),
    Fault(
        "upstream-timed-out",
        (phrase("upstream timed out"),),
        "The backend takes the connection, or drops it, and does not answer in time: it is overloaded, or a "
        "NetworkPolicy closes its port.",
        "`kubectl top pod` shows how busy it is; compare the policies with the port.",
        "callers-reach-what-they-call",
        _UPSTREAM,
    ),
    Fault(
        "upstream-refuses",
        (
            phrase("while connecting to upstream"),
            phrase("no live upstreams"),
            phrase("does not have any active Endpoint"),
            phrase("upstream prematurely closed connection"),
            phrase("[vite] http proxy error"),
        ),
        "The proxy (nginx, or Vite's) finds the backend, but no pod of it answers on that port.",
        "`kubectl get endpointslices` shows whether the Service has pods; compare the ports.",
        "services-reach-container-ports",
    ),
    Fault(
        "browser-calls-localhost",
        (
            phrase("://localhost * ERR_CONNECTION_REFUSED"),
            phrase("://127.0.0.1 * ERR_CONNECTION_REFUSED"),
            phrase("ERR_CONNECTION_REFUSED * ://localhost"),
            phrase("://localhost * blocked by CORS policy"),
            phrase("blocked by CORS policy * ://localhost"),
            phrase("Cross-Origin Request Blocked * ://localhost"),
        ),
        "The page asks the visitor's own machine for the API.",
        "Call /api/… on the page's own origin; nginx passes it on.",
        "the-page-calls-its-own-origin",
        ("browser-refuses",),
    ),
    Fault(
        "browser-refuses",
        (
            phrase("violates the following Content Security Policy directive"),
            phrase("Mixed Content: The page at"),
            phrase("blocked by CORS policy"),
        ),
        "The page loads something from elsewhere, which its Content-Security-Policy or that server forbids.",
        "Serve it from the page's own origin.",
    ),
)
