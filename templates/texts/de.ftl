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

mail-greeting = Guten Tag { $name },
mail-created-subject = { $tool } kann in Ihrem Namen handeln
mail-created = es gibt ein neues Zugangstoken: Damit kann { $tool } auf dieser Forge in Ihrem Namen handeln, mit einer Ihrer Rollen.
mail-created-then = Falls Sie das nicht erwartet haben, widerrufen Sie das Token und sagen Sie es der Verwaltung der Forge:
mail-created-by-tool = Angelegt von: dem Werkzeug, mit Ihrer Erlaubnis
mail-created-by-own = Angelegt von: Ihnen selbst, auf der Seite Ihrer Token
mail-created-by-user = Angelegt von: { $name }, aus der Verwaltung
mail-created-by-operator = Angelegt von: den Betreibern der Forge
mail-ending-subject = Ihr Token für { $tool } läuft bald ab
mail-ending = ein Zugangstoken, mit dem { $tool } in Ihrem Namen handelt, läuft bald ab. Danach wird das Werkzeug abgewiesen.
mail-ending-then = Soll das Werkzeug weiter arbeiten, lassen Sie es vorher neu um Erlaubnis bitten. Hier finden Sie Ihre Token:
mail-asleep-subject = Ihr Token für { $tool } ruht
mail-asleep = ein Zugangstoken, mit dem { $tool } in Ihrem Namen handelt, ruht: Das Werkzeug wird abgewiesen, bis der Grund weggefallen ist.
mail-asleep-because = Grund: { $reason }
mail-asleep-then = Brauchen Sie das Token nicht mehr, widerrufen Sie es. Hier finden Sie Ihre Token:
mail-revoked-subject = Ihr Token für { $tool } wurde widerrufen
mail-revoked = ein Zugangstoken, mit dem { $tool } in Ihrem Namen handelte, wurde widerrufen. Das Werkzeug wird ab jetzt abgewiesen.
mail-revoked-then = Soll das Werkzeug weiter arbeiten, kann es Sie neu um Erlaubnis bitten, wenn die Verwaltung nichts dagegen hat. Hier finden Sie Ihre Token:
mail-revoked-by-tool = Widerrufen von: dem Werkzeug
mail-revoked-by-own = Widerrufen von: Ihnen selbst
mail-revoked-by-user = Widerrufen von: { $name }, aus der Verwaltung
mail-revoked-by-operator = Widerrufen von: den Betreibern der Forge
mail-because-user_suspended = Sie sind gesperrt
mail-because-consumer_disabled = das Werkzeug wurde abgeschaltet
mail-because-project_archived = das Projekt wurde archiviert
mail-because-role_not_held = Sie haben die Rolle nicht mehr
mail-because-plugin_off_for_project = für das Projekt sind Werkzeuge abgeschaltet
mail-because-plugin_off_for_user = Sie haben Werkzeuge für sich abgeschaltet
mail-tool = Werkzeug: { $tool }
mail-role = Rolle: { $role }
mail-label = Von Ihnen genannt: { $label }
mail-from = Angefordert von: { $address }
mail-reason = Grund: { $reason }
mail-expires = Läuft ab: { $when }
mail-endless = Läuft ab: erst, wenn Sie es widerrufen
mail-why = Die Forge schreibt Ihnen das, weil es um Ihre Rechte geht. Antworten auf diesen Brief liest niemand.
