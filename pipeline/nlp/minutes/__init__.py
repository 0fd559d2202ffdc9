"""The language of minutes: printed lines > paragraphs > items > what each says. No file, no database."""
