"""Safety: language that sounds like danger, and people to talk to."""
