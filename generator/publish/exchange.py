"""Two folders in each other's place in one step, where the system has one: nobody ever finds neither.

Linux has renameat2 with RENAME_EXCHANGE, macOS renamex_np with RENAME_SWAP; Windows and some file systems have nothing.
"""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path

_HERE = -100  # AT_FDCWD: paths are as they are
_EXCHANGE = 2  # RENAME_EXCHANGE, and RENAME_SWAP


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders of one device; False if this system or device cannot, and nothing was done."""
    if sys.platform == "win32":
        return False
    library = ctypes.CDLL(None, use_errno=True)
    first, second = os.fsencode(one), os.fsencode(other)
    if sys.platform == "darwin":
        swap = getattr(library, "renamex_np", None)
        return swap is not None and swap(first, second, _EXCHANGE) == 0
    rename = getattr(library, "renameat2", None)
    return rename is not None and rename(_HERE, first, _HERE, second, _EXCHANGE) == 0
