"""How our networks are trained."""
