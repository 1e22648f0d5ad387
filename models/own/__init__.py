"""A person's own networks: looked at as data, tried in a process of its own, and only then kept."""
