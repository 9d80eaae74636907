"""What anybody might send through each door, and what has to hold whatever it is."""
