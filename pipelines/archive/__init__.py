"""The bytes of every report, kept by content and never edited, and the ledger of what was seen when."""
