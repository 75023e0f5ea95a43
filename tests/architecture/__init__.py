"""What holds for the repository as a whole: imports, names, sizes, documents, locks."""
