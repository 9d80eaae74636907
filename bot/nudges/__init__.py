"""Nudges: what is due, whether it is sent, and in which words."""
