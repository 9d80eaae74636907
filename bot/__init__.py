"""Limber: a chat companion for people who are learning skills in therapy."""
