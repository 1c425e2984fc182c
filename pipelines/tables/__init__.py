"""Words become vocabulary: what was published, read and parsed becomes typed frames."""
