"""The local chat page: served on loopback, for whoever sits at this machine."""
