"""One thin adapter a platform: it translates, it holds no rules."""
