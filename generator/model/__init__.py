"""The frozen types of a plan and its topics, and what follows from them. No I/O."""
