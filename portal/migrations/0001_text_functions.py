"""Extensions and the SQL functions that fold, sort and match text alike on every server."""

from django.db import DatabaseError, migrations

UNACCENT = """
CREATE OR REPLACE FUNCTION f_unaccent(text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
AS $$ SELECT public.unaccent('public.unaccent'::regdictionary, $1) $$;
"""

# The French stemmer sees "infirmière" and "infirmiere" apart: keep the stem of both.
VECTOR = """
CREATE OR REPLACE FUNCTION search_vector(text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
AS $$
  SELECT to_tsvector('pg_catalog.french', $1)
      || to_tsvector('pg_catalog.french', public.f_unaccent($1))
      || to_tsvector('pg_catalog.simple', public.f_unaccent($1))
$$;
"""

QUERY = """
CREATE OR REPLACE FUNCTION search_query(words jsonb) RETURNS tsquery
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT
AS $$
DECLARE
  word text;
  result tsquery;
  part tsquery;
BEGIN
  FOR word IN SELECT jsonb_array_elements_text(words) LOOP
    part := to_tsquery('pg_catalog.simple', quote_literal(public.f_unaccent(word)) || ':*')
         || plainto_tsquery('pg_catalog.french', word)
         || plainto_tsquery('pg_catalog.french', public.f_unaccent(word));
    result := CASE WHEN result IS NULL THEN part ELSE result && part END;
  END LOOP;
  RETURN coalesce(result, ''::tsquery);
END
$$;
"""

NEEDED = ["unaccent", "pg_trgm"]


def create_extensions(apps, schema_editor):
    for name in NEEDED:
        try:
            schema_editor.execute(f"CREATE EXTENSION IF NOT EXISTS {name} SCHEMA public")
        except DatabaseError as error:
            raise SystemExit(
                f"Jalon needs the PostgreSQL extension {name}, which this server would not make: "
                f"{error}\nInstall the server's contrib package, or ask an administrator to run "
                f"CREATE EXTENSION {name}; in this database, then migrate again."
            ) from error


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        migrations.RunPython(create_extensions, migrations.RunPython.noop),
        migrations.RunSQL(UNACCENT, "DROP FUNCTION IF EXISTS f_unaccent(text)"),
        migrations.RunSQL(VECTOR, "DROP FUNCTION IF EXISTS search_vector(text)"),
        migrations.RunSQL(QUERY, "DROP FUNCTION IF EXISTS search_query(jsonb)"),
    ]
