"""A year of one person over the real engine: who she is, how she is let live, what is shown of it."""
