"""The quiz: which professions are near to what a person likes, and how near one of them is."""
