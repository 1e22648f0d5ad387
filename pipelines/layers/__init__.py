"""From the answers of a network's layers to a picture of them."""
