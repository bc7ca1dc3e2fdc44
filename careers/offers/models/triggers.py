"""What the database does by itself when an offer changes."""

import pgtrigger
from django.db import models

# Any number: whoever holds it is the only one that numbers changes.
CHANGES_LOCK = 715_217


class NumberWhenPublished(pgtrigger.Trigger):
    """Gives an offer its number and moment when it is first published."""

    name = "number_when_published"
    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update
    func = """
        IF NEW.status = 'published' AND NEW.number IS NULL THEN
            NEW.number := nextval('offers_joboffer_number');
            NEW.published_at := coalesce(NEW.published_at, now());
        END IF;
        RETURN NEW;
    """


class ForgetOldTerms(pgtrigger.Trigger):
    """Empties the terms of a text that changed without them: search makes them anew."""

    name = "forget_old_terms"
    when = pgtrigger.Before
    operation = pgtrigger.Update
    func = """
        IF NEW.title <> OLD.title AND NEW.title_terms IS NOT DISTINCT FROM OLD.title_terms THEN
            NEW.title_terms := NULL;
        END IF;
        IF (NEW.description, NEW.profile) <> (OLD.description, OLD.profile)
            AND NEW.body_terms IS NOT DISTINCT FROM OLD.body_terms THEN
            NEW.body_terms := NULL;
        END IF;
        RETURN NEW;
    """


class TellSearch(pgtrigger.Trigger):
    """Writes down which offer changed, at commit and one transaction after the other.

    A number is given while the lock is held and the lock is held until the commit is done, so
    that whoever has read up to a number has missed none below it.
    """

    name = "tell_search"
    when = pgtrigger.After
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
    timing = pgtrigger.Deferred

    def __init__(self, offer_column: str, *, old_terms: bool = False) -> None:
        super().__init__()
        self.offer_column = offer_column
        self.old_terms = old_terms

    def get_func(self, model: type[models.Model]) -> str:
        table = "offers_offerchange"
        old_terms = """
            IF TG_OP <> 'INSERT' THEN
                IF TG_OP = 'DELETE' OR NEW.title_terms IS DISTINCT FROM OLD.title_terms THEN
                    title_was := OLD.title_terms;
                END IF;
                IF TG_OP = 'DELETE' OR NEW.body_terms IS DISTINCT FROM OLD.body_terms THEN
                    body_was := OLD.body_terms;
                END IF;
            END IF;"""
        return f"""
            PERFORM pg_advisory_xact_lock({CHANGES_LOCK});
            {old_terms if self.old_terms else ""}
            INSERT INTO {table} (offer_id, old_title_terms, old_body_terms)
            VALUES (
                CASE WHEN TG_OP = 'DELETE' THEN OLD.{self.offer_column}
                ELSE NEW.{self.offer_column} END,
                title_was, body_was
            );
            RETURN NULL;
        """

    def get_declare(self, model: type[models.Model]) -> list[tuple[str, str]]:
        return [("title_was", "bigint[]"), ("body_was", "bigint[]")]
