"""What a person in trouble is shown: crisis lines by country, and the words that call for them."""
