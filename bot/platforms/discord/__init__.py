"""Discord, through discord.py: direct messages only, slash commands and buttons."""
