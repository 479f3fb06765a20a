"""Matching: which things of a release the names in somebody's list mean, with a score, and without deciding what is open."""
