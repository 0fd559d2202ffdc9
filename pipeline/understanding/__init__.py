"""From tables to recommendations: which tables are trackers, which rows belong together, what their cells say."""
