"""Faults that any program reports when it cannot reach another one."""

from gitops.doctor.logs.fault import Fault, phrase

_GENERAL = ("image-pull-back-off", "cache-not-written", "package-not-found")

NETWORK = (
    Fault(
        "name-not-resolved",
        (
            phrase("dial tcp: lookup * server misbehaving"),
            phrase("dial tcp: lookup * no such host"),
            phrase("dial tcp: lookup * i/o timeout"),
            phrase("Temporary failure in name resolution"),
            phrase("Could not resolve host"),
            phrase("getaddrinfo ENOTFOUND"),
            phrase("getaddrinfo EAI_AGAIN"),
            phrase("wget: bad address"),
        ),
        "The machine, or the node, finds no address for the name: its DNS does not answer, or the name is misspelt.",
        "Compare the name, and try it from that machine (`nslookup NAME`); restart the node if its DNS is gone.",
        explains=_GENERAL,
    ),
    Fault(
        "network-timed-out",
        (
            phrase("TLS handshake timeout"),
            phrase("dial tcp * i/o timeout"),
            phrase("dial tcp * connection timed out"),
            phrase("failed to do request * connection reset by peer"),
            phrase("failed to do request * EOF"),
            phrase("request canceled while waiting for connection"),
            phrase("net/http: request canceled"),
            phrase("unable to access * Failed to connect to"),
            phrase("ETIMEDOUT"),
            phrase("ECONNRESET"),
            phrase("curl: (28)"),
            phrase("RPC failed; curl"),
        ),
        "The other side did not answer, or not in time: the network is slow, or a firewall or proxy is between.",
        "Run it again; if that does not help, try the address from that machine.",
        explains=_GENERAL,
    ),
    Fault(
        "certificate-not-trusted",
        (
            phrase("x509: certificate"),
            phrase("certificate verify failed"),
            phrase("SSL certificate problem"),
            phrase("self-signed certificate"),
            phrase("server gave HTTP response to HTTPS client"),
        ),
        "The server's certificate is not trusted, has expired, or the server speaks no TLS.",
        "Check the clock and the host's name; tell the client about a registry without TLS, or give it the authority's "
        "certificate.",
        explains=_GENERAL,
    ),
)
