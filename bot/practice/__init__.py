"""Pure rules of practising: when to nudge, what to measure, what to suggest."""
