"""The reader's version: it goes up whenever the same PDF would give another Document, and names what the store keeps."""

READER_VERSION = "6"
