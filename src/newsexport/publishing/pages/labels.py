"""What the pages of a library say themselves, beside the words that every edition has for itself."""

from __future__ import annotations

from dataclasses import dataclass

from newsexport.text.languages import primary
from newsexport.text.wording import Wording


@dataclass(frozen=True, slots=True)
class Labels:
    """`back` and `forward` take seconds; `mark` parts a number from its fraction, `byte` is its sign."""

    papers: str
    skip: str
    player: str
    play: str
    pause: str
    toggle: str
    back: str
    forward: str
    previous: str
    following: str
    speed: str
    follow: str
    files: str
    subscribe: str
    mark: str
    byte: str

    def number(self, digits: str) -> str:
        """``1,25``, of ``1.25``."""
        return digits.replace(".", self.mark)

    def size(self, octets: int) -> str:
        """``4.3 MB``, ``12 kB``; in French ``4,3 Mo``."""
        if octets >= 1e6:
            return f"{self.number(f'{octets / 1e6:.1f}')}\u00a0M{self.byte}"
        return f"{max(1, round(octets / 1e3))}\u00a0k{self.byte}"


# In the languages that editions have words of their own in.
LABELS = {
    "en": Labels(
        papers="Papers",
        skip="Skip to the text",
        player="Player",
        play="Play",
        pause="Pause",
        toggle="Play or pause",
        back="Back {} seconds",
        forward="Forward {} seconds",
        previous="Previous story",
        following="Next story",
        speed="Speed",
        follow="Follow",
        files="Take it with you",
        subscribe="Subscribe",
        mark=".",
        byte="B",
    ),
    "de": Labels(
        papers="Zeitungen",
        skip="Zum Text springen",
        player="Audioplayer",
        play="Abspielen",
        pause="Pause",
        toggle="Abspielen oder anhalten",
        back="{} Sekunden zurück",
        forward="{} Sekunden vor",
        previous="Vorheriger Artikel",
        following="Nächster Artikel",
        speed="Tempo",
        follow="Mitlesen",
        files="Zum Mitnehmen",
        subscribe="Abonnieren",
        mark=",",
        byte="B",
    ),
    "fr": Labels(
        papers="Journaux",
        skip="Aller au texte",
        player="Lecteur audio",
        play="Écouter",
        pause="Pause",
        toggle="Écouter ou mettre en pause",
        back="Reculer de {} secondes",
        forward="Avancer de {} secondes",
        previous="Article précédent",
        following="Article suivant",
        speed="Vitesse",
        follow="Suivre le texte",
        files="Télécharger",
        subscribe="S’abonner",
        mark=",",
        byte="o",
    ),
    "es": Labels(
        papers="Periódicos",
        skip="Ir al texto",
        player="Reproductor de audio",
        play="Reproducir",
        pause="Pausar",
        toggle="Reproducir o pausar",
        back="Retroceder {} segundos",
        forward="Avanzar {} segundos",
        previous="Artículo anterior",
        following="Artículo siguiente",
        speed="Velocidad",
        follow="Seguir el texto",
        files="Descargas",
        subscribe="Suscribirse",
        mark=",",
        byte="B",
    ),
    "it": Labels(
        papers="Giornali",
        skip="Vai al testo",
        player="Lettore audio",
        play="Ascolta",
        pause="Pausa",
        toggle="Ascolta o metti in pausa",
        back="Indietro di {} secondi",
        forward="Avanti di {} secondi",
        previous="Articolo precedente",
        following="Articolo successivo",
        speed="Velocità",
        follow="Segui il testo",
        files="Scarica",
        subscribe="Iscriviti",
        mark=",",
        byte="B",
    ),
    "nl": Labels(
        papers="Kranten",
        skip="Ga naar de tekst",
        player="Audiospeler",
        play="Afspelen",
        pause="Pauzeren",
        toggle="Afspelen of pauzeren",
        back="{} seconden terug",
        forward="{} seconden vooruit",
        previous="Vorig artikel",
        following="Volgend artikel",
        speed="Snelheid",
        follow="Meelezen",
        files="Downloaden",
        subscribe="Abonneren",
        mark=",",
        byte="B",
    ),
    "pt": Labels(
        papers="Jornais",
        skip="Ir para o texto",
        player="Leitor de áudio",
        play="Ouvir",
        pause="Pausar",
        toggle="Ouvir ou pausar",
        back="Recuar {} segundos",
        forward="Avançar {} segundos",
        previous="Artigo anterior",
        following="Artigo seguinte",
        speed="Velocidade",
        follow="Seguir o texto",
        files="Para descarregar",
        subscribe="Subscrever",
        mark=",",
        byte="B",
    ),
}


def labels(words: Wording) -> Labels:
    """Those in the language of an edition's own words."""
    return LABELS[primary(words.language)]
