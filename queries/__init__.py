"""What we know: the store and its releases, the named queries, the rules and the analytics."""
