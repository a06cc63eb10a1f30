"""What checks over a corpus look at: documents, of madata's episodes or of anybody's rows of text."""
