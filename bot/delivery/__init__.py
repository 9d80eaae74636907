"""From the outbox to the platforms: claim, send within the limits, try again, settle."""
