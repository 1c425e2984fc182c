"""The static site: what `judgements site` writes from a warehouse, for people without a terminal."""
