"""The only door through which PDFs are opened: pages as words, rules, fills and pictures, rotation undone."""

from extract.pages.pdf import Glance, Pdf, open_pdf

__all__ = ["Glance", "Pdf", "open_pdf"]
