"""One file a format: what each system would have exported."""
