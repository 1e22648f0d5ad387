"""A rehearsal of months in hours: everything that may happen to an exhibit happens to it, and is measured."""
