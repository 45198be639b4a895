"""What pages print around an article and scrapers take along: recognised, never guessed.

A rule must match a whole paragraph. Words such as "read more" or "source" inside a
sentence of the article therefore lose nothing.
"""

from __future__ import annotations

import re

# Paragraphs that are such a label and nothing else (capitals, marks and arrows aside).
LABELS = frozenset(
    """
    advertisement|advertisements|advertising|sponsored content|story continues below advertisement
    article continues below|continue reading|continue reading below|read more|read full article
    read the full article|read full story|read the full story|read the original article|full article
    click here|learn more|more on this story|see also|back to top|go to top|print this page|print|email
    share|share this|share this article|share this story|share this post|share on facebook|share on twitter
    share on x|tweet|tweet this|leave a comment|post a comment|view comments|comments|sign up|log in
    related|related articles|related stories|related topics|related news|you may also like|you might also like
    recommended|recommended for you|most read|trending now|more from this section|all rights reserved
    subscribe|subscribe now|newsletter|follow us|cookie policy|privacy policy|terms of use
    anzeige|werbung|weiterlesen|mehr lesen|lesen sie auch|lesen sie mehr|mehr zum thema|artikel teilen|teilen
    drucken|zur startseite|das könnte sie auch interessieren|newsletter abonnieren|kommentare
    publicité|lire la suite|lire aussi|à lire aussi|partager|partager cet article|en savoir plus|imprimer
    publicidad|leer más|lea también|lee también|compartir|comparte|seguir leyendo|te puede interesar
    pubblicità|leggi anche|leggi tutto|continua a leggere|condividi
    publicidade|leia mais|leia também|compartilhar|compartilhe|partilhar
    advertentie|lees meer|lees ook|lees verder|deel dit artikel|delen
    annons|läs mer|läs också|reklama|czytaj więcej|czytaj także|реклама|читать далее|читайте также|поделиться
    פרסומת|קרא עוד|קראו עוד|שתפו|إعلان|اقرأ المزيد|اقرأ أيضا|شارك
    広告|続きを読む|シェア|关注我们|阅读更多|阅读全文|分享|广告|더 읽기|광고
    """.strip().replace("\n", "|").replace("    ", "").split("|")
)  # fmt: skip

# Paragraphs that begin like this and go on, without being a sentence of the article.
OPENINGS = re.compile(
    r"""(?ix)
      (?: read \s (?:more|also|next|the \s full (?:\s\w+)? | full \s article) | related (?:\s(?:articles?|stor(?:y|ies)|coverage))?
        | see \s also | more \s (?:on \s this | stories | from \s us) | lesen \s sie (?:\s auch|\s mehr)? | mehr \s zum \s thema
        | (?:à \s)? lire \s (?:aussi|la \s suite) | l(?:ea|ee|er) \s (?:también|más) | leggi \s (?:anche|tutto)
        | leia \s (?:mais|também) | lees \s (?:ook|meer) | tags? | filed \s under | topics? | share \s this (?:\s\w+)?
        | advertisement | читайте \s также | اقرأ \s أيضا | קראו \s עוד
      ) \s* [:：»›→>|] .*
    | (?: subscribe | sign \s up ) \s (?:to|for) \s (?:our|the|daily|weekly|free|news) \b .{0,120}
    | (?: follow | like | join ) \s us \s (?:on|at) \b .{0,120}
    | click \s here \s (?:to|for) \b .{0,100}
    | get \s (?:the \s latest | our \s) .{0,60} (?:inbox|newsletter) .{0,40}
    | share \s this \s (?:article|story|post|page) \s (?:on|with|via) \b .{0,60}
    | (?: abonnieren \s sie | folgen \s sie \s uns | abonnez-vous | suivez-nous | suscr[ií]bete | s[ií]guenos
        | iscriviti \s alla | seguici \s su | assine \s a | siga-nos | volg \s ons ) \b .{0,120}
    | (?: © | \(c\) | copyright \b ) .{0,120}
    | .{0,60} \b all \s rights \s reserved \.?
    """
)

# A line that says where the article came from. What follows is an address, a name or a label.
CREDIT = re.compile(
    r"""(?ix)
      (?: source | sources? \s url | via | quelle | fonte | fuente | bron | källa | źródło | источник | المصدر | מקור | 出典 | 来源
        | (?:this \s (?:article|story) \s (?:was|first|originally) .{0,40} | (?:originally|first) \s published) \s (?:at|on|by|in)
        | (?:read | view) \s (?:the \s)? (?:full|original) \s (?:article|story) \s (?:at|on)
      ) \s* [:：]? \s* (?P<rest>.{0,300})
    """
)
COLONLESS = re.compile(r"(?i)(?:this|originally|first|read|view)\b")

ADDRESS = re.compile(r"https?://[^\s<>\"“”]+", re.IGNORECASE)
LONGEST = 300


def is_boilerplate(text: str) -> bool:
    """Whether the whole paragraph is something a page prints around its articles."""
    text = " ".join(text.split())
    if not text or len(text) > LONGEST:
        return False
    return _label(text) in LABELS or OPENINGS.fullmatch(text) is not None


def credit(text: str) -> str | None:
    """What a line of credit names: an address, a name, or nothing of use; None for other lines.

    ``Source: Read Full Article`` gives an empty text, ``Source: https://a.example/b`` the
    address, ``Source: The Oldhaven Gazette`` the name.
    """
    text = " ".join(text.split())
    found = CREDIT.fullmatch(text) if len(text) <= LONGEST else None
    if not found:
        return None
    rest = found["rest"].strip()
    address = ADDRESS.search(rest)
    if address:
        return address[0].rstrip(".,;:!?)]»")
    if ":" not in text.replace("：", ":") and not COLONLESS.match(text):
        return None
    if _label(rest) in LABELS:
        return ""
    # A name is short and is no sentence; whatever else begins with "Source:" is kept.
    return rest.rstrip(".") if len(rest) <= 60 and len(rest.split()) <= 6 else None


def _label(text: str) -> str:
    return re.sub(r"^[^\w©]+|[^\w]+$", "", text).lower()
