"""What pages print around an article and scrapers take along: recognised, never guessed.

A rule must match a whole paragraph. Words such as "read more" or "source" inside a
sentence of the article therefore lose nothing.
"""

from __future__ import annotations

import re

from newsexport.text.patterns import pattern


def _phrases(text: str) -> frozenset[str]:
    phrases = (phrase.strip() for line in text.strip().splitlines() for phrase in line.split("|"))
    return frozenset(filter(None, phrases))


# Paragraphs that are such a label and nothing else; capitals, marks and arrows do not count.
LABELS = _phrases("""
    pr|ad|advertisement|advertisements|advertising|sponsored content|story continues below advertisement
    article continues below|continue reading|continue reading below|read full article
    read the full article|read full story|read the full story|read the original article|full article
    click here|learn more|more on this story|back to top|go to top|print this page|print|email
    share|share this|share this article|share this story|share this post|share on facebook
    share on twitter|share on x|tweet|tweet this|leave a comment|post a comment|view comments|comments
    sign up|log in|recommended|recommended for you|most read|trending now|more from this section
    you may also like|you might also like|all rights reserved|subscribe|subscribe now|newsletter
    follow us|cookie policy|privacy policy|terms of use
    anzeige|werbung|artikel teilen|teilen|drucken|zur startseite|das könnte sie auch interessieren
    newsletter abonnieren|kommentare
    publicité|partager|partager cet article|en savoir plus|imprimer
    publicidad|compartir|comparte|seguir leyendo|te puede interesar
    pubblicità|continua a leggere|condividi|publicidade|compartilhar|compartilhe|partilhar
    advertentie|deel dit artikel|delen|annons|reklama|реклама|поделиться
    פרסומת|שתפו|إعلان|شارك|広告|シェア|关注我们|分享|广告|광고
    無断転載を禁じます|無断転載禁止|記事・写真の無断転載を禁じます|無断複製・転載を禁じます|未经授权不得转载
    未經授權不得轉載|무단전재 및 재배포 금지
    todos los derechos reservados|tutti i diritti riservati|todos os direitos reservados|tous droits réservés
    alle rechte vorbehalten|alle rechten voorbehouden|wszelkie prawa zastrzeżone|все права защищены
    جميع الحقوق محفوظة|tüm hakları saklıdır
""")

# Labels that lead to other articles: alone, or with what they lead to after a colon or an arrow.
LEADS = _phrases("""
    read more|read also|read next|keep reading|see also|related|related article|related articles|related story
    related stories|related coverage|related news|related topics|more stories|more from us|tags|filed under
    weiterlesen|mehr lesen|lesen sie auch|lesen sie mehr|mehr zum thema
    lire la suite|lire aussi|à lire aussi|leer más|lea también|lee también|leggi anche|leggi tutto
    leia mais|leia também|lees meer|lees ook|lees verder|läs mer|läs också|czytaj więcej|czytaj także
    ilgili haber|ayrıca okuyun|devamını oku|läs mer här|læs også|les også|lue myös|přečtěte si také|čtěte také
    διαβάστε επίσης|citește și|прочетете още|читайте ещё|читать также
    читать далее|читайте также|קרא עוד|קראו עוד|اقرأ المزيد|اقرأ أيضا
    続きを読む|相关新闻|阅读更多|阅读全文|더 읽기
""")

ALONE = LABELS | LEADS
# What stands between a label and what it leads to.
LED = re.compile("[:：»›→>|]")

# How an invitation begins that is no sentence of an article.
INVITATIONS = tuple(_phrases("""
    subscribe to our|subscribe to the newsletter|subscribe for|sign up for our|sign up to our
    sign up for the newsletter|sign up for free|follow us on|follow us at|like us on
    thanks for reading|thank you for reading|explore more on these topics|did you like this article
    cet article vous a plu|dieser artikel hat ihnen gefallen|ti è piaciuto questo articolo|gostou desta
    ¿te ha gustado este|blijf op de hoogte|wil je reageren|bleiben sie auf dem laufenden|restez informé
    vi rättar alla|нашли опечатку|нашли ошибку|haberin devamı için|zobacz wideo:|zobacz też:|rapportera fel
    click here to|click here for|share this article|share this story|share this post
    follow me on|do you have a story|do you have a tip|have a story|have a tip|got a story|got a tip
    got a news tip|if you liked this|if you enjoyed this|contact the author|contact staff writer
    email the author|haben sie hinweise|fehler gefunden|haben sie einen fehler|vous avez une info
    ¿has visto un error|¿has encontrado un error|encontrou um erro|hai una storia|heeft u een tip
    abonnieren sie unseren|folgen sie uns|abonnez-vous|suivez-nous|suscríbete a|síguenos en
    iscriviti alla|seguici su|assine a nossa|siga-nos|volg ons op|comparte esta|comparte este|compartilhe est
    condividi quest|partagez cet|newsletter bestellen|newsletter abonnieren|jetzt newsletter|följ oss på
    følg oss på|følg os på|seuraa meitä|obserwuj nas|sledujte nás|подписывайтесь на|подпишитесь на
    читайте нас в|слідкуйте за нами|підписуйтесь на|bizi takip edin|abone olun|تابعونا|تابعنا على|اشترك في
    עקבו אחרינו|フォローして|关注我们|關注我們|ακολουθήστε μας|urmărește-ne|последвайте ни
"""))  # fmt: skip

# "Source: …": what follows the colon is an address, a name, or a label.
CREDITS = _phrases("""
    source|sources|source url|original source|original article|via|quelle|fonte|fuente|bron|källa|źródło
    источник|المصدر|מקור|出典|来源
""")

# The same said in a sentence, with the address or the name right behind it.
PUBLISHED = re.compile(
    r"(?:this (?:article|story) (?:was )?)?(?:originally|first) (?:published|appeared) (?:at|on|by|in) "
    r"|(?:read|view) (?:the )?(?:full|original) (?:article|story) (?:at|on) ",
    re.IGNORECASE,
)

# What stands behind the last sentence of an article: who helped, where it was printed, who answers for it,
# and the signs of those who wrote for an agency ("(dpa/rie)", "/jr/DP/kd").
CLOSINGS = pattern(
    r"\W*(?:(?:Additional |With )?[Rr]eporting (?:and writing )?by|Editing by|Compiled by"
    r"|With assistance from|Mit Material (?:von|der)|Con información de|Con informazioni di"
    r"|Com informações d[aeo]s?) .{2,120}"
    r"|[^“”\"„«»]{3,120} contributed (?:reporting|research|to this (?:report|story|article|piece))"
    r"(?: from [^.]{2,60})?\.?"
    r"|.{3,120} (?:hat|haben) an diesem (?:Artikel|Bericht|Text) mitgearbeitet\."
    r"|A version of this (?:article|story|review|column|essay|report) (?:also )?appear(?:s|ed) in print\b.*"
    r"|(?:This (?:article|story) )?[Aa]ppear(?:s|ed) in (?:the )?.{0,60}\bprint (?:edition|issue)\b.{0,120}"
    r"|(?:Photos?|Photographs?|Pictures?|Fotos?|Foto’s|Fotografi[ae]s?|Bilde?r?|Kuvat?|Zdjęci[ae]|Фото|صور[ةه]?|写真|照片)"
    r"\s*[:：]\s*[^.:]{2,80}"
    r"|(?:Alle )?Angaben ohne Gewähr\.?"
    r"|[(（【［\[]?\s*(?:责任编辑|責任編輯|责编|責編|编辑|編輯|校对|校對|編集)\s*[:：=＝].{1,30}"
    r"|\([A-Za-zäöü]{2,5}(?:\s?[/,-]\s?[A-Za-zäöü]{2,5}){0,4}\)\.?"
    r"|(?:[A-Z]{2,5} )?/?[A-Za-z]{2,4}(?:/[A-Za-z]{2,4}){1,4}/?|(?:\(\w{3,12}\)\s*){2,4}"
)

ADDRESS = re.compile(r"https?://[^\s<>\"“”]+", re.IGNORECASE)
WORDS = re.compile(r"[\w©](?:.*\w)?", re.DOTALL)  # from the first to the last
LONGEST = 300
DOT_ABOVE = "\u0307"  # which Turkish capitals leave behind
# What newsletters say of themselves.
SUPPORTED = re.compile(r".{1,80} is a (?:reader|listener)-supported (?:publication|newsletter|podcast)\b.*")
COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright (?:©|\(c\)|\d{4})).{0,120}|.{0,80}\ball rights reserved\.?", re.IGNORECASE
)
# What of that is looked for first.
RIGHTS = ("©", "(c)", "copyright", "rights reserved")


# How long it takes to read, how many said or did something, which picture it is.
COUNTED = re.compile(
    r"(?:(?:estimated )?(?:reading|read) time|lesezeit|lesedauer|temps de lecture|tiempo de lectura"
    r"|tempo di lettura|tempo de leitura|leestijd|czas czytania|время чтения)\s*[:：]?\s*"
    r"(?:ca\. |about )?\d+\s?min\w*\.?"
    r"|\d+[- ]min(?:ute)?s?\.? (?:read|de lecture|de lectura|di lettura|de leitura|leestijd|lesezeit)"
    r"|[\d.,]+ ?k? (?:(?:view )?comments?|shares?|likes?|claps?|views?|kommentare?|commentaires?|comentarios?"
    r"|commenti|comentários?|reacties|komentarz[ey])|\d{1,3}\s?/\s?\d{1,3}",
    re.IGNORECASE,
)


def is_boilerplate(text: str) -> bool:
    """Whether the whole paragraph is something a page prints around its articles."""
    text = " ".join(text.split()) if len(text) <= 2 * LONGEST else ""
    if not text or len(text) > LONGEST:
        return False
    lead, small = LED.search(text), text.lower()
    return (
        _label(text) in ALONE
        or (lead is not None and _label(text[: lead.start()]) in LEADS)
        or (len(text) <= 160 and small.startswith(INVITATIONS))
        or (any(mark in small for mark in RIGHTS) and COPYRIGHT.fullmatch(text) is not None)
        or ("-supported" in text and SUPPORTED.fullmatch(text) is not None)
        or COUNTED.fullmatch(text) is not None
    )


def is_closing(text: str) -> bool:
    """Whether a last paragraph says who helped, where it was printed, or who answers for it."""
    text = " ".join(text.split())
    return len(text) <= LONGEST and CLOSINGS.fullmatch(text) is not None


def credit(text: str) -> str | None:
    """What a line of credit names: an address, a name, or nothing of use; None for other lines.

    ``Source: Read Full Article`` gives an empty text, ``Source: https://a.example/b`` the
    address, ``Source: The Oldhaven Gazette`` the name.
    """
    text = " ".join(text.split())
    if len(text) > LONGEST:
        return None
    label, _, rest = text.replace("：", ":", 1).partition(":")
    if _label(label) not in CREDITS:
        said = PUBLISHED.match(text)
        if said is None:
            return None
        rest = text[said.end() :]
    if address := ADDRESS.search(rest):
        return address[0].rstrip(".,;:!?)]»")
    if _label(rest) in LABELS | LEADS:
        return ""
    # A name is short and no sentence; whatever else begins with "Source:" is kept.
    return rest.strip(" .") if len(rest) <= 60 and 0 < len(rest.split()) <= 6 else None


def _label(text: str) -> str:
    words = WORDS.search(text)
    return words[0].lower().replace(DOT_ABOVE, "") if words else ""
