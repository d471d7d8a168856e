"""Questions on their way through worker processes: one at a time, a slice each, in turn."""
