"""Kernels that more than one pipeline filters with."""
