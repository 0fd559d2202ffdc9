"""Where papers come from, and which of them are new or changed."""
