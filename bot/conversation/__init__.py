"""The conversation: what people say, what Limber answers, and the dialogues between."""
