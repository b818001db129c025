"""The corpus and the tagger: reading, checking and measuring annotations, training, exporting."""
