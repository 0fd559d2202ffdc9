"""The journey from what stands on pages to rows: what kind of paper, what its words mean, what is kept."""
