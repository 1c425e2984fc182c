"""A PDF becomes lines. Depends on the bytes of the file only, so what is read is kept and never read again."""
