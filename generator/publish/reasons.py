"""Why the machine could not do something, in Vietnamese."""

from __future__ import annotations

import errno
import re

_REASONS = {
    errno.EACCES: "không có quyền, hoặc tệp đang mở ở chương trình khác",
    errno.EPERM: "không có quyền",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOSPC: "ổ đĩa đầy",
    errno.EDQUOT: "hết dung lượng được cấp",
    errno.EBUSY: "đang được chương trình khác dùng",
    errno.ENOENT: "không có tệp hay thư mục này",
    errno.ENOTDIR: "có tệp ở chỗ cần thư mục",
    errno.EISDIR: "có thư mục ở chỗ cần tệp",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.EMFILE: "mở quá nhiều tệp",
    errno.ENOMEM: "hết bộ nhớ",
    errno.EIO: "ổ đĩa hỏng hoặc bị rút ra",
    errno.EADDRINUSE: "cổng đang được chương trình khác dùng",
    errno.ELOOP: "liên kết trỏ vòng",
}
_ERRNO = re.compile(r"\[Errno (\d+)\]")


def reason_of(error: OSError) -> str:
    """Why the machine could not do something, in Vietnamese where the reason is a common one."""
    said = _ERRNO.search(str(error))  # of a folder that could not be copied, only the text holds the numbers
    number = error.errno or (int(said[1]) if said else 0)
    return _REASONS.get(number) or error.strerror or str(error)
