"""Histograms of oriented gradients, cell by cell."""
