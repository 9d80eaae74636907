"""Measured, not asserted: ours beside the plain way of doing the same, in one run, as ratios."""
