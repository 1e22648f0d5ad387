"""Hand-made features, one file a pipeline."""
