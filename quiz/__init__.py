"""The quiz: for now the page that announces it."""
