"""The pixel probe and the line profile: what all lanes have at one place, and along one line."""
