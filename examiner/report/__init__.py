"""What a class scored and misunderstood, as a page, a table and data."""
