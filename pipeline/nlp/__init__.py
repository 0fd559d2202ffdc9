"""The language stage: pure steps from words to owners, dates, decisions and progress. No file, network or database."""
