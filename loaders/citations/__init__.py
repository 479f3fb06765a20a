"""Which documents are mentioned, in which relation, and which document each mention means."""
