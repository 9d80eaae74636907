"""What people take away: pictures, files, reports."""
