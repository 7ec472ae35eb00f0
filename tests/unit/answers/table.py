"""The questions that the tables ask, the lexicon that they are judged by, and the reader of the tables."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.domain.answers import Key, Lexicon, prepare
from bot.domain.facts import Work, WorkKind
from bot.domain.language import Localized

HERE = Path(__file__).parent

PEOPLE = (
    "Ryan Gosling", "Emma Stone", "Emma Watson", "Damien Chazelle", "Anna Chazelle", "John Legend", "J.K. Simmons", "Justin Hurwitz",
    "Jordan Horowitz", "Randy Kerber", "Linus Sandgren", "Mandy Moore", "Julianne Moore", "Mary Zophres", "Marc Platt", "Fred Berger",
    "Gene Kelly", "James Dean", "Tom Everett Scott", "Sammy Davis Jr.", "Muhammad Ali", "George Michael", "Léon Foucault", "André Previn",
    "D.A. Wallach", "Margot Robbie", "Will Smith", "Tom Hanks", "Miles Teller", "Liza Minnelli", "Catherine Deneuve", "Bob Fosse",
    "Guillermo del Toro", "Samuel L. Jackson", "Pink Floyd", "Emilie Livingston", "Finn Wittrock", "Charlie Parker", "Ryan Reynolds",
    "Helena Bonham Carter", "Michelle Yeoh", "Mia Dolan", "Sebastian Wilder", "Faye Dunaway", "Warren Beatty", "Rosemarie DeWitt",
)  # fmt: skip
WORKS = (
    Work(Localized("Whiplash", "Whiplash: Em Busca da Perfeição"), year=2014),
    Work(Localized("Singin' in the Rain", "Cantando na Chuva"), year=1952, forms=("Singing in the Rain",)),
    Work(Localized("The Wizard of Oz", "O Mágico de Oz"), year=1939),
    Work(Localized("Beauty and the Beast", "A Bela e a Fera"), year=2017),
    Work(Localized("Moonlight", "Moonlight: Sob a Luz do Luar"), year=2016),
    Work(Localized("Speed", "Velocidade Máxima"), year=1994),
    Work(Localized("Spider-Man", "Homem-Aranha"), year=2002),
    Work(
        Localized("Guy and Madeline on a Park Bench", "Guy and Madeline on a Park Bench"),
        year=2009,
        forms=("Guy and Madeline",),
    ),
    Work(Localized("Crazy, Stupid, Love.", "Amor a Toda Prova"), year=2011),
    Work(Localized("Ice Age: Continental Drift", "A Era do Gelo 4"), year=2012, forms=("Ice Age 4",)),
    Work(Localized("8½", "8½"), year=1963, forms=("Oito e Meio", "Otto e mezzo")),
    Work(Localized("One Flew Over the Cuckoo's Nest", "Um Estranho no Ninho"), year=1975),
    Work(Localized("Swing Time", "Ritmo Louco"), year=1936),
    Work(Localized("Top Hat", "O Picolino"), year=1935),
    Work(Localized("The Band Wagon", "A Roda da Fortuna"), year=1953, forms=("The Bandwagon",)),
    Work(Localized("Fanny and Alexander", "Fanny e Alexander"), year=1982),
    Work(Localized("Rocky II", "Rocky II: A Revanche"), year=1979),
    Work(Localized("Rocky III", "Rocky III: O Desafio Supremo"), year=1982),
    Work(Localized("Ocean's Eleven", "Onze Homens e um Segredo"), year=2001),
    Work(Localized("Casablanca", "Casablanca"), year=1942),
    Work(Localized("Cabaret", "Cabaret"), kind=WorkKind.SHOW, year=1966),
    Work(Localized("An American in Paris", "Sinfonia de Paris"), year=1951),
    Work(Localized("Midnight in Paris", "Meia-Noite em Paris"), year=2011),
    Work(Localized("La La Land", "La La Land: Cantando Estações"), year=2016),
    Work(Localized("The Notebook", "Diário de uma Paixão"), year=2004),
    Work(Localized("I Am Legend", "Eu Sou a Lenda"), year=2007),
)
LEXICON = Lexicon.of(PEOPLE, WORKS)

_QUESTIONS: dict[str, tuple[str | Localized, tuple[str | Localized, ...]]] = {
    "sebastian": (Localized("Who plays Sebastian?", "Quem interpreta Sebastian?"), ("Ryan Gosling",)),
    "giveaway": (Localized("Which Gosling plays Sebastian?", "Qual Gosling interpreta Sebastian?"), ("Ryan Gosling",)),
    "swing": (Localized("What time of music is it?", "Que ritmo é?"), ("swing",)),
    "songs": (Localized("How many tunes were written?", "Quantas melodias foram escritas?"), ("107",)),
    "mia": (Localized("Which actress plays Mia?", "Qual atriz interpreta Mia?"), ("Emma Stone",)),
    "keith": (Localized("Which singer plays Keith?", "Que cantor interpreta Keith?"), ("John Legend",)),
    "director": (Localized("Who directed La La Land?", "Quem dirigiu La La Land?"), ("Damien Chazelle",)),
    "sister": (
        Localized("Which member of the Chazelle family has a cameo?", "Quem da família Chazelle faz uma ponta?"),
        ("Anna Chazelle",),
    ),
    "fletcher": (Localized("Who won an Oscar for Whiplash?", "Quem ganhou um Oscar por Whiplash?"), ("J.K. Simmons",)),
    "composer": (Localized("Who is the composer of the score?", "Quem é o compositor da trilha?"), ("Justin Hurwitz",)),
    "dancer": (Localized("Who choreographed the dances?", "Quem coreografou as danças?"), ("Mandy Moore",)),
    "scott": (Localized("Who plays Mia's husband?", "Quem faz o marido de Mia?"), ("Tom Everett Scott",)),
    "sammy": (Localized("Which entertainer is honoured?", "Que artista é homenageado?"), ("Sammy Davis Jr.",)),
    "ali": (Localized("Which boxer is mentioned?", "Que boxeador é citado?"), ("Muhammad Ali",)),
    "platt": (Localized("Which producer made the speech?", "Que produtor discursou?"), ("Marc Platt",)),
    "foucault": (Localized("Who first hung the pendulum?", "Quem pendurou o pêndulo?"), ("Léon Foucault",)),
    "toro": (Localized("Who directed The Shape of Water?", "Quem dirigiu A Forma da Água?"), ("Guillermo del Toro",)),
    "jackson": (Localized("Who plays Jules?", "Quem faz Jules?"), ("Samuel L. Jackson",)),
    "whiplash": (
        Localized("Which film did Chazelle make just before?", "Que filme Chazelle fez logo antes?"),
        ("Whiplash",),
    ),
    "rain": (
        Localized("Which musical is echoed in the steps?", "Que musical é lembrado nos passos?"),
        (Localized("Singin' in the Rain", "Cantando na Chuva"),),
    ),
    "oz": (
        Localized("Which film was scored in the same room?", "Que filme foi gravado na mesma sala?"),
        (Localized("The Wizard of Oz", "O Mágico de Oz"),),
    ),
    "beast": (
        Localized("Which film did Gosling turn down?", "Que filme Gosling recusou?"),
        (Localized("Beauty and the Beast", "A Bela e a Fera"),),
    ),
    "moonlight": (Localized("What won Best Picture?", "O que ganhou como melhor filme?"), ("Moonlight",)),
    "speed": (
        Localized("Which film used the same ramp?", "Que filme usou a mesma rampa?"),
        (Localized("Speed", "Velocidade Máxima"),),
    ),
    "spider": (
        Localized("In which film did Simmons play Jameson?", "Em que filme Simmons foi Jameson?"),
        (Localized("Spider-Man", "Homem-Aranha"),),
    ),
    "guy": (
        Localized("What was Chazelle's first film?", "Qual foi o primeiro filme de Chazelle?"),
        ("Guy and Madeline on a Park Bench",),
    ),
    "iceage": (
        Localized("Which sequel did Fuchs write?", "Que continuação Fuchs escreveu?"),
        (Localized("Ice Age: Continental Drift", "A Era do Gelo 4"),),
    ),
    "fellini": (Localized("Which Fellini film is echoed?", "Que filme de Fellini é lembrado?"), ("8½",)),
    "rocky": (Localized("Which film is that?", "Que filme é esse?"), (Localized("Rocky II", "Rocky II: A Revanche"),)),
    "ocean": (
        Localized("Which film is that?", "Que filme é esse?"),
        (Localized("Ocean's Eleven", "Onze Homens e um Segredo"),),
    ),
    "fanny": (
        Localized("Which Bergman film is it?", "Que filme de Bergman é?"),
        (Localized("Fanny and Alexander", "Fanny e Alexander"),),
    ),
    "cuckoo": (
        Localized("Which film won five Oscars?", "Que filme ganhou cinco Oscars?"),
        (Localized("One Flew Over the Cuckoo's Nest", "Um Estranho no Ninho"),),
    ),
    "statuettes": (Localized("How many Oscars did it win?", "Quantos Oscars o filme ganhou?"), ("6",)),
    "nominations": (
        Localized("How many Oscar nominations did it get?", "Quantas indicações ao Oscar recebeu?"),
        ("14",),
    ),
    "globes": (Localized("How many Golden Globes did it win?", "Quantos Globos de Ouro ganhou?"), ("7",)),
    "hours": (
        Localized("How many hours a day did Gosling practise?", "Quantas horas por dia Gosling treinava?"),
        (Localized("2 hours", "2 horas"),),
    ),
    "height": (Localized("How high was the crane?", "A que altura ficava a grua?"), (Localized("50 feet", "50 pés"),)),
    "budget": (
        Localized("How much did the film cost?", "Quanto custou o filme?"),
        (Localized("$30 million", "US$ 30 milhões"),),
    ),
    "age": (Localized("How old was Emma Stone when she moved?", "Quantos anos Emma Stone tinha?"), ("15",)),
    "year": (Localized("In which year did Cherbourg come out?", "Em que ano saiu Cherbourg?"), ("1964",)),
    "shoot": (Localized("In what year was it shot?", "Em que ano foi filmado?"), ("2015",)),
    "ceremony": (
        Localized("Which Golden Globes ceremony was it?", "Qual edição do Globo de Ouro foi?"),
        (Localized("74th", "74ª"),),
    ),
    "take": (Localized("Which take was used?", "Que tomada foi usada?"), (Localized("second", "segunda"),)),
    "third": (Localized("Which film together was it?", "Qual filme juntos foi?"), (Localized("third", "terceiro"),)),
    "decade": (
        Localized("Which decade's musicals does it honour?", "Os musicais de que década?"),
        (Localized("1930s", "anos 1930"),),
    ),
    "share": (Localized("What share of critics liked it?", "Que parte dos críticos gostou?"), ("91%",)),
    "venice": (
        Localized("On which day did it open the festival?", "Em que dia abriu o festival?"),
        (Localized("31 August 2016", "31 de agosto de 2016"),),
    ),
    "venice2016": (
        Localized("On which day of 2016 did it open the festival?", "Em que dia de 2016 abriu o festival?"),
        (Localized("31 August", "31 de agosto"),),
    ),
    "may": (
        Localized("When did the shooting begin?", "Quando começou a filmagem?"),
        (Localized("May 2015", "maio de 2015"),),
    ),
    "june5": (Localized("When was it?", "Quando foi?"), (Localized("5 June 2016", "5 de junho de 2016"),)),
    "christmas": (
        Localized("When was the wide release of 2016?", "Quando foi a grande estreia de 2016?"),
        (Localized("25 December 2016", "25 de dezembro de 2016"), Localized("Christmas Day 2016", "Natal de 2016")),
    ),
    "month": (Localized("In which month did it open?", "Em que mês estreou?"), (Localized("August", "agosto"),)),
    "piano": (
        Localized("Which instrument does Sebastian play?", "Que instrumento Sebastian toca?"),
        (Localized("the piano", "o piano"),),
    ),
    "guitar": (
        Localized("Which instrument does Legend play in life?", "Que instrumento Legend toca?"),
        (Localized("guitar", "violão"), Localized("guitar", "guitarra")),
    ),
    "colour": (Localized("What colour is the dress?", "De que cor é o vestido?"), (Localized("yellow", "amarelo"),)),
    "hand": (
        Localized("In which hand does she hold it, left or right?", "Em que mão ela segura, esquerda ou direita?"),
        (Localized("left", "esquerda"),),
    ),
    "planetarium": (
        Localized("Where do they dance in the air?", "Onde eles dançam no ar?"),
        (Localized("the planetarium", "o planetário"),),
    ),
    "city": (Localized("In which city is the story set?", "Em que cidade se passa a história?"), ("Los Angeles", "LA")),
    "studio": (
        Localized("Which studio lent its stage?", "Que estúdio emprestou o palco?"),
        ("MGM", "Metro-Goldwyn-Mayer"),
    ),
    "freeways": (
        Localized("Between which two freeways is the ramp?", "Entre que rodovias fica a rampa?"),
        (Localized("the 105 and the 110", "a 105 e a 110"),),
    ),
    "car": (Localized("Which car does Mia drive?", "Que carro Mia dirige?"), ("Toyota Prius", "Prius")),
    "festival": (
        Localized("At which festival did it open?", "Em que festival estreou?"),
        (Localized("Venice Film Festival", "Festival de Veneza"),),
    ),
    "under": (
        Localized("Where was she hiding?", "Onde ela se escondeu?"),
        (Localized("under a car", "debaixo de um carro"),),
    ),
    "dog": (Localized("Which animal is it?", "Que animal é?"), (Localized("a dog", "um cachorro"),)),
    "band": (Localized("What is the name of Keith's band?", "Qual é o nome da banda de Keith?"), ("The Messengers",)),
    "jazz": (Localized("What kind of music does he love?", "Que música ele ama?"), ("jazz",)),
    "song": (Localized("Which song does the band cover?", "Que canção a banda toca?"), ("Take On Me",)),
}

KEYS: dict[str, Key] = {name: prepare(prompt, answers, LEXICON) for name, (prompt, answers) in _QUESTIONS.items()}


@dataclass(frozen=True, slots=True)
class Case:
    category: str
    question: str
    accepted: bool
    guess: str


def cases(file: str) -> Iterator[Case]:
    """The rows of a table: category, question, yes or no, and the guess as a JSON string."""
    with (HERE / file).open(encoding="utf-8", newline="") as lines:
        for category, question, accepted, guess in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            yield Case(category, question, accepted == "yes", json.loads(guess))


TABLE_RIGHT = tuple(
    sorted(
        {
            (case.question, case.guess)
            for case in cases("cases.tsv")
            if case.accepted
            and case.category in {"exact", "surname", "title", "number", "unit", "ordinal", "date", "decade"}
            and len(case.guess) < 100
        },
    ),
)
"""Right answers, plain enough that the properties may change them."""
