"""ModernGov, the platform by which most English councils publish: its web service and how a night visits it."""
