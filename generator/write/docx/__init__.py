"""HTML to DOCX, and to the AST that the PDF is set from."""
