"""Plausible names of people in Warsaw, Manila and San Francisco."""

from __future__ import annotations

import random
import unicodedata


def _words(text: str) -> list[str]:
    return text.split()


FIRST_NAMES = {
    "WAW": _words(
        "Agnieszka Aleksandra Anna Barbara Beata Dorota Ewa Hanna Iwona Jagoda Joanna Julia Kamila Katarzyna "
        "Magdalena Maja Marta Monika Natalia Oliwia Patrycja Sylwia Weronika Zuzanna Adam Andrzej Bartosz "
        "Damian Dawid Filip Grzegorz Hubert Jakub Jan Kacper Konrad Krzysztof Łukasz Maciej Marcin Mateusz "
        "Michał Paweł Piotr Rafał Sebastian Szymon Tomasz Wojciech Zbigniew"
    ),
    "MNL": _words(
        "Aileen Althea Andrea Angelica Bea Camille Carmela Cherry Christine Czarina Diwata Ella Erika Grace "
        "Hazel Ivy Jasmine Jocelyn Joy Kristine Lea Ligaya Liezel Maricel Rowena Sheila Tala Alvin Arnel "
        "Benjie Carlo Christian Dennis Efren Ferdinand Gilbert Jayson Jericho Joel Jomar Kevin Leo Mark "
        "Miguel Noel Paolo Ramil Rodel Ronaldo Vincent"
    ),
    "SFO": _words(
        "Alejandra Amara Brianna Chloe Daniela Emily Fatima Grace Hana Isabel Jade Keisha Lena Mei Naomi "
        "Priya Rosa Sofia Tessa Andre Brandon Carlos Darnell Ethan Felix Gabriel Henry Isaiah Jordan Kai "
        "Luis Marcus Nathan Omar Raj Samuel Tyler Victor Wesley Xavier"
    ),
}
LAST_NAMES = {
    "WAW": _words(
        "Adamczyk Bąk Baran Borkowiak Chmiel Cieślak Czajka Duda Dudek Gajda Głąb Jaworek Kaczmarek Klimek "
        "Kołodziej Kozak Krawczyk Krupa Kubiak Kurek Marciniak Mazur Michalak Mróz Nowak Olejnik Pawlak "
        "Pietrzak Sikora Stępień Szewczyk Szymczak Walczak Wieczorek Włodarczyk Wójcik Wróbel Zając Zawada "
        "Zięba"
    ),
    "MNL": _words(
        "Abad Agbayani Aquino Bautista Buenaventura Cabrera Castillo Catapang Cruz Dimaculangan Domingo "
        "Enriquez Espiritu Evangelista Fajardo Galang Gatdula Guevarra Ilagan Lacson Lagman Macaraeg "
        "Magsaysay Manalo Mendoza Mercado Navarro Ocampo Pangilinan Pascual Punzalan Quiambao Ramos Reyes "
        "Salonga Santos Sumulong Tolentino Villanueva Yumul"
    ),
    "SFO": _words(
        "Alvarez Brooks Chan Chavez Chen Cohen Cooper Diaz Edwards Flores Foster Garcia Gomez Gupta Hayes "
        "Hernandez Huang Jackson Kim Lee Lopez Martinez Nguyen Okafor Patel Ramirez Rivera Robinson Silva "
        "Singh Tran Turner Vargas Washington Wong Young"
    ),
}


def people_named(location: str, count: int, rng: random.Random) -> list[tuple[str, str]]:
    """So many different pairs of first and last name, no last name more than a few times."""
    lasts = LAST_NAMES[location] * (count // len(LAST_NAMES[location]) + 1)
    firsts = FIRST_NAMES[location] * (count // len(FIRST_NAMES[location]) + 1)
    rng.shuffle(lasts)
    rng.shuffle(firsts)
    pairs = list(zip(firsts, lasts, strict=False))[:count]
    if len(set(pairs)) != count:
        return people_named(location, count, rng)
    return pairs


def email_of(first_name: str, last_name: str) -> str:
    """An address in a domain that nobody has (RFC 2606).

    Examples
    --------
    >>> email_of("Łukasz", "Wójcik")
    'lukasz.wojcik@kometa.example'
    """
    folded = unicodedata.normalize("NFKD", f"{first_name}.{last_name}".replace("Ł", "L").replace("ł", "l"))
    return f"{folded.encode('ascii', 'ignore').decode().lower()}@kometa.example"
