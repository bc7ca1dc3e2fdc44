"""The domain, as small apps in layers; each may use those above it in this list, never below.

zones        municipalities, postal codes, provinces, regions; employment zones
professions  professions, everything their guides hold, sectors, criteria
schools      schools, campuses, programmes
offers       employers, job offers and their search
articles     articles, employer stories, glossary
"""
