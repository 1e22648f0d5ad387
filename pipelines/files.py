"""`models.files`, for the layers above it."""

from models.files import reason, replace_file

__all__ = ["reason", "replace_file"]
