"""Writing a file so that nothing is lost, and saying why it could not be written or read."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

from models.text import Text, plain

REASONS = {
    errno.ENOENT: Text("there is no such file or folder", "ファイルまたはフォルダーがありません"),
    errno.EACCES: Text("this is not allowed", "アクセスが許可されていません"),
    errno.EPERM: Text("this is not allowed", "アクセスが許可されていません"),
    errno.EROFS: Text("nothing can be written there", "書き込み禁止の場所です"),
    errno.ENOSPC: Text("there is no room left", "空き容量がありません"),
    errno.EDQUOT: Text("there is no room left", "空き容量がありません"),
    errno.EFBIG: Text("a file cannot be larger there", "これ以上大きなファイルを作れません"),
    errno.EIO: Text("the disk does not answer", "ディスクが応答しません"),
    errno.ENODEV: Text("the disk is gone", "ディスクが見つかりません"),
    errno.EISDIR: Text("it is a folder", "フォルダーです"),
    errno.ENOTDIR: Text("a part of its path is no folder", "パスの途中がフォルダーではありません"),
    errno.EEXIST: Text("a file of this name is in its place", "同じ名前のファイルがあります"),
}
"""The system says these in one language only, which need not be the program's."""


def replace_file(path: Path, data: bytes, *, private: bool = False) -> None:
    """Write `data` to `path`; whatever goes wrong, `path` holds either the old or the new whole.

    The new file is written beside the old and renamed over it. Makes the folder where it is missing.
    A `private` file can be read by its owner only, where the system knows such modes.

    Raises:
        OSError: it cannot be written; nothing of it is left behind.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_ident()}")
    try:
        with open(unfinished, "wb", opener=_for_the_owner if private else None) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, path)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def _for_the_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def reason(error: OSError) -> Text:
    """Why the system refused, to stand behind a colon; in its own words where they are rare."""
    return REASONS.get(error.errno or 0) or plain(error.strerror or error)
