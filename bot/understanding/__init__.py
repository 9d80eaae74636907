"""What people type: times, places, answers, durations. Understood, asked about or declined, never guessed."""
