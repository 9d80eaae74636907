"""Tests, mirroring `bot/`."""
