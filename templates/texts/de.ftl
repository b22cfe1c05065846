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

tracker-lead = Die neuesten zuerst. Bei jedem steht, wer es gemeldet hat, durch welches Werkzeug und in welcher Rolle.
items-search-label = Liste eingrenzen
items-words = Wörter
items-any = egal
items-submitter = Gemeldet von
items-tool = Werkzeug
items-token = Zugang
items-caption = Einträge
items-choose = Auswahl
items-show-all = Offene und geschlossene zeigen
items-none = Hier ist nichts offen
items-none-submit = Melden Sie den ersten Eintrag, oder sehen Sie die geschlossenen an.
items-none-read = Werkzeuge und Menschen, deren Rolle es erlaubt, melden hier Einträge. Vielleicht gibt es geschlossene.
items-none-like-that = Nichts dergleichen
items-none-like-that-next = Alle Wörter müssen im Eintrag stehen, und zwar ganz. Namen gelten so, wie sie beim Melden waren.
items-none-yet = Unter den neuesten ist keiner
items-none-yet-next = Hier gibt es viele Einträge, und die älteren wurden noch nicht angesehen. „Ältere“ sucht weiter.
items-looked-enough = Ältere Einträge wurden noch nicht angesehen; „Ältere“ sucht von hier an weiter.
items-close-chosen = Ausgewählte schließen …
items-close-all = Alle offenen schließen …

## items

item-new = Neuer Eintrag
item-new-lead = Er wird in Ihrem eigenen Namen gemeldet, nicht durch ein Werkzeug.
item-number = Nummer
item-summary = Zusammenfassung
item-summary-hint = Eine Zeile, die sagt, worum es geht.
item-details = Einzelheiten
item-priority = Priorität
item-priority-1 = 1, am niedrigsten
item-priority-2 = 2, niedrig
item-priority-3 = 3, normal
item-priority-4 = 4, hoch
item-priority-5 = 5, am höchsten
item-status = Zustand
item-status-open = offen
item-status-closed = geschlossen
item-tracker = Tracker
item-created = Gemeldet
item-submitter = Gemeldet von
item-tool = Werkzeug
item-role = Rolle
item-token = Zugang
item-token-items = Was Zugang { $token } gemeldet hat
item-filed-as = gemeldet von <strong>{ $tool }</strong> für { $user } als { $role }
item-filed-through = gemeldet von <strong>{ $tool }</strong> für { $user }
item-filed-in-person = gemeldet von { $user }
item-by-as = durch <strong>{ $tool }</strong> für { $user } als { $role }
item-by-through = durch <strong>{ $tool }</strong> für { $user }
item-by-in-person = durch { $user }
item-no-details = Mehr steht nicht da.
item-too-long-to-show = Es gibt mehr, als auf eine Seite passt; ein Werkzeug bekommt alles.
item-too-long-to-edit = Die Einzelheiten sind länger, als auf eine Seite passt. Sie bleiben, wie sie sind; ein Werkzeug kann sie ändern.
item-nothing = nichts
item-close = Schließen
item-reopen = Wieder öffnen
item-edit = Bearbeiten
item-edit-title = Eintrag { $number } bearbeiten
item-edit-lead = Was vorher dastand, bleibt im Verlauf.
item-file = Melden
item-save = Speichern
item-history = Verlauf
item-history-earlier = Was davor geschah
item-changed-summary = Zusammenfassung:
item-changed-details = Einzelheiten:
item-changed-priority = Priorität:
item-changed-status = Zustand:
item-wrong-summary = Schreiben Sie in einer Zeile, worum es geht.
item-wrong-details = Dieser Text enthält ein Zeichen, das nicht aufbewahrt werden kann.
item-wrong-priority = Wählen Sie eine Zahl von 1 bis 5.
item-wrong-reason = Schreiben Sie höchstens 500 Zeichen in einer Zeile, ohne Steuerzeichen.
token-items-title = Was Zugang { $token } gemeldet hat
token-items-back = Zugänge in { $project }
token-items-lead = Einträge in { $project }, die mit diesem Zugang gemeldet wurden, die neuesten zuerst. Wer das Projekt leitet, kann sie auf einmal schließen.
token-items-none = Hier ist nichts
token-items-none-next = Mit diesem Zugang wurde in diesem Projekt nichts gemeldet, das so steht.
closing-title = Einträge schließen
closing-question = { $count ->
    [one] 1 Eintrag schließen?
   *[other] { $count } Einträge schließen?
}
closing-lead = Sie wurden in { $project } mit Zugang { $token } gemeldet und werden jetzt in einem Schritt geschlossen. Bei jedem steht es im Verlauf, und jeder lässt sich wieder öffnen. Der Zugang bleibt, wie er ist: Widerrufen Sie ihn dort, wo er aufgeführt ist, wenn er nichts mehr melden soll.
closing-more = Es sind mehr offen als die { $most }, die in einem Schritt geschlossen werden. Die ältesten kommen zuerst; wiederholen Sie es für die übrigen.
closing-do = { $count ->
    [one] 1 Eintrag schließen
   *[other] { $count } Einträge schließen
}
closing-nothing = Es gibt nichts zu schließen
closing-nothing-next = Es wurde keiner ausgewählt, oder die ausgewählten sind schon geschlossen.
closing-back = Zurück zur Liste

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
