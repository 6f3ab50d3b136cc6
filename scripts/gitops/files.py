"""Files from outside, where pipes and devices may stand in the place of a file, without end."""

import errno
import os
import stat

_NOT_AT_ONCE = getattr(os, "O_NONBLOCK", 0)


def regular(path: str, flags: int) -> int:
    """Opens a file for `open(path, opener=regular)`, without waiting for whoever should write it.

    Raises OSError for what is not a regular file; a pipe that the shell has made, such as `<(kubectl logs …)`, is as
    good as one.
    """
    descriptor = os.open(path, flags | _NOT_AT_ONCE)
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode) or (stat.S_ISFIFO(mode) and os.fspath(path).startswith("/dev/")):
        if _NOT_AT_ONCE:
            os.set_blocking(descriptor, True)
        return descriptor
    os.close(descriptor)
    raise OSError(errno.EINVAL, os.strerror(errno.EISDIR) if stat.S_ISDIR(mode) else "It is not a regular file", path)
