"""What an offer must not say, or should not, as patterns in the four languages of the texts.

The patterns see folded text: lower case, no accents. Law and articles as the portal knows them;
no rule here is legal advice.
"""

import re
from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

GENDER_ACT = _("Gender act of 10 May 2007, art. 6")
DISCRIMINATION_ACT = _("Anti-discrimination act of 10 May 2007")
RACISM_ACT = _("Anti-racism act of 30 July 1981")
LANGUAGE_ACTS = _("Anti-racism act of 30 July 1981, anti-discrimination act of 10 May 2007")
PAY_DIRECTIVE = _("Directive (EU) 2023/970 on pay transparency")
PRIVACY_RULE = _("Rule of this site: no personal data in an offer's text")
ACCESS_RULE = _("Laws on access to regulated professions")
HOUSE_RULE = _("Rule of this site")


class Severity(models.TextChoices):
    """Whether a finding stops publication, or an editor may accept it."""

    ERROR = "error", _("forbidden")
    WARNING = "warning", _("to look at")


@dataclass(frozen=True)
class Rule:
    """A pattern and what to say where it is found; nothing where `unless` stands close by."""

    code: str
    severity: Severity
    pattern: re.Pattern[str]
    message: Promise
    source: Promise
    unless: re.Pattern[str] | None = None


def rule(
    code: str,
    severity: Severity,
    *patterns: str,
    message: Promise,
    source: Promise,
    unless: str = "",
) -> Rule:
    """A rule of several patterns, of which one is enough."""
    return Rule(
        code,
        severity,
        re.compile("|".join(f"(?:{pattern})" for pattern in patterns)),
        message,
        source,
        re.compile(unless) if unless else None,
    )


ERROR, WARNING = Severity.ERROR, Severity.WARNING

# The age of a person who works; children, and years of experience, are other numbers.
AGE = r"(?<![\d.,])(?:1[5-9]|[2-7]\d)"
YEARS = (
    r" ?-?(?:ans|jaar|jahren?|years?)\b(?! (?:d'|de |of |ervaring|anc|relevante"
    r"|(?:\w+ )?\w*erfahrung|(?:\w+ ){0,3}experience))"
)
# Ages in words; "vingt-cinq", "vijfentwintig", "fünfundzwanzig", "twenty-five".
IN_WORDS = (
    r"(?<!\w)(?:seize|dix[- ](?:sept|huit|neuf)"
    r"|(?:vingt|trente|quarante|cinquante|soixante)(?:[- ](?:et[- ])?(?!ans\b)[a-z]+)?"
    r"|achttien|\w*(?:twintig|dertig|veertig|vijftig|zestig)"
    r"|achtzehn|\w*(?:zwanzig|dreissig|vierzig|funfzig|sechzig)"
    r"|eighteen|(?:twenty|thirty|forty|fifty|sixty)(?:[- ][a-z]+)?)"
)
ANY_AGE = rf"(?:{AGE}|{IN_WORDS})"
AT_MOST = (
    r"\b(?:moins de|maximum|max\.?|au plus|jusqu'a|jonger dan|hoogstens|maximaal|onder de"
    r"|unter|hochstens|junger als|maximal|under|younger than|at most|no older than)"
)
# Things that may be as old, or last as long.
LASTING = (
    r"|\bprets?\b|credit|\bbail\b|hypoth|machine|batiment|toiture|krediet|gebouw|\bloan\b|lease"
)
# Words that say whose age, or since when.
OTHERS = (
    r"enfant|ados?\b|adolescent|eleve|etudiants? de|resident|patient|beneficiaire|public|senior"
    r"|personnes? agee|usager|kind|jongeren|leerling|bewoner|clienten|jugendliche|schuler|senioren"
    r"|children|pupils|customers|depuis|existe|fete|anniversaire|entreprise|societe|garanti|fond"
    r"|sinds|bestaat|bedrijf|\bseit\b|besteht|unternehmen|since|company|over the last"
    r"|premier emploi|rosetta|startbaan|jeunes? de|jeunes? entre|jeunes? \d"
)
YOU_ARE = (
    r"\b(?:vous avez|vous etes|etes-vous|tu as|tu es|es-tu|avoir|ayant|etre|candidate?s?|profil"
    r"|je bent|ben je|jij bent|u bent|kandida\w+|du bist|sie sind|bewerber\w*|you are|are you"
    r"|candidates?|applicants?|agee?s?|aged|oud)\b"
)

AGE_LIMIT = _("An age limit excludes people. Say what they must know or be able to do.")
YOUTH = _("“Young” asks for an age. Describe the work or the experience instead.")
FAITHFUL = r"(?:catholique|chretien|protestant|evangelique|musulman|juif|juive|croyant|athee)n?e?s?"
MINIMUM_AGE = _(
    "Ask for a minimum age only where a law sets it, for instance to drive or to serve."
)
MARK = _("Leave the mark of gender out of the title: the site shows that the post is open to all.")
SEX = _("This addresses one sex. Name the work in both forms or neutrally.")

# Checked in the title and in the texts, in this order; of overlapping findings the first counts.
EVERYWHERE = [
    rule(
        "minimum-age",
        WARNING,
        r"\bages? (?:minimum|minimal|legal)\b|\bminimumleeftijd\b|\bmindestalter\b|\bminimum age\b",
        r"\b(?:au moins|minimum|min\.?|des|a partir de|minstens|vanaf|mindestens|ab|at least|from)"
        rf" (?:16|18|21){YEARS}",
        r"(?<!\d)(?:16|18|21) (?:ans|jaar|jahre|years)"
        r" (?:minimum|revolus|accomplis|of ouder|or over)",
        r"(?<![\w+-])(?:18|21) ?\+(?!\w)|(?<![\w+])\+ ?(?:18|21)(?! ?[%\d])\b",
        message=MINIMUM_AGE,
        source=DISCRIMINATION_ACT,
        unless=OTHERS,
    ),
    rule(
        "age",
        ERROR,
        r"\blimites? d'age\b|\bage (?:maximum|maximal|limite|ideal|souhaite|requis)\b",
        r"\bleeftijds(?:grens|limiet)\b|\bmaximum ?leeftijd\b|\bleeftijd tussen\b",
        r"\baltersgrenze\b|\bhochstalter\b|\bage limit\b|\bmaximum age\b",
        rf"{YOU_ARE}[^.!?;\n]{{0,45}}?{AGE}{YEARS}",
        rf"{AT_MOST} {ANY_AGE}{YEARS}",
        rf"{ANY_AGE} ?(?:ans|jaar|jahre|years)(?: old)?"
        r" (?:maximum|max\b|au (?:plus|maximum)|hoogstens|hochstens|at most)",
        rf"\b(?:age|leeftijd|alter) ?[:=]? ?(?:entre |de |tussen |zwischen |between )?{AGE}"
        r" ?(?:[-–]|a|et|tot|en|bis|und|to|and) ?\d\d\b",
        message=AGE_LIMIT,
        source=DISCRIMINATION_ACT,
        unless=OTHERS + LASTING,
    ),
    rule(
        "retired",
        ERROR,
        r"\b(?:retraite|pensionne|prepensionne|quinquagenaire|sexagenaire|senior)e?s?"
        r" (?:s'abstenir|refuse|exclu)\w*",
        r"\bpas de (?:retraite|pensionne|prepensionne)e?s?\b|\bgeen (?:brug)?gepensioneerden?\b",
        r"\bkeine (?:fruh)?rentner\w*|\bno (?:retirees|pensioners|seniors)\b",
        message=_("Who has a pension may work: shutting them out is an age limit."),
        source=DISCRIMINATION_ACT,
    ),
    rule(
        "youth",
        ERROR,
        r"\bjeunes? (?:et|&|,) (?:tres )?(?:dynamique|motive|enthousiaste|ambitieu)\w*",
        r"\b(?:dynamique|motivee?|enthousiaste)s? et jeunes?\b",
        r"\bjeunes? (?:diplome|collaborat|candidat|collegue|talent|vendeu|professionnel|recrue)\w*",
        r"\b(?:equipe|profil|candidate?|collegue|personne)s? (?:\w+ ){0,2}jeunes?\b"
        r"(?! enfant| public)",
        r"\b(?:vous etes|tu es|etes-vous|es-tu)(?: une?)? jeunes?\b",
        r"\bjonge?,? (?:en |& )?(?:dynamisch|gemotiveerd|enthousiast|ambitieu)\w*",
        r"\bjonge? (?:medewerker|collega|kandida|schoolverlater|team|talent|professional)\w*",
        r"\b(?:je bent|ben je|jij bent) jong\b",
        r"\bjung\w*,? (?:und |& )?(?:dynamisch|motiviert|engagiert)\w*",
        r"\bjung\w* (?:mitarbeit|kolleg|bewerber|team|talent)\w*",
        r"\byoung,? (?:and |& )?(?:dynamic|motivated|energetic|enthusiastic)\b",
        r"\byoung (?:team|professional|graduate|candidate|talent|colleague)s?\b",
        message=YOUTH,
        source=DISCRIMINATION_ACT,
    ),
    rule(
        "native-language",
        ERROR,
        r"\blangues? maternelles?\b|\blocut(?:eur|rice)s? nati(?:f|ve)s?\b|\bniveau natif\b",
        r"\bmoedertaal\w*|\bmuttersprach\w*|\bmother[ -]tongue\b",
        r"\bnative(?: (?:level )?(?:french|dutch|german|english|in))?[ -](?:speakers?|speaking)\b",
        r"\bnative (?:french|dutch|german|english)\b",
        message=_("Ask for a level, not for an origin: thorough knowledge (C1)."),
        source=LANGUAGE_ACTS,
        unless=r"non[ -]maternelle|seconde|niet-moedertaal",
    ),
    rule(
        "origin",
        ERROR,
        r"\b(?:belges?|francais\w*) de souche\b|\bde race blanche\b",
        r"\btype (?:europeen|caucasien)\b|\bno foreigners\b",
        r"\b(?:candidate?s?|personnes?|profils?|vous etes) d'origine \w+",
        r"\betrangere?s? s'abstenir\b",
        r"\bpas d'etrang\w+|\bgeen (?:buitenlanders|allochtonen)\b|\bkeine auslander\b",
        r"\b(?:van|met) (?:belgische|europese|vlaamse) (?:afkomst|origine)\b",
        r"\bdeutscher (?:abstammung|herkunft)\b|\bof (?:belgian|european) (?:origin|descent)\b",
        message=_("An offer must not ask for an origin."),
        source=RACISM_ACT,
    ),
    rule(
        "nationality",
        WARNING,
        r"\bnationalite (?:belge|francaise|europeenne)\b|\bbelgische nationaliteit\b",
        r"\bbelgische staatsangehorigkeit\b|\bbelgian (?:nationality|national|citizen)s?\b",
        message=_("Ask for a nationality only where a law reserves the post."),
        source=RACISM_ACT,
    ),
    rule(
        "one-sex",
        ERROR,
        r"\b(?:poste|emploi|offre|fonction)\b(?: \w+){0,3} reserve\w* aux? (?:femme|homme)s?\b",
        r"\b(?:cherch|recrut|engag)\w+ (?:une femme|un homme|des femmes|des hommes)\b"
        r"(?! ou\b| et\b|/)",
        r"\b(?:femmes?|hommes?) (?:uniquement|seulement|exclusivement)\b",
        r"\b(?:uniquement|seulement|exclusivement) (?:des |les |pour )?(?:femmes|hommes)\b"
        r"(?! et\b| ou\b)",
        r"\bde sexe (?:feminin|masculin)\b",
        r"\b(?:alleen|enkel|uitsluitend) (?:voor )?(?:vrouwen|mannen)\b(?! en\b| of\b)",
        r"\b(?:mannelijke|vrouwelijke) (?:kandida|medewerker|collega)\w*",
        r"\b(?:nur|ausschliesslich) (?:frauen|manner)\b(?! und\b| oder\b)",
        r"\b(?:weibliche|mannliche)[rn]? (?:bewerber|mitarbeiter)\w*",
        r"\b(?:fe)?male (?:candidate|applicant|staff|employee)s?\b|\b(?:fe)?males? only\b",
        r"\b(?:women|men) only\b|\b(?:femme|homme)s? s'abstenir\b",
        message=SEX,
        source=GENDER_ACT,
        unless=r"victime|vestiaire|slachtoffer|vetement",
    ),
    rule(
        "pregnancy",
        ERROR,
        r"\b(?:personne|femme|candidate)s? enceintes?(?: \w+){0,3}"
        r" (?:s'abstenir|refuse|exclu|ecarte|non)\w*",
        r"\b(?:pas|ne pas etre|non|sans etre) (?:de (?:femme|candidate|personne)s? )?enceintes?\b",
        r"\b(?:pas de|sans|aucune?) (?:projets? de |desir de )?grossesse\b",
        r"\b(?:geen|niet) zwanger\w*",
        r"\bzwangere (?:vrouwen|kandidaten)(?: \w+){0,3} (?:geweiger|uitge)\w*",
        r"\bkeine schwangere\w*|\bnicht schwanger\b|\b(?:not|no|non) ?-?pregnan\w+",
        message=_("A pregnancy is no reason to refuse anybody: the law treats it as the sex."),
        source=GENDER_ACT,
    ),
    rule(
        "religion",
        ERROR,
        rf"\b{FAITHFUL} (?:pratiquant|convaincu|engage|croyant)\w*",
        rf"\b(?:vous etes|tu es|candidate?s?|profil)(?: une?)? {FAITHFUL}\b",
        r"\b(?:pas de|sans|interdiction du?|ni)(?: port du?)?"
        r" (?:voile|foulard|hijab|kippa|turban)s?\b",
        r"\b(?:geen|zonder) hoofddoek\w*|\bkeine? kopftuch\w*|\bohne kopftuch\b",
        r"\bno (?:head ?scar|hijab|veil)\w*",
        r"\bprakti[sz]ierende[rn]? (?:katholi|christ|musli|jud)\w*",
        r"\bpraktiserende? (?:katholi|christ|mosl|jood)\w*",
        r"\bpracti[sc]ing (?:catholic|christian|muslim|jew)\w*",
        message=_("An offer must not ask for a faith, nor shut one out."),
        source=DISCRIMINATION_ACT,
    ),
    rule(
        "union",
        ERROR,
        r"\bsyndiqu\w+(?: \w+){0,2} (?:s'abstenir|refuse|exclu)\w*|\b(?:non|pas) syndique\w*",
        r"\bsans (?:affiliation|appartenance|activite) syndicale\b",
        r"\bgeen (?:vakbond|syndicalist)\w*|\bkeine gewerkschaft\w*",
        r"\bno (?:trade )?union (?:member|activist)s?\b|\bnon-union\w*",
        message=_("Membership of a trade union is no business of an offer."),
        source=DISCRIMINATION_ACT,
    ),
    rule(
        "bilingual",
        WARNING,
        r"\b(?:(?:bi|tri|quadri)lingu(?:es?|al)|(?:twee|drie|vier)talige?"
        r"|(?:zwei|drei|vier)sprachige?[rn]?)\b(?![^.!?\n]{0,60}\b[abc][12]\b)",
        message=_("Name each language and its level (such as Dutch B2): “bilingual” says neither."),
        source=LANGUAGE_ACTS,
        unless=r"ecole|enseignement|region|classe|commune|immersion|school|onderwijs|schule"
        r"|\b[abc][12]\b",
    ),
    rule(
        "private-life",
        WARNING,
        r"\bcelibataires?\b|\bsans (?:charges? de famille|enfants? a charge)\b|\balleenstaand\w*",
        r"\bungebunden\b|\bsituation familiale\b|\bfamilienstand\b|\bmarital status\b",
        message=_("Civil status and family are no business of an offer."),
        source=DISCRIMINATION_ACT,
    ),
    rule(
        "body",
        WARNING,
        r"\b(?:bonne|excellente|parfaite) (?:condition physique|sante)\b|\bbonne presentation\b",
        r"\bpresentation (?:soignee|impeccable)\b|\bgoede gezondheid\b|\bverzorgd voorkomen\b",
        r"\bkorperlich (?:fit|belastbar)\b|\bgepflegtes (?:aussere|erscheinungsbild)\w*",
        r"\bgood (?:health|looking|physical condition)\b|\bphysically fit\b",
        r"\b(?:avec|joindre une|met|mit|with)(?: une| een| einem| a)? (?:photo|foto|lichtbild)\b",
        message=_("Say what the work asks for (loads, stairs), not how a person must be."),
        source=DISCRIMINATION_ACT,
    ),
    rule(
        "past-pay",
        WARNING,
        r"\b(?:votre|ton) (?:salaire actuel|dernier salaire|salaire precedent)\b",
        r"\bdernieres? fiches? de (?:paie|salaire)\b|\b(?:huidig|laatste) (?:loon|salaris)\w*",
        r"\b(?:aktuelles|letztes|bisheriges) gehalt\b|\b(?:current|previous|last) salary\b",
        message=_("Asking for the pay somebody had is no longer allowed."),
        source=PAY_DIRECTIVE,
    ),
]

# Checked where the pay must be given in its own fields.
PAY_WORDS = rule(
    "vague-pay",
    WARNING,
    r"\b(?:salaires?|remunerations?|package|paquet salarial|conditions salariales|paie)"
    r" (?:\w+ )?(?:attracti|attrayant|competiti|interessant|motivant|concurrentiel|a convenir"
    r"|a discuter)\w*",
    r"\b(?:aantrekkelijke?|marktconforme?|competitieve?|interessante?|mooie?)"
    r" (?:loon|salaris|verloning|bezoldiging)\w*",
    r"\b(?:attraktive|leistungsgerechte|marktgerechte|uberdurchschnittliche)[rsn]? "
    r"(?:gehalt|vergutung|bezahlung|entlohnung|lohn)\w*",
    r"\b(?:competitive|attractive|excellent) "
    r"(?:salary|pay|package|remuneration|compensation|wages?)\b",
    message=_("These words say nothing about the pay: give an amount or a range in its fields."),
    source=PAY_DIRECTIVE,
)

# Of one person's sex; "sage-femme" is the name of the profession for all.
SEXED_TITLES = (
    r"(?<!sage-)(?<!sage )\b(?:femme|homme)s? (?:de|d'|a|toutes) ?(?:menage|chambre|charge"
    r"|entretien|peine|mains|tout faire|ouvrage|service)\b"
    r"|\b(?:poets|kuis|werk)(?:vrouw|man)\b|\b(?:putz|reinigungs)frau\b|\bcleaning lady\b"
    r"|\b(?:secretaire|assistant|vendeu\w+|serveu\w+|comptable) \(?(?:femme|homme)\)?$"
    r"|\((?:[fhmvw]|femmes?|hommes?|vrouw|man|frau|mann|(?:fe)?male)\)"
    r"|\b(?:masculin|feminin)e?s?\b|\b(?:fe)?males?\b|\b(?:mannelijk|vrouwelijk)e?\b"
    r"|\b(?:weiblich|mannlich)e?[rn]?\b"
)
# What is made for one sex, or done by one, may be named.
OF_ONE_SEX = (
    r"equipe|football|sport|mode\b|vetement|pret-a-porter|coiff|confection|lingerie|parfum|ploeg"
)

IN_TITLE = [
    rule(
        "gender-mark",
        ERROR,
        # H/F, M/V/X, m|w|d: one letter of each sex at least.
        r"(?<![\w/])(?=[xd/|· ]*[hm] ?[/|·] ?[fvwxd]|[xd/|· ]*[fvw] ?[/|·] ?[hmxd])"
        r"(?:[hmfvwxd] ?[/|·] ?){1,3}[hmfvwxd](?![\w/])",
        r"(?<![\w.])(?:[hm][ .-][fvw]|[fvw][ .-][hm])[ .-][xd](?!\w)",
        r"\((?:hf|fh|mv|vm|mw|wm|mf|fm)[xd]?\)|\(gn\)",
        r"\bhommes? ?(?:/|et|ou) ?femmes?\b|\bfemmes? ?(?:/|et|ou) ?hommes?\b",
        r"\bman ?(?:/|of|en) ?vrouw\b|\bvrouw ?(?:/|of|en) ?man\b",
        r"\bmann ?/ ?frau\b|\bfrau ?/ ?mann\b",
        r"\b(?:fe)?male ?/ ?(?:fe)?male\b|\ball genders\b|\balle geschlechter\b",
        message=MARK,
        source=HOUSE_RULE,
    ),
    rule(
        "age",
        ERROR,
        rf"[-–+<>]? ?{AGE}{YEARS}",
        message=AGE_LIMIT,
        source=DISCRIMINATION_ACT,
        unless=rf"{OTHERS}|jeunes\b|animat|educat"
        r"|(?<!\d)(?:\d|1[0-4]) ?(?:-|–|a|et|tot|bis|to|/) ?\d",
    ),
    rule(
        "one-sex",
        ERROR,
        SEXED_TITLES,
        message=SEX,
        source=GENDER_ACT,
        unless=OF_ONE_SEX,
    ),
    rule(
        "not-a-title",
        WARNING,
        r"!{1,}|\burgent\w*\b|\bdringend\b|\basap\b|\b\d[\d .]*(?:€|eur\b|euros?\b)|€ ?\d[\d .]*",
        message=_("A title names the work alone: no pay, no hurry, no exclamation mark."),
        source=HOUSE_RULE,
    ),
]
