"""Turns the structured data of a government plan into its text, its agencies' sheets and its awareness materials."""
