"""What was published: issues of papers in a folder or a bucket, each with its manifest and its files."""
