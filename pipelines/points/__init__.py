"""Points that can be found again, and what is known of them."""
