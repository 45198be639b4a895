"""Pages of papers that do not exist: some without an article, and as many short articles about such pages."""

NAVIGATION = "".join(
    f"<li><a href='/{name}'>{name.title()}</a></li>" for name in ("harbour", "town", "sport", "culture")
)
TEASERS = "".join(
    f"<article><h3><a href='/story/{number}'>{line}</a></h3><p>{more}</p></article>"
    for number, (line, more) in enumerate(
        (
            (
                "Ferry sails again after two years",
                "The first to board was a dog, who knew the way, the crew said.",
            ),
            (
                "Council votes for the wall",
                "It took nine hours, two recesses and a letter from the ferry company.",
            ),
            (
                "The bakery on Marrow Street closes",
                "After ninety years there is nobody left who wants to rise at two.",
            ),
            (
                "Rates to rise by four in a hundred",
                "The treasurer calls it modest, and the tenants call it something else.",
            ),
        )
    )
)


def page(title: str, body: str, language: str = "en", head: str = "") -> str:
    """A page with what papers put around everything they show."""
    return f"""<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>{head}</head>
<body><header><nav><ul>{NAVIGATION}</ul></nav></header>{body}
<footer><ul><li><a href="/imprint">Imprint</a></li><li><a href="/privacy">Privacy</a></li></ul></footer></body></html>"""


def bare(title: str, body: str, language: str = "en", head: str = "") -> str:
    """A page with nothing around it, as those have that stand in front of a site."""
    return f"""<!DOCTYPE html><html lang="{language}"><head><title>{title}</title>{head}</head><body>{body}</body></html>"""


CONSENT, PUR = (
    "it asks for consent to cookies",
    "it asks for consent to cookies, or for a subscription instead",
)
ROBOTS, LOGIN, MISSING = (
    "it asks for a proof that no robot is reading",
    "it asks to log in",
    "it says that there is no such page",
)

NO_ARTICLES: dict[str, tuple[str, str]] = {
    "an address for sale, with links": (
        "it offers its address for sale",
        bare(
            "gazette.example is for sale",
            """<h1>gazette.example</h1><p>This domain may be for sale. Inquire now.</p>
            <ul><li><a href="/a">Boat Insurance</a></li><li><a href="/b">Harbour Cottages</a></li></ul>""",
        ),
    ),
    "a checker of browsers in Arabic": (
        ROBOTS,
        bare(
            "التحقق من أنك لست روبوتا",
            """<h1>التحقق الأمني</h1><p>يرجى تأكيد أنك لست روبوتا للمتابعة إلى الموقع. لاحظنا نشاطا غير معتاد من شبكتك.</p>
            <p>يرجى تفعيل جافا سكريبت وملفات تعريف الارتباط ثم إعادة تحميل الصفحة.</p>""",
            "ar",
        ),
    ),
    "a consent in Arabic": (
        CONSENT,
        bare(
            "جريدة المرفأ",
            """<h2>نحن نهتم بخصوصيتك</h2><p>نستخدم نحن وشركاؤنا ملفات تعريف الارتباط لتخزين المعلومات على جهازك والوصول إليها
            ومعالجة البيانات الشخصية لعرض إعلانات مخصصة.</p><p>يمكنك سحب موافقتك في أي وقت من سياسة الخصوصية.</p>
            <button>قبول الكل</button><button>رفض الكل</button>""",
            "ar",
        ),
    ),
    "a missing page in Arabic": (
        MISSING,
        page(
            "الصفحة غير موجودة | جريدة المرفأ",
            """<main><h1>عذرا، الصفحة التي تبحث عنها غير موجودة</h1>
            <p>ربما تم حذف الصفحة أو تغيير عنوانها. العودة إلى الصفحة الرئيسية</p></main>""",
            "ar",
        ),
    ),
    "a login in Arabic": (
        LOGIN,
        page(
            "تسجيل الدخول - جريدة المرفأ",
            """<main><h1>سجل الدخول لمتابعة القراءة</h1><form><input type="email"><input type="password">
            <button>تسجيل الدخول</button></form><p>ليس لديك حساب؟ أنشئ حسابا مجانا</p><p>نسيت كلمة المرور؟</p></main>""",
            "ar",
        ),
    ),
    "a checker of browsers": (
        ROBOTS,
        bare(
            "Just a moment...",
            """<div class="main-wrapper"><div class="main-content"><h1 class="zone-name-title">gazette.example</h1>
            <h2 id="challenge-running">Verifying you are human. This may take a few seconds.</h2>
            <div id="challenge-stage"></div><div>gazette.example needs to review the security of your connection before
            proceeding.</div><noscript>Enable JavaScript and cookies to continue</noscript></div></div><div class="footer">Ray ID:
            <code>8c1d2e3f4a5b6c7d</code><div>Performance &amp; security by Cloudflare</div></div>
            <script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script>""",
        ),
    ),
    "a picture puzzle": (
        ROBOTS,
        bare(
            "gazette.example",
            """<p id="cmsg">Please enable JS and disable any ad blocker</p>
            <iframe src="https://geo.captcha-delivery.com/captcha/?initialCid=AHrlq"></iframe>
            <script src="https://ct.captcha-delivery.com/c.js"></script>""",
        ),
    ),
    "une vérification": (
        ROBOTS,
        bare(
            "Un instant…",
            """<main><h1>Vérification de sécurité en cours</h1><p>Nous vérifions votre navigateur avant de vous laisser accéder à
            lephare.example. Confirmez que vous êtes humain en cochant la case ci-dessous.</p><div class="cf-turnstile"></div>
            <p>Pourquoi cette page s'affiche-t-elle ? Un trafic inhabituel provenant de votre réseau a été détecté. Cela peut
            prendre quelques secondes.</p></main>""",
            "fr",
        ),
    ),
    "a puzzle in Polish": (
        ROBOTS,
        bare(
            "Weryfikacja",
            """<div class="box"><h2>Potwierdź, że jesteś człowiekiem</h2><p>Zauważyliśmy nietypowy ruch z Twojej sieci.
            Naciśnij i przytrzymaj przycisk, aby przejść dalej.</p><div id="px-captcha"></div><p>Numer: 4be1-77</p></div>""",
            "pl",
        ),
    ),
    "consent in English": (
        CONSENT,
        bare(
            "The Oldhaven Gazette",
            """<div class="con-wizard"><h2>Before you continue to the Gazette</h2><p>We and our 842 partners store and/or access
            information on a device, such as unique IDs in cookies, to process personal data. You may accept or manage your choices
            by clicking below, including your right to object where legitimate interest is used.</p><p>We and our partners process
            data to provide: precise geolocation data, personalised advertising and content, advertising and content measurement,
            audience research and services development.</p><form action="/consent" method="post"><button>Accept all</button>
            <button>Reject all</button><a href="/choices">Manage privacy settings</a></form></div>""",
        ),
    ),
    "consent or pay in German": (
        PUR,
        bare(
            "Der Hafenbote",
            """<main class="offer-page"><h1>Der Hafenbote mit Werbung oder im Pur-Abo</h1><section><h2>Weiter mit Werbung</h2><p>Besuchen
            Sie hafenbote.example wie gewohnt mit Werbung und Tracking. Details zum Tracking finden Sie im Privacy Center. Ihre
            Zustimmung können Sie dort jederzeit widerrufen.</p><button>Akzeptieren und weiter</button></section><section><h2>… oder
            Pur-Abo abschließen</h2><p>Nutzen Sie hafenbote.example ohne Werbetracking für 4,99 Euro im Monat. Sie haben schon ein
            Pur-Abo? Hier anmelden.</p><a class="btn" href="/pur">Jetzt Pur abonnieren</a></section><p>Wir und unsere bis zu 190
            Partner verarbeiten personenbezogene Daten, etwa Kennungen in Cookies, für personalisierte Anzeigen, Anzeigen- und
            Inhaltsmessung und Erkenntnisse über Zielgruppen.</p></main>""",
            "de",
        ),
    ),
    "accept or subscribe in French": (
        PUR,
        bare(
            "Le Phare",
            """<div><h1>Vous avez le choix</h1><p>Avec votre accord, nos 312 partenaires et nous utilisons des cookies pour stocker
            et/ou accéder à des informations sur votre appareil : publicités personnalisées, mesure d'audience, développement de
            produits.</p><button>Accepter et continuer</button><p>Vous pouvez aussi refuser et vous abonner : lisez Le Phare sans
            publicité personnalisée en vous abonnant pour 2 € par mois.</p><a href="/offre">S'abonner pour refuser</a><p>Vous pouvez
            retirer votre consentement à tout moment.</p></div>""",
            "fr",
        ),
    ),
    "consent in Italian": (
        CONSENT,
        page(
            "Il Faro",
            """<div class="iubenda-cs-banner"><p>Noi e i nostri 120 partner archiviamo e/o accediamo a informazioni su un dispositivo e
            trattiamo dati personali. Con il tuo consenso possiamo utilizzare dati di geolocalizzazione precisi. Puoi revocare il
            consenso in qualsiasi momento cliccando su «Gestisci le preferenze».</p><button>Accetta tutto</button>
            <button>Rifiuta tutto</button></div>""",
            "it",
        ),
    ),
    "a page that is gone": (
        MISSING,
        page(
            "Page not found | The Oldhaven Gazette",
            f"""<main><h1>Sorry, we can't find that page</h1><p>The page you are looking for may have been moved or deleted. Check
            the address, or try our search.</p><form><input type="search"></form><h2>Most read today</h2>{TEASERS}</main>""",
        ),
    ),
    "a page that is gone, in German": (
        MISSING,
        page(
            "Fehler 404 – Der Hafenbote",
            """<main><h1>Seite nicht gefunden</h1><p>Die von Ihnen aufgerufene Seite existiert leider nicht oder wurde verschoben.
            Bitte überprüfen Sie die Adresse auf Tippfehler oder nutzen Sie unsere Suche. Zurück zur Startseite gelangen Sie
            über das Logo.</p></main>""",
            "de",
        ),
    ),
    "a page that is gone, in Spanish": (
        MISSING,
        page(
            "El Faro",
            """<section class="error-404"><h1>¡Vaya!</h1><p>No encontramos la página que buscas. Puede que haya sido eliminada
            o que la dirección esté mal escrita.</p><p>Comprueba la URL o vuelve al inicio.</p></section>""",
            "es",
        ),
    ),
    "a page that is gone, in Portuguese": (
        MISSING,
        page(
            "Página não encontrada - O Farol",
            f"""<main><h2>Ops!</h2><p>O conteúdo que você procura não existe mais ou foi movido.</p>
            <p>Verifique o endereço ou volte para a página inicial.</p>{TEASERS}</main>""",
            "pt",
        ),
    ),
    "a page that is gone, in Japanese": (
        MISSING,
        page(
            "ページが見つかりません｜丘の新聞",
            """<main><h1>ページが見つかりません</h1><p>お探しのページは、移動または削除された可能性があります。</p>
            <p>URLに間違いがないかご確認いただくか、トップページからお探しください。</p></main>""",
            "ja",
        ),
    ),
    "a login": (
        LOGIN,
        page(
            "Log in to continue",
            """<main><h1>Welcome back</h1><p>Please sign in to read this story and follow your favourite writers.</p>
            <form action="/login" method="post"><label>Email address</label><input type="email"><label>Password</label>
            <input type="password"><button>Log in</button></form><p><a href="/forgot">Forgot your password?</a></p>
            <p>Don't have an account? <a href="/join">Create a free account</a></p></main>""",
        ),
    ),
    "a login in Dutch": (
        LOGIN,
        page(
            "Inloggen - De Vuurtoren",
            """<main><h1>Inloggen</h1><p>Je moet ingelogd zijn om dit artikel te lezen.</p><form><label>E-mailadres</label>
            <input name="mail"><label>Wachtwoord</label><input type="password"></form><p>Wachtwoord vergeten? Nog geen account?
            Maak een gratis account aan en blijf ingelogd op al je apparaten.</p></main>""",
            "nl",
        ),
    ),
    "a login in Spanish": (
        LOGIN,
        page(
            "Iniciar sesión",
            """<main><p>Inicia sesión con tu correo electrónico para seguir leyendo.</p><form><input type="password"></form>
            <p>¿Has olvidado tu contraseña?</p><p>¿No tienes cuenta? Regístrate gratis.</p></main>""",
            "es",
        ),
    ),
    "a program for browsers": (
        "its text is loaded by scripts",
        bare(
            "Oldhaven",
            "<noscript><p>You need to enable JavaScript to run this app.</p></noscript><div id='root'></div>",
        ),
    ),
    "scripts in French": (
        "its text is loaded by scripts",
        bare(
            "Le Phare",
            """<div class="alerte"><p>Ce site nécessite JavaScript. Veuillez activer JavaScript dans les paramètres de votre
            navigateur, puis recharger la page.</p></div>""",
            "fr",
        ),
    ),
    "a waiting room": (
        "it is a waiting room",
        bare(
            "Queue-it",
            """<div id="main"><h1>You are now in line</h1><p>When it is your turn, you will have 10 minutes to enter the website.</p>
            <p>Your estimated wait time is 4 minutes. Keep this page open, it updates automatically.</p></div>
            <script src="https://static.queue-it.net/script/queueclient.min.js"></script>""",
        ),
    ),
    "a closed door": (
        "it says that access is denied",
        bare(
            "Access Denied",
            """<h1>Access Denied</h1><p>You don't have permission to access "http://gazette.example/harbour/ferry" on this server.</p>
            <p>Reference #18.4f5b1202.1700000000.1a2b3c4d</p>""",
        ),
    ),
}

NO_ARTICLES |= {
    "an age": (
        "it asks how old its reader is",
        bare(
            "Harbour Gin",
            """<div class="gate"><h1>Welcome</h1><p>You must be of legal drinking age to enter this site.</p>
            <p>Please enter your date of birth.</p><button>Enter</button></div>""",
        ),
    ),
    "a page that only leads on": (
        "it only sends browsers on to another page",
        bare("Redirection", "<p>Vous allez être redirigé dans quelques secondes.</p>", "fr"),
    ),
}

# Each is short, and says what such pages say.
SHORT: dict[str, str] = {
    "cookies": page(
        "Gazette drops its cookie banner | The Oldhaven Gazette",
        """<main><h1>Gazette drops its cookie banner</h1><p>From Monday this paper will no longer ask its readers to “accept all”. The
        banner, which began with the words “We and our 842 partners”, has been taken down together with the partners.</p>
        <p>The advertising department expects to lose a tenth of its income. Ann Other, who runs it, said that nobody had
        ever been found who had read the list to its end, herself included.</p></main>""",
    ),
    "the court on cookies": page(
        "Gericht: Zustimmung muss freiwillig sein",
        """<article><h1>Gericht: Zustimmung muss freiwillig sein</h1><p>Wer Cookies ablehnen will, darf dafür nicht länger klicken
        müssen als der, der ihnen zustimmt. Das hat das Landgericht Althafen am Dienstag entschieden.</p><p>Geklagt hatte ein Rentner,
        der nach eigenen Angaben vierzehn Minuten nach dem Knopf „Alle ablehnen“ gesucht hatte. Der Verlag will in Berufung
        gehen.</p></article>""",
        "de",
    ),
    "pay or consent": page(
        "Pur-Abos unter der Lupe",
        """<article><h1>Pur-Abos unter der Lupe</h1><p>Zehn der zwölf größten Zeitungen des Landes verlangen inzwischen Geld von allen, die
        sich nicht verfolgen lassen wollen. Im Mittel kostet das Pur-Abo 3,90 Euro im Monat.</p><p>Die Aufsicht prüft, ob das
        erlaubt ist. „Wer arm ist, wird verfolgt“, sagte eine Sprecherin der Verbraucherzentrale, die gegen zwei Verlage klagt.</p>
        </article>""",
        "de",
    ),
    "captchas": page(
        "Robots now better at captchas than people",
        """<main><h1>Robots now better at captchas than people</h1><p>Asked to find all the traffic lights, programs succeed in
        99 of 100 cases and people in 71, says a study of the University of Oldhaven.</p><p>“I'm not a robot” was clicked, in the
        experiment, by every robot. The authors suggest to ask instead who is in a hurry.</p></main>""",
    ),
    "les captchas": page(
        "La ville supprime les captchas de son site",
        """<article><h1>La ville supprime les captchas de son site</h1><p>Plus besoin de prouver que l'on n'est pas un robot pour
        réserver une place au port : la mairie a retiré mardi les images de passages piétons de son site.</p><p>Selon l'adjoint
        au numérique, une réservation sur trois était abandonnée devant les photographies, souvent par des marins.</p></article>""",
        "fr",
    ),
    "a page not found": page(
        "Page not found",
        """<main><h1>Page not found</h1><p>For eleven years a page was missing from the Oldhaven Psalter. On Thursday it came back, in an
        envelope without a sender, between two pieces of cardboard.</p><p>The library had never replaced it. “We left the gap, and
        a note”, says the librarian, who will now take the note out. The page shows a whale.</p></main>""",
    ),
    "about 404": page(
        "404: the number that everybody knows",
        """<article><h1>404: the number that everybody knows</h1><p>The most read page of this paper last year was the one that says that
        there is none. “The page you are looking for does not exist” was shown two million times.</p><p>Most visitors came from
        a street map that has led to the wrong address since 2019. The editors have now put a recipe there.</p></article>""",
    ),
    "una página perdida": page(
        "La página que nadie encuentra",
        """<article><h1>La página que nadie encuentra</h1><p>El archivo municipal busca desde hace un año la página 404 del libro de actas
        de 1911, en la que se aprobó el muro del puerto.</p><p>«No existe copia», dice la archivera, que sospecha de un turista.
        Quien la tenga puede dejarla en el buzón sin decir su nombre.</p></article>""",
        "es",
    ),
    "logging in": page(
        "One password for the whole town hall",
        """<main><h1>One password for the whole town hall</h1><p>For six years all 140 clerks of Oldhaven have logged in with the same
        word, an inquiry found on Wednesday. It stood on a note beside the coffee machine.</p><p>“Forgot your password? Ask Jim”,
        the note said. Jim retired in 2021, and now each of them is to have a word of their own.</p></main>""",
    ),
    "inloggen": page(
        "Bibliotheek schaft inlogcode af",
        """<article><h1>Bibliotheek schaft inlogcode af</h1><p>Wie in de bibliotheek van Oudhaven een boek wil lenen, hoeft vanaf maandag
        niet meer in te loggen. Een glimlach aan de balie is genoeg, zegt directeur Bo Lind.</p><p>Van de 9.000 leden was de
        helft het wachtwoord kwijt. De servicedesk, die uit één man bestond, krijgt een andere taak.</p></article>""",
        "nl",
    ),
    "a login box beside": page(
        "Dog boards ferry alone",
        """<form class="login-form" action="/login"><label>Email address</label><input type="password"><a href="/forgot">Forgot your
        password?</a><button>Log in</button></form><main><h1>Dog boards ferry alone</h1><p>A dog of no known address has crossed to
        Skerry and back every day this week. It pays nothing, the crew said, and sits in first class.</p><p>The council will
        discuss on Monday whether it needs a ticket, and whom to send the bill.</p></main>""",
    ),
    "a banner beside": page(
        "Bakery to close",
        """<div id="onetrust-banner-sdk"><p>We use cookies to improve your experience. Read our cookie policy.</p><button>Accept
        all</button><button>Reject all</button></div><main><h1>Bakery to close</h1><p>The bakery on Marrow Street bakes its last loaf on
        Saturday. After ninety years there is nobody left in the family who wants to rise at two.</p><p>The oven, of 1931, goes to
        the museum. The sourdough, which is older, will be shared among those who come with a jar.</p></main>""",
    ),
    "scripts": page(
        "Paper works without JavaScript again",
        """<main><h1>Paper works without JavaScript again</h1><p>Readers who turn off JavaScript can see this paper again, after three
        years of an empty page that told them to turn it on.</p><p>The developers say that the page now weighs a hundredth.
        The puzzle, which still needs it, remains for the others.</p></main>""",
    ),
    "a strike": page(
        "Wegen Wartung geschlossen",
        """<article><h1>Wegen Wartung geschlossen</h1><p>Die Hubbrücke bleibt bis Ende März gesperrt. Bei einer Prüfung fanden
        Taucher Risse in zwei der vier Lager, teilte die Stadt am Freitag mit.</p><p>Die Fähre fährt so lange halbstündlich und
        kostet nichts. Wer mit dem Auto kommt, muss über Neuhafen fahren, was vierzig Minuten länger dauert.</p></article>""",
        "de",
    ),
    "a queue": page(
        "You are number 4,012 in line",
        """<main><h1>You are number 4,012 in line</h1><p>Tickets for the ferry concert were gone in nine minutes, and most who waited in
        the virtual queue never saw the door. The organiser has apologised.</p><p>A pensioner who had gone to the box office
        instead got the last two. There had been nobody before him, he said.</p></main>""",
    ),
    "access denied": page(
        "Access denied to beach",
        """<main><h1>Access denied to beach</h1><p>A fence has stood across the path to Skerry beach since Tuesday. The owner, a company
        from Newport, says that the path was never public.</p><p>The council says that it was, and has a map of 1884 that shows it
        with two dogs. A judge will look at it next week.</p></main>""",
    ),
    "a subscription": page(
        "Gazette to cost four crowns",
        """<main><h1>Gazette to cost four crowns</h1><p>A subscription to this paper will cost four crowns from spring, half a crown
        more than now. It is the first rise in six years.</p><p>“Paper is dearer, and so are we”, the publisher said. Subscribers
        under 25, of whom there are nine, pay what they did before.</p></main>""",
    ),
    "プライバシー": page(
        "市がクッキーの利用をやめる",
        """<article><h1>市がクッキーの利用をやめる</h1><p>丘市は火曜日、公式サイトでのクッキーの利用を来月から取りやめると発表した。閲覧者の同意を求める表示も
        なくなる。</p><p>市によると、表示を読んだ人は百人に一人もいなかった。担当の職員は「私も読んでいません」と話している。</p></article>""",
        "ja",
    ),
    "o robô": page(
        "Robô do porto aprende a dizer bom dia",
        """<article><h1>Robô do porto aprende a dizer bom dia</h1><p>O guindaste número três do porto velho cumprimenta desde terça-feira
        quem passa. A empresa diz que foi um engano, mas que vai ficar assim.</p><p>Os marinheiros respondem. «Não sou um robô,
        mas gosto dele», disse um deles, que trabalha ali há trinta anos.</p></article>""",
        "pt",
    ),
    "prywatność": page(
        "Latarnik nie chce kamer",
        """<article><h1>Latarnik nie chce kamer</h1><p>Latarnik ze Starego Portu odmówił zgody na kamerę w swojej latarni. Miasto chciało
        pokazywać morze w sieci, przez całą dobę.</p><p>„Moja prywatność to sto dwanaście schodów”, powiedział w piątek. Urzędnicy
        szukają teraz wyższego dachu.</p></article>""",
        "pl",
    ),
    "a guide": page(
        "How to say no to cookies in three clicks",
        """<article><h1>How to say no to cookies in three clicks</h1><p>Most sites must let you refuse. Look for “Reject all”, which
        is often grey and small, and click it before “By clicking, you consent to” everything.</p><p>If there is none, choose
        “Manage preferences”, and save without switching anything on. “You can withdraw your consent”, it then says.</p>
        </article>""",
    ),
    "what a court quotes without marks": page(
        "Court forbids a sentence of five words | The Gazette",
        """<main><h1>Court forbids a sentence of five words</h1><p>A shop may no longer tell its visitors that we value your privacy,
        when it does not, a court said on Friday.</p><p>Nor may it say that your privacy is important to us. The shop, which
        sells maps, will now say nothing.</p></main>""",
    ),
    "words of a wall under a headline of its own": page(
        "Please log in, and stay",
        """<main><h1>Please log in, and stay</h1><p>The hotel on the pier keeps its guest book open. You must be logged in, the
        porter says, by pen, before you are given a key, and the bear was.</p><p>It came with a circus in 1911, and its
        paw takes up the whole of a page. Nobody has been asked to reset a password since.</p></main>""",
    ),
}
