"""What it costs: each measure beside its limit."""
