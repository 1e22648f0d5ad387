"""A bank of Gabor filters, fast enough for a camera."""
