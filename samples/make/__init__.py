"""Makes the sample papers: one YAML file a paper, from which both the PDF and its truth are written."""
