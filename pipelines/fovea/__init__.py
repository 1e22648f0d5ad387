"""What an eye sends on that looks at one point: much of the middle, little of the rest."""
