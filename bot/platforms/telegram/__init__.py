"""Telegram, through python-telegram-bot: updates in by polling or webhook, messages out by the Bot API."""
