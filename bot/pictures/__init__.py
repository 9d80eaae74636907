"""Pictures of progress, drawn for a phone."""
