"""How a registry wants to be asked: the WWW-Authenticate header of its first answer (RFC 9110, section 11.6.1)."""

import re
from dataclasses import dataclass

_PARAMETER = re.compile(r'(\w+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))')


@dataclass(frozen=True, slots=True)
class Challenge:
    """`scheme` in lower case; realm and service are for the scheme "bearer"."""

    scheme: str
    realm: str
    service: str


def parse(header: str) -> Challenge:
    scheme, _, rest = header.strip().partition(" ")
    values = {name.lower(): quoted or plain for name, quoted, plain in _PARAMETER.findall(rest)}
    return Challenge(scheme.lower(), values.get("realm", ""), values.get("service", ""))
