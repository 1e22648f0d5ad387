"""Pipelines that run a network, one file a pipeline."""
