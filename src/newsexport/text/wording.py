"""The words an edition says itself, around the articles, in the languages we speak."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from newsexport.text.languages import primary


@dataclass(frozen=True, slots=True)
class Wording:
    """`minutes` and `articles` take a number, `by` takes names.

    `struck` is said behind what is struck out, `now` before what stands in its place.
    """

    language: str
    cover: str
    contents: str
    previous: str
    following: str
    by: str
    and_: str
    minutes: str
    article: str
    articles: str
    source: str
    picture: str
    untitled: str
    excerpt: str
    updated: str
    also_in: str
    notes: str
    landmarks: str
    pages: str
    code: str
    struck: str
    now: str

    def count(self, number: int) -> str:
        """``12 articles``."""
        return (self.article if number == 1 else self.articles).format(number)

    def standing(self, *, partial: bool, update: bool) -> tuple[str, ...]:
        """What the reader should know of the text itself: that it is new in part, or only a part."""
        return (self.updated,) * update + (self.excerpt,) * partial

    def names(self, names: tuple[str, ...]) -> str:
        """``By A, B and C``."""
        *others, last = names
        return self.by.format(f"{', '.join(others)} {self.and_} {last}" if others else last)


# fmt: off
WORDINGS = {wording.language: wording for wording in (
    Wording("en", "Cover", "Contents", "Previous", "Next", "By {}", "and", "{}\u00a0min read",
            "{} article", "{} articles", "Source", "Picture", "Untitled",
            "Excerpt only", "Updated", "Also in", "Notes", "Landmarks", "Pages", "QR code",
            "struck out", "now"),
    Wording("de", "Titelbild", "Inhalt", "Zurück", "Weiter", "Von {}", "und", "{}\u00a0Min. Lesezeit",
            "{} Artikel", "{} Artikel", "Quelle", "Bild", "Ohne Titel",
            "Nur ein Auszug", "Aktualisiert", "Auch in", "Anmerkungen", "Orientierung", "Seiten", "QR-Code",
            "gestrichen", "jetzt"),
    Wording("fr", "Couverture", "Sommaire", "Précédent", "Suivant", "Par {}", "et", "{}\u00a0min de lecture",
            "{} article", "{} articles", "Source", "Image", "Sans titre",
            "Extrait seulement", "Mis à jour", "Aussi dans", "Notes", "Repères", "Pages", "QR code",
            "barré", "maintenant"),
    Wording("es", "Cubierta", "Contenido", "Anterior", "Siguiente", "Por {}", "y", "{}\u00a0min de lectura",
            "{} artículo", "{} artículos", "Fuente", "Imagen", "Sin título",
            "Solo un extracto", "Actualizado", "También en", "Notas", "Puntos de referencia", "Páginas",
            "Código QR", "tachado", "ahora"),
    Wording("it", "Copertina", "Indice", "Precedente", "Successivo", "Di {}", "e", "{}\u00a0min di lettura",
            "{} articolo", "{} articoli", "Fonte", "Immagine", "Senza titolo",
            "Solo un estratto", "Aggiornato", "Anche in", "Note", "Punti di riferimento", "Pagine",
            "Codice QR", "barrato", "ora"),
    Wording("nl", "Omslag", "Inhoud", "Vorige", "Volgende", "Door {}", "en", "{}\u00a0min leestijd",
            "{} artikel", "{} artikelen", "Bron", "Afbeelding", "Zonder titel",
            "Alleen een fragment", "Bijgewerkt", "Ook in", "Noten", "Oriëntatiepunten", "Pagina's",
            "QR-code", "doorgehaald", "nu"),
    Wording("pt", "Capa", "Índice", "Anterior", "Seguinte", "Por {}", "e", "{}\u00a0min de leitura",
            "{} artigo", "{} artigos", "Fonte", "Imagem", "Sem título",
            "Apenas um excerto", "Atualizado", "Também em", "Notas", "Pontos de referência", "Páginas",
            "Código QR", "riscado", "agora"),
)}
# fmt: on


@cache
def wording(tag: str) -> Wording:
    """The words for a language, or the English ones; `language` says which."""
    known = WORDINGS.get(primary(tag))
    return replace(known, language=tag) if known else WORDINGS["en"]
