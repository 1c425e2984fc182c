"""What has been published, and where: Ofsted's site, a directory of PDFs, or the project's own sample."""
