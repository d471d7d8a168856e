"""What is asked on the page, and the answers: everything between a question and what the page shows."""
