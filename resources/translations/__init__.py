"""The catalogues of words, and what gathers them."""
