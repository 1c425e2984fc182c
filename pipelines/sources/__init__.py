"""What has been published, and where: a directory of PDFs, or the project's own sample.

Belongs here: listing publications. Stays out: their bytes (`archive/`) and what is in them (`reading/` and on).
"""
