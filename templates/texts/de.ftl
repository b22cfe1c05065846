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

right-read = Einträge lesen
right-submit = Einträge anlegen
right-tech = Einträge öffnen und schließen
right-manager = Einträge ändern
right-vote = abstimmen
role-in-project = <strong>{ $role }</strong> in { $project }
role-of-forge = <strong>{ $role }</strong> auf der ganzen Forge
role-all-projects = alle Projekte
role-may = In <strong>{ $tracker }</strong> darf es: { $rights }.
role-may-not = Es darf nicht: { $rights }.
role-cannot-see = Es sieht nicht: { $trackers }.
role-further = { $count ->
    [one] Auch in einem weiteren Tracker darf es etwas tun.
   *[other] Auch in { $count } weiteren Trackern darf es etwas tun.
}
role-runs-forge = Es darf die ganze Forge verwalten: jedes Projekt, jeden Tracker darin, und die Werkzeuge.
role-runs-project = Es darf das Projekt verwalten: seine Tracker, seine Rollen und wer sie hat.
role-sees-project = Es sieht, dass es das Projekt gibt, und sonst nichts.
role-can-nothing = Zurzeit darf es gar nichts.
lacks-tracker = Zu wenig für dieses Werkzeug. Es muss in einem Tracker dürfen: { $rights }.
lacks-project-read = Zu wenig für dieses Werkzeug. Es muss ein Projekt sehen.
lacks-project-admin = Zu wenig für dieses Werkzeug. Es muss ein Projekt verwalten.
lacks-forge-admin = Zu wenig für dieses Werkzeug. Es muss die ganze Forge verwalten.
roles-before = Rollen davor
roles-after = Weitere Rollen
lifetime-label = Es darf für Sie handeln für die Dauer von
lifetime-until-revoked = bis ich es widerrufe
label-label = Name dieses Zugangs
label-hint = Unter dem Sie ihn in „Meine Zugänge“ wiederfinden: was das Werkzeug damit tut, oder wo es läuft.
tool-name = Werkzeug
tool-about = Darüber
tool-home = Startseite
tool-contact = Kontakt
tool-registered = Hier registriert
tool-used-by = Hier genutzt von
tool-users = { $count ->
    [0] niemandem
    [one] einer Person
   *[other] { $count } Personen
}
tool-users-or-more = { $count } Personen oder mehr
tool-unused = Hier nutzt dieses Werkzeug noch niemand. Vergewissern Sie sich, dass es das gemeinte ist, bevor Sie es für sich handeln lassen.

## login

## problems

## home

## endpoints

## consent

consent-title = { $tool } möchte für Sie handeln
consent-logged-in-as = Angemeldet als
consent-as-whom = Sie sind angemeldet als <strong>{ $user }</strong> ({ $name }).
consent-switch = Das sind nicht Sie? Als jemand anderes anmelden
consent-who-asks = Wer fragt
consent-given = Was { $tool } schon für Sie darf
consent-all-given = Diese Zugänge ansehen oder widerrufen
consent-the-role = Es würde mit dieser Rolle handeln
consent-choose-role = Wählen Sie die eine Rolle, mit der es handeln darf
consent-one-role = Das Werkzeug bekommt die Rechte dieser einen Rolle, und keine Ihrer anderen. Unter „Meine Zugänge“ können Sie das jederzeit widerrufen.
consent-none-will-do = Keine Ihrer Rollen reicht für das, was dieses Werkzeug braucht. Sie können ablehnen, oder die Verwaltung eines Projekts um eine weitere Rolle bitten.
consent-no-role = Sie haben keine Rolle, die Sie leihen könnten.
consent-no-role-yet = Das Werkzeug kann erst für Sie handeln, wenn ein Projekt Ihnen eine gibt. Sie können ablehnen.
consent-terms = Für wie lange, und unter welchem Namen
consent-then-code = Danach zeigt Ihnen diese Seite einen Code, den Sie dem Werkzeug geben.
consent-then-host = Danach geht Ihr Browser zurück zu <strong>{ $host }</strong>.
consent-then-tool = Danach geht Ihr Browser zurück zum Werkzeug.
consent-authorize = Erlauben
consent-deny = Ablehnen
switch-present = Sie sind angemeldet als <strong>{ $user }</strong>. Wer sich hier anmeldet, tritt an Ihre Stelle, und jene Sitzung endet.

## tokens

tokens-title = Meine Zugänge
tokens-lead = Jeder lässt ein Werkzeug mit einer Rolle für Sie handeln. Widerrufen, wird er schon bei der nächsten Anfrage abgelehnt.
tokens-decisions = Entscheidungen, die ein Werkzeug noch abholen muss
tokens-narrow = Liste eingrenzen
tokens-words = Werkzeug oder Name
tokens-any-state = gleich welcher
tokens-of-tool = Nur die von <strong>{ $tool }</strong>
tokens-caption = Werkzeuge, die für Sie handeln
tokens-tool = Werkzeug
tokens-acts-as = Handelt als
tokens-granted = Erlaubt
tokens-last-used = Zuletzt benutzt
tokens-state = Zustand
tokens-change = Ändern
tokens-from = von { $address }
tokens-not-yet = noch nie
tokens-expires = endet { $when }
tokens-until-revoked = bis zum Widerruf
tokens-what = was { $tool } als { $role } darf
tokens-none = Kein Werkzeug handelt für Sie
tokens-none-next = Wenn eines darum bittet, wählen Sie eine Ihrer Rollen dafür, und es steht dann hier.
tokens-none-found = Kein Zugang passt
tokens-none-found-next = Fragen Sie nach weniger, zeigen Sie alle an, oder sehen Sie weiter zurück, wo es mehr gibt.
revoke = Widerrufen
revoke-it = Widerrufen
revoke-means = Das Werkzeug wird ab seiner nächsten Anfrage abgelehnt. Das lässt sich nicht zurücknehmen: es müsste Sie neu fragen.
rename = Umbenennen
name-it = Benennen
label-short = Name
save = Speichern
revoke-all = Alle meine Zugänge widerrufen
revoke-all-of = Alle Zugänge von { $tool } widerrufen
revoke-all-count = { $count ->
    [one] Ein Zugang wird widerrufen.
   *[other] { $count } Zugänge werden widerrufen.
}
revoke-all-means = Was sie benutzt, wird ab der nächsten Anfrage abgelehnt, und Entscheidungen, die ein Werkzeug noch abholen muss, werden zurückgenommen. Das lässt sich nicht rückgängig machen: jedes Werkzeug müsste Sie neu fragen.
revoke-all-do = { $count ->
    [one] Einen Zugang widerrufen
   *[other] { $count } Zugänge widerrufen
}
revoke-all-nothing = Es gibt nichts zu widerrufen
revoke-all-back = Zurück zu Meine Zugänge
wrong-role_id = Wählen Sie eine Ihrer Rollen.
wrong-lifetime = Wählen Sie eine der angebotenen Zeiten.
wrong-label = Ein Name ist druckbarer Text von höchstens 64 Zeichen.
wrong-reason = Ein Grund ist druckbarer Text von höchstens 500 Zeichen.

## standing

standing-live = gültig
standing-asleep = ruht
standing-expired = abgelaufen
standing-revoked = widerrufen
asleep-user_suspended = der Benutzer ist gesperrt
asleep-consumer_disabled = das Werkzeug ist gesperrt
asleep-project_archived = das Projekt ist archiviert
asleep-role_not_held = Sie haben die Rolle zurzeit nicht
asleep-plugin_off_for_project = das Projekt lässt keine Werkzeuge ein
asleep-plugin_off_for_user = Sie leihen Werkzeugen keine Rollen

## direct-issue

issue-title = Zugang ausstellen
issue-lead = Für ein Werkzeug, das einen eingefügten Zugang nimmt und Sie nicht selbst fragen kann, etwa einen Build-Server. Es handelt für Sie mit einer Ihrer Rollen.
issue-choose-tool = Wählen Sie das Werkzeug
issue-begins = Sein Name beginnt mit
issue-no-such-tool = Kein Werkzeug dieses Namens ist hier registriert und zugelassen.
issue-no-tool = Hier ist noch kein Werkzeug registriert. Das tut die Verwaltung der Forge.
issue-to = Ein Zugang für { $tool }
issue-another-tool = Ein anderes Werkzeug
issue-the-tool = Das Werkzeug
issue-your-roles = Ihre Rollen
issue-do = Zugang ausstellen
issued-title = Ein Zugang für { $tool }
issued-copy-now = Kopieren Sie jetzt beide Teile.
issued-never-again = Keine Seite zeigt das Geheimnis noch einmal, und niemand kann es nachschlagen. Wer es hat, handelt für Sie.
issued-token = Der Zugang
issued-key = Zugang
issued-secret = Geheimnis
issued-good-until = Gültig bis
try-means = Probiert ihn hier aus: Ihr Browser schickt beide Teile zurück, damit wird eine Anfrage signiert, wie das Werkzeug es täte, und geprüft wie jede andere. Nichts verlässt diesen Server, und das Geheimnis wird nicht aufbewahrt.
try-do = Ausprobieren (in einem neuen Tab)
tried-title = Der Zugang für { $tool }, ausprobiert
tried-well = Er funktioniert: die Anfrage kam durch als <strong>{ $user }</strong> mit der Rolle <strong>{ $role }</strong>.
tried-badly = Die Anfrage wurde abgelehnt: <code>{ $code }</code>. Was das heißt, steht hier:
issued-jenkins = Jenkins, Plugin OSLC-CM
issued-jenkins-job = In der Konfiguration des Jobs:
issued-jenkins-global = Einmal für alle Jobs, in der Konfiguration von Jenkins unter „Global OSLC Consumer Settings“: <strong>Key</strong> und <strong>Consumer Secret</strong> sind die, mit denen das Werkzeug registriert wurde.
issued-no-reports = Mit dieser Rolle kann das Werkzeug in keinem Tracker etwas anlegen.
issued-placeholders = <code>CONSUMER_KEY</code> und <code>CONSUMER_SECRET</code> sind die, mit denen das Werkzeug registriert wurde.
issued-own-client = Das Programm für die Befehlszeile
issued-done = Beide sind kopiert, weiter zu Meine Zugänge

## decisions

## consumers

needs-label = Braucht
needs-hint = Was die Rolle mindestens dürfen muss, mit der es handelt. Weniger kann ihm niemand leihen.
needs-nothing = nichts Bestimmtes
needs-tracker-read = in einem Tracker Einträge lesen
needs-tracker-submit = in einem Tracker Einträge anlegen
needs-tracker-technician = in einem Tracker Einträge öffnen und schließen
needs-tracker-manager = in einem Tracker Einträge ändern
needs-project-read = ein Projekt sehen
needs-project-admin = ein Projekt verwalten
needs-forge-admin = die Forge verwalten

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
