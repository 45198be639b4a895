"""Pages that only lead to stories, in several makes and languages, and short or listed stories that are some."""

from tests.newsexport.extraction.oldhaven_walls import page

STORIES = {
    "en": (
        ("Ferry to Skerry sails again after its refit", "The boat was late in the yard, but the crew says that it never ran better."),
        ("Council votes to keep the reading room", "Eleven of nineteen members voted for it on Tuesday night."),
        ("Harbour seals are counted once more", "Volunteers found 212 animals on the banks, more than anybody thought."),
        ("School bus takes another way to the chapel", "Parents are told to bring their children to the chapel."),
        ("Bakers agree on what a small loaf costs", "It will be four pence more from Monday, says the guild, which blames the mill."),
        ("Lost bell is found below the old quay", "Divers who looked for an anchor met with it at low water."),
    ),
    "de": (
        ("Fähre nach Skerry fährt wieder nach der Pause", "Das Schiff kam spät aus der Werft, doch sei es nie besser gelaufen."),
        ("Rat stimmt für den Erhalt des Lesesaals", "Elf von neunzehn Mitgliedern stimmten am Dienstag dafür."),
        ("Robben im Hafen werden wieder gezählt", "Freiwillige fanden 212 Tiere auf den Bänken, mehr als erwartet."),
        ("Schulbus fährt wegen der Brücke anders", "Eltern sollen ihre Kinder bis März zur Kapelle bringen."),
        ("Bäcker einigen sich auf den kleinen Laib", "Ab Montag kostet er vier Cent mehr, sagt die Innung."),
    ),
    "fr": (
        ("Le bac de Skerry reprend la mer après l’hiver", "Le bateau est sorti tard du chantier, mais il n’a jamais mieux marché."),
        ("Le conseil garde la salle de lecture", "Onze membres sur dix-neuf ont voté pour, mardi soir."),
        ("On compte de nouveau les phoques du port", "Des bénévoles en ont vu 212 sur les bancs de sable."),
        ("Le car scolaire change de route au pont", "Les parents mènent leurs enfants à la chapelle jusqu’en mars."),
    ),
    "ja": (
        ("白波町の灯台が六十年ぶりに点灯する", "町の住民でつくる会が三年かけて修復した。"),
        ("町議会が図書室の存続を決める", "火曜日の夜、十九人のうち十一人が賛成した。"),
        ("港のアザラシを十年ぶりに数える", "砂州で二百十二頭が見つかり、予想を超えた。"),
        ("橋の工事で通学バスの道が変わる", "三月末までは礼拝堂の停留所を使う。"),
    ),
}  # fmt: skip


def _cards(language: str, card: str) -> str:
    told = enumerate(STORIES[language])
    return "".join(card.format(at=at, title=title, text=text) for at, (title, text) in told)


FRONTS = {
    "cards with pictures": page("Sport - The Oldhaven Gazette", "<main><h1>Sport</h1>" + _cards("en", "<article class=card><a href=/s/{at}><img src=/{at}.jpg width=400 height=300><h3>{title}</h3></a><p>{text}</p><time>1{at} Nov 2026</time></article>") + "</main>"),
    "with a day each": page("News | The Oldhaven Gazette", "<main><h1>News</h1>" + _cards("en", "<div><h2><a href=/n/{at}>{title}</a></h2><p>By Ada Fenn, 1{at} November 2026</p><p>{text}</p><a href=/n/{at}>Read more</a></div>") + "</main>"),
    "articles in German": page("Lokales - Lindenauer Bote", "<main>" + _cards("de", "<article><header><h2><a href=/l/{at}>{title}</a></h2></header><p>{text} <a href=/l/{at}>mehr</a></p></article>") + "</main>", "de"),
    "links in German": page("Kultur - Lindenauer Bote", "<main><h1>Kultur</h1><div>" + _cards("de", "<div><a href=/k/{at}><span>{title}</span></a><div>{text}</div></div>") + "</div></main>", "de"),
    "a list in French": page("Politique - Le Phare", "<main><h1>Politique</h1><ul>" + _cards("fr", "<li><div><a href=/p/{at}>{title}</a></div><p>{text}</p><span>1{at} nov.</span></li>") + "</ul></main>", "fr"),
    "in Japanese": page("社会 - 北浜日報", "<main><h1>社会</h1>" + _cards("ja", "<section><h3>{title}</h3><p>{text}</p><a href=/p/{at}>続きを読む</a></section>") + "</main>", "ja"),
    "a writer": page("Ada Fenn - The Oldhaven Gazette", "<main><h1>Ada Fenn</h1><p>Ada Fenn writes of harbours and of those who live by them. She keeps two goats.</p>" + _cards("en", "<div><h3><a href=/p/{at}>{title}</a></h3><p>{text}</p></div>") + "</main>"),
    "what was searched": page("Search - The Oldhaven Gazette", "<main><h1>Results for “ferry”</h1><p>6 results</p>" + _cards("en", "<div><a href=/p/{at}><h4>{title}</h4></a><p>… {text} …</p></div>") + "</main>"),
}  # fmt: skip

KEPT = {
    "a goat": (1, page("Goat elected mayor of Nether Wick - Thornby Courier", "<h1>Goat elected mayor of Nether Wick</h1><p>By Pat Linney, Staff Writer</p><p>Posted: Oct. 3, 2026</p><p>NETHER WICK — A goat was elected mayor of Nether Wick on Saturday. He ate his certificate.</p>")),
    "ein Ast": (1, page("Ast sperrt Straße - Lindenauer Bote", "<article><h1>Ast sperrt Straße</h1><time datetime=2026-10-03>3. Oktober 2026</time><p>Ein Ast hat am Samstag die Straße nach Thornby gesperrt. Verletzt wurde niemand.</p></article>", "de")),
    "une panne": (1, page("Panne au phare - Le Phare", "<article><h1>Panne au phare</h1><p>Par Ada Fenn</p><p>Le phare est resté éteint une heure dans la nuit de samedi à dimanche.</p></article>", "fr")),
    "un corte": (1, page("Corte de agua en Puerto Viejo - El Faro", "<article><h1>Corte de agua en Puerto Viejo</h1><time datetime=2026-10-03></time><p>El agua faltará el lunes de nueve a once en todo el puerto.</p></article>", "es")),
    "鐘": (1, page("古い鐘が見つかる - 北浜日報", "<article><h1>古い鐘が見つかる</h1><time datetime=2026-10-03></time><p>港の底で古い鐘が見つかった。重さは半トンで、百年前に沈んだものとみられると町は話している。</p></article>", "ja")),
    "the week in brief": (12, page("The week in brief - The Oldhaven Gazette", "<article><h1>The week in brief</h1><time>Nov 14, 2026</time>" + _cards("en", "<h3>{title}</h3><p>{text}</p>") + "</article>")),
    "links elsewhere": (7, page("Mud of the week - A blog", "<article><h1>Mud of the week</h1><p>Much was written of mud this week, and here is what we liked best.</p>" + _cards("en", "<p><a href=https://o{at}.example/x>{title}</a>. {text}</p>") + "</article>")),
    "six walks": (13, page("Six walks - The Oldhaven Gazette", "<article><h1>Six walks</h1><p>When the wind turns, it is time to look for the boots that were put away in autumn, and to walk.</p>" + _cards("en", "<h2><a href=/w/{at}>{title}</a></h2><p>{text} It takes three hours there and back, and there is a bench half way where you can eat what you have brought, and look at what the water does. {text} Nobody needs more than an afternoon, and there is a bus back from where it ends.</p>") + "</article>")),
}  # fmt: skip
