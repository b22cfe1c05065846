### Was die Seiten sagen, auf Deutsch. en.ftl hält dieselben Nachrichten auf Englisch; ein Test vergleicht beide.

## frame

# Der Name des Programms, im Kopf und im Titel jeder Seite.
frame-brand = OAuth-Anbieter der Forge
frame-skip = Zum Inhalt springen
frame-main = Hauptmenü
frame-projects = Projekte
frame-tokens = Meine Zugänge
frame-tools = Werkzeuge
frame-users = Benutzer
frame-overview = Überblick
frame-audit = Protokoll
frame-refusals = Ablehnungen
frame-authors = Für Werkzeug-Autoren
frame-logged-in-as = Angemeldet als { $name }
frame-log-in = Anmelden
frame-log-out = Abmelden
frame-promise = Werkzeuge handeln hier mit genau einer Ihrer Rollen.
frame-front-page = Startseite
frame-language = Sprache

## times

time-now = gerade eben
time-years-ago = { $count ->
    [one] vor einem Jahr
   *[other] vor { $count } Jahren
}
time-years-ahead = { $count ->
    [one] in einem Jahr
   *[other] in { $count } Jahren
}
span-years = { $count ->
    [one] 1 Jahr
   *[other] { $count } Jahre
}
time-months-ago = { $count ->
    [one] vor einem Monat
   *[other] vor { $count } Monaten
}
time-months-ahead = { $count ->
    [one] in einem Monat
   *[other] in { $count } Monaten
}
time-days-ago = { $count ->
    [one] gestern
   *[other] vor { $count } Tagen
}
time-days-ahead = { $count ->
    [one] morgen
   *[other] in { $count } Tagen
}
span-days = { $count ->
    [one] 1 Tag
   *[other] { $count } Tage
}
time-hours-ago = { $count ->
    [one] vor einer Stunde
   *[other] vor { $count } Stunden
}
time-hours-ahead = { $count ->
    [one] in einer Stunde
   *[other] in { $count } Stunden
}
span-hours = { $count ->
    [one] 1 Stunde
   *[other] { $count } Stunden
}
time-minutes-ago = { $count ->
    [one] vor einer Minute
   *[other] vor { $count } Minuten
}
time-minutes-ahead = { $count ->
    [one] in einer Minute
   *[other] in { $count } Minuten
}
span-minutes = { $count ->
    [one] 1 Minute
   *[other] { $count } Minuten
}
time-seconds-ago = { $count ->
    [one] vor einer Sekunde
   *[other] vor { $count } Sekunden
}
time-seconds-ahead = { $count ->
    [one] in einer Sekunde
   *[other] in { $count } Sekunden
}
span-seconds = { $count ->
    [one] 1 Sekunde
   *[other] { $count } Sekunden
}

## lists

list-search = Suchen
list-filter = Anzeigen
list-clear = Alle anzeigen
list-newer = Neuere
list-older = Ältere
list-first = Zurück zur ersten Seite
list-pages = Seiten dieser Liste
dialog-cancel = Abbrechen
form-optional = freiwillig
form-error = Fehler:
form-reason = Grund
form-reason-hint = Für das Protokoll.
copy = Kopieren
copied = Kopiert

## roles

## login

## problems

## home

## endpoints

## consent

## tokens

## standing

## direct-issue

## decisions

## consumers

## figures

figures-spark = { $calls ->
    [0] Kein Aufruf in { $days } Tagen
    [one] 1 Aufruf in { $days } Tagen
   *[other] { $written } Aufrufe in { $days } Tagen, höchstens { $most } an einem
}
figures-as-table = Dasselbe als Tabelle

## overview

## audit

## refusals

## people

## users

## projects

## project-roles

## plugin-use

## project-tokens

## trackers

## items

## mail
