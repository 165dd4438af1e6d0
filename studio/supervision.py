"""`python -m studio.supervision COMMAND…`: run a command that ends when its parent does.

The supervisor starts everything through this, so that a killed supervisor leaves no orphan that holds the port or the broker's socket.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # linux/prctl.h; the setting survives exec, not fork


def die_with_parent(with_signal: int = signal.SIGKILL) -> None:
    """Have the kernel send this process `with_signal` when its parent dies. Does nothing where the kernel has no such call."""
    if sys.platform != "linux":
        return
    parent = os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, with_signal)
    if os.getppid() != parent:  # it died before we asked
        os.kill(os.getpid(), with_signal)


if __name__ == "__main__":
    die_with_parent()
    os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606 - the supervisor's own fixed command
