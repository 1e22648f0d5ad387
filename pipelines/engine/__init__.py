"""Mailboxes, lanes and the studio: frames in, newest results out, no Qt."""
