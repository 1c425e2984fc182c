"""What has been published, and where: Ofsted's site, a directory of PDFs, or the project's own sample.

Belongs here: listing publications and getting their files. Stays out: keeping those (`archive/`) and what is in them.
"""
