"""Fetching a published network when a person asks for it: the only connections this program makes."""
