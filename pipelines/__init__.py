"""From source to result, without Qt: usable in a notebook or on a server."""
