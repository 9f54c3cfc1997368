"""From a difference to words: which mistake it is, and what to say about it."""
