"""What follows from the data by rule, as `data/derived`."""
