"""Which authority, framework and assessment a source speaks of: decided here alone."""
