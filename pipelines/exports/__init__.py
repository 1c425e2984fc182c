"""What people take away who do not ask SQL: copies of the warehouse's tables as files."""
