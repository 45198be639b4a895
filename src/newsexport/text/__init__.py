"""What is known of words and addresses apart from any article: dates, languages, lengths, boilerplate."""
