"""Stand-ins for the platforms, speaking their protocols over the wire."""
