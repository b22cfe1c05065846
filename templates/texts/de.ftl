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

consumers-title = Werkzeuge
consumers-lead = Was Benutzer dieser Forge bitten darf, für sie zu handeln.
consumers-register = Werkzeug anmelden
consumers-register-lead = Benutzer sehen diese Angaben, wenn das Werkzeug für sie handeln möchte.
consumers-do-register = Anmelden
consumers-narrow = Werkzeuge finden
consumers-words = Name, Beschreibung oder Host
consumers-which-all = Alle
consumers-which-enabled = Eingeschaltete
consumers-which-disabled = Abgeschaltete
consumers-which-unused = Seit 30 Tagen ohne angenommenen Aufruf
consumers-caption = Angemeldete Werkzeuge
consumers-tool = Werkzeug
consumers-home-page = Startseite
consumers-state = Zustand
consumers-enabled = eingeschaltet
consumers-disabled = abgeschaltet
consumers-tokens = Zugänge
consumers-calls = Aufrufe in 30 Tagen
consumers-registered = Angemeldet
consumers-none = Noch ist kein Werkzeug angemeldet
consumers-none-next = Melden Sie das erste an: Sie erhalten einen Schlüssel und ein Geheimnis für seine Einstellungen.
consumers-none-found = Kein Werkzeug passt
consumers-none-found-next = Versuchen Sie den Anfang eines Wortes oder einen anderen Zustand.
consumers-edit = Bearbeiten
consumers-edit-title = { $name } bearbeiten
consumers-edit-lead = Name, Schlüssel und Geheimnisse bleiben. Was Sie hier ändern, gilt ab der nächsten Anfrage.
consumers-save = Speichern
consumers-mend = Es wurde noch nichts gespeichert. Bitte berichtigen Sie zuerst:
consumers-field-name = Name
consumers-field-url = Startseite
consumers-field-description = Beschreibung
consumers-field-email = Kontakt
consumers-field-callbacks = Rücksprungadressen
consumers-field-public_key = Öffentlicher Schlüssel
consumers-field-networks = Netze
consumers-field-owner = Zuständig
consumers-field-reason = Grund
consumers-hint-name = Buchstaben, Ziffern, Punkte, Unter- und Bindestriche, am Anfang ein Buchstabe oder eine Ziffer; höchstens 128.
consumers-hint-url = Wo Benutzer mehr darüber lesen: eine Adresse mit http:// oder https://.
consumers-hint-description = Was es für den Benutzer tut, in einem Satz.
consumers-hint-email = Die E-Mail-Adresse dessen, der es betreibt.
consumers-hint-callbacks = Eine Adresse je Zeile. Schema, Host, Port und Pfad müssen übereinstimmen. Immer erlaubt, und ohne Eintrag als Einziges: oob, ein Code, den der Benutzer zum Werkzeug trägt.
consumers-hint-public_key = Nur für die RSA-Verfahren: PEM, beginnt mit -----BEGIN PUBLIC KEY-----.
consumers-hint-networks = Von wo es anfragen darf: eine Adresse oder ein CIDR-Block je Zeile, etwa 10.0.0.7 oder 10.0.0.0/8. Von anderswo wird es abgelehnt, auch mit seinen Zugängen. Ohne Eintrag: von überall.
consumers-hint-owner = Wer sich darum kümmert: ein Benutzer dieser Forge mit seinem Anmeldenamen. Abgelehnte Anfragen des Werkzeugs werden ihm erklärt; andere Rechte daran bekommt er nicht.
consumers-what = Was es ist
consumers-key = Schlüssel
consumers-the-secret = Geheimnis
consumers-no-owner = niemand Bestimmtes
consumers-no-callback = keine angemeldet, also ist nur <code>oob</code> erlaubt
consumers-from-everywhere = es darf von überall anfragen
consumers-has-public-key = angemeldet, also stehen ihm die RSA-Verfahren offen
consumers-no-public-key = keiner, also unterschreibt es mit HMAC
consumers-done-to-it = Was mit ihm und durch es geschah
consumers-is-disabled = Alle Anfragen dieses Werkzeugs werden abgelehnt. Wieder eingeschaltet, arbeitet es mit den Zugängen weiter, die es hat.
consumers-enable = { $name } einschalten
consumers-calls-of-days = Aufrufe der letzten { $days } Tage
consumers-access-tokens = Zugänge
consumers-holds = { $tokens ->
    [0] Es hat keinen Zugang, also hängt niemandes Arbeit daran.
    [one] Es hat <strong>1 Zugang</strong> von 1 Benutzer.
   *[other] Es hat <strong>{ $written } Zugänge</strong> von { $users ->
        [one] 1 Benutzer.
       *[other] { $users_written } Benutzern.
    }
}
consumers-held-caption = Die neuesten Zugänge, die es hat
consumers-held-more = Dies sind die neuesten { $shown }.
consumers-user = Benutzer
consumers-role = Rolle
consumers-role-in = { $role } in { $project }
consumers-role-of-forge = { $role } in der ganzen Forge
consumers-live = gültig
consumers-asleep = schläft
consumers-ended = beendet
consumers-why-user_suspended = der Benutzer ist gesperrt
consumers-why-consumer_disabled = das Werkzeug ist abgeschaltet
consumers-why-project_archived = das Projekt ist archiviert
consumers-why-role_not_held = der Benutzer hat die Rolle nicht
consumers-why-plugin_off_for_project = das Projekt lässt keine Werkzeuge zu
consumers-why-plugin_off_for_user = der Benutzer leiht Werkzeugen keine Rollen
consumers-last-used = Zuletzt benutzt
consumers-expires = Läuft ab
consumers-never = nie
consumers-no-end = wenn er widerrufen wird
consumers-secrets = Geheimnisse
consumers-secrets-caption = Die Geheimnisse, mit denen { $name } unterschreiben darf
consumers-secret = Geheimnis
consumers-made = Erzeugt
consumers-signed-last = Unterschrieb zuletzt
consumers-last-to-sign = unterschrieb als Letztes
consumers-retires = Endet
consumers-retires-when-let = wenn es jemand beendet
consumers-place-newest = neuestes
consumers-place-former = vorheriges
consumers-both-sign = Beide gelten. Beenden Sie das vorherige, sobald das Werkzeug das neueste hat; oder kehren Sie zu ihm zurück, dann endet das neueste.
consumers-retire = Vorheriges Geheimnis beenden
consumers-ask-retire = Vorheriges Geheimnis beenden?
consumers-then-retire = Was noch damit unterschreibt, wird ab der nächsten Anfrage abgelehnt. Das lässt sich nicht rückgängig machen.
consumers-step-back = Zum vorherigen Geheimnis zurückkehren
consumers-ask-step-back = Zum vorherigen Geheimnis zurückkehren?
consumers-then-step-back = Das neueste Geheimnis endet sofort, und was damit unterschreibt, wird ab der nächsten Anfrage abgelehnt. Das vorherige gilt weiter.
consumers-another-secret = Neues Geheimnis erzeugen …
consumers-stop = Seine Arbeit anhalten
consumers-stop-lead = Abgeschaltet wird es abgelehnt, bis Sie es wieder einschalten. Entfernt ist es für immer weg, mit allen Zugängen. Vorher sehen Sie, was dann stillsteht.
consumers-go-disable = { $name } abschalten …
consumers-go-remove = { $name } entfernen …
consumers-ask-disable = { $name } abschalten?
consumers-ask-remove = { $name } entfernen?
consumers-ask-rotate = Neues Geheimnis für { $name } erzeugen?
consumers-then-disable = Alle Anfragen dieses Werkzeugs werden ab der nächsten abgelehnt. Seine Zugänge bleiben und gelten wieder, sobald es eingeschaltet ist.
consumers-then-remove = Das Werkzeug und alle seine Zugänge sind sofort weg, und das lässt sich nicht rückgängig machen. Was es eingetragen hat, bleibt unter seinem Namen. Um es nur eine Weile anzuhalten, schalten Sie es ab.
consumers-then-rotate = Das Werkzeug braucht das neue Geheimnis, bevor das jetzige endet. Bis dahin gelten beide, Sie können es also ohne Lücke übertragen.
consumers-stops-disable = Was stillsteht
consumers-stops-remove = Was stillsteht
consumers-stops-rotate = Was daran hängt
consumers-never-three = Es gibt nie mehr als zwei Geheimnisse: Das vorherige endet hiermit.
consumers-secret-of-now = Das jetzige Geheimnis
consumers-overlap-until_retired = gilt, bis es jemand beendet
consumers-overlap-week = gilt noch eine Woche
consumers-overlap-day = gilt noch einen Tag
consumers-overlap-hour = gilt noch eine Stunde
consumers-overlap-none = wird sofort abgelehnt
consumers-do-disable = { $name } abschalten
consumers-do-remove = { $name } entfernen
consumers-do-rotate = Neues Geheimnis erzeugen
consumers-made-title-new = { $name } ist angemeldet
consumers-made-title-another = { $name } hat ein neues Geheimnis
consumers-shown-once = <strong>Das Geheimnis wird nur dieses eine Mal gezeigt.</strong> Übertragen Sie es jetzt in die Einstellungen des Werkzeugs: Keine Seite zeigt es noch einmal.
consumers-credentials = Zugangsdaten
consumers-try = Probieren Sie es aus
consumers-try-lead = Das bittet um vorläufige Zugangsdaten und gibt die Adresse aus, die im Browser zu öffnen ist:
consumers-try-next = Wie es weitergeht, für Autoren von Werkzeugen
consumers-have-copied = Ich habe das Geheimnis übertragen
consumers-field-needs = Braucht
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
figures-nothing = Noch kein Aufruf. Was Werkzeuge von jetzt an anfragen, wird hier gezählt.
figures-accepted = Angenommen
figures-refused = Abgelehnt
figures-accepted-of = { $calls } angenommen
figures-refused-of = { $calls } abgelehnt
figures-most-a-day = Der höchste Balken steht für { $most } an einem Tag.
figures-most-an-hour = Der höchste Balken steht für { $most } in einer Stunde.
figures-by-day = Aufrufe nach Tagen (UTC)
figures-by-hour = Aufrufe nach Stunden (UTC)
figures-day = Tag
figures-hour = Stunde
figures-why = Warum Aufrufe abgelehnt wurden
figures-code = Code
figures-codes-explained = Was die Codes bedeuten und was hilft

## overview

overview-title = Überblick
overview-lead = Wie es den Werkzeugen dieser Forge geht.
overview-calls = Aufrufe der letzten { $hours } Stunden
overview-busiest = Am meisten fragten heute
overview-nobody-asked = Heute hat noch kein Werkzeug etwas gefragt.
overview-tokens = Zugänge
overview-live = Gültig
overview-asleep = Schlafend
overview-expired = Abgelaufen
overview-revoked = Widerrufen
overview-counted = Gezählt { $at }. Neu gezählt wird, wenn jemand nachsieht, höchstens einmal in der Minute.
overview-newest-asleep = Die neuesten, die schlafen
overview-expiring = Laufen innerhalb von { $days } Tagen ab
overview-none-expiring = Keiner. Ein Werkzeug, dessen Zugang bald endet, fragt seinen Benutzer neu.
overview-last-done = Zuletzt geschehen
overview-all-done = Das ganze Protokoll

## audit

audit-title = Protokoll
audit-lead = Wer was getan hat, das Neueste zuerst. Nichts darin wird je geändert oder entfernt.
audit-narrow = Einträge finden
audit-user = Wer es tat oder wen es betrifft
audit-tool = Werkzeug
audit-action = Handlung
audit-any-action = Alle
audit-since = Seit
audit-since-is-wrong = Schreiben Sie einen Tag wie 2026-01-31 oder einen Zeitpunkt wie 2026-01-31T13:00:00Z.
audit-none = Nichts dergleichen ist geschehen
audit-none-next = Namen sind die von damals.
audit-caption = Was geschehen ist
audit-entry = Eintrag
audit-time = Zeit
audit-who = Wer
audit-from = von { $address }
audit-what = Was
audit-why = Warum
audit-unreadable = An diesem Eintrag wurde etwas verändert; er ist nicht lesbar.

## refusals

## people

form-save = Speichern
form-name-hint = Buchstaben ohne Umlaute, Ziffern, „.“, „_“ und „-“. Der Name steht in Adressen und lässt sich später nicht ändern.
mistake-missing = Dieses Feld darf nicht leer sein.
mistake-name-length = Ein Name hat 1 bis 128 Zeichen.
mistake-name-characters = Ein Name besteht aus Buchstaben ohne Umlaute, Ziffern, „.“, „_“ und „-“ und beginnt mit einem Buchstaben oder einer Ziffer.
mistake-role-characters = Der Name einer Rolle ist druckbarer Text ohne „/“ und ohne Leerzeichen am Anfang oder Ende.
mistake-taken = Dieser Name ist schon vergeben.
mistake-reserved = Dieser Name hat hier eine eigene Bedeutung.
mistake-line = Hier gehört eine Zeile druckbarer Text hin, höchstens 200 Zeichen.
mistake-mail = Das ist keine Mailadresse.
mistake-reason = Ein Grund ist eine Zeile druckbarer Text, höchstens 500 Zeichen.
mistake-password-short = Ein Passwort hat mindestens 8 Zeichen.
mistake-password-long = Dieses Passwort ist zu lang.
mistake-passwords-differ = Die beiden Passwörter sind nicht gleich.
mistake-password-wrong = Das ist nicht das jetzige Passwort.
mistake-no-such-user = Es gibt niemanden mit diesem Anmeldenamen.
mistake-holds-already = Diese Person hat die Rolle schon.
mistake-oneself = Sie können sich nicht selbst sperren.
mistake-last-administrator = Dann könnte niemand mehr die Forge verwalten. Geben Sie zuerst jemand anderem dieses Recht.
ask-suspend-title = { $name } sperren?
ask-suspend-lead = { $name } wird überall abgemeldet und kann sich nicht mehr anmelden. Jedes Token wird abgelehnt, bis das Konto wieder freigegeben ist.
ask-suspend-tokens = Diese Tokens funktionieren dann nicht mehr
ask-suspend-do = Sperren
ask-activate-title = { $name } wieder freigeben?
ask-activate-lead = { $name } kann sich wieder anmelden, und Tokens, die geruht haben, funktionieren wieder.
ask-activate-tokens = Tokens
ask-activate-do = Freigeben
ask-archive-title = { $name } archivieren?
ask-archive-lead = Das Projekt bleibt erhalten, aber niemand arbeitet mehr darin: Niemand hat mehr seine Rollen, und Tokens mit diesen Rollen ruhen. Nur die Verwaltung der Forge kann es zurückholen.
ask-archive-tokens = Diese Tokens ruhen dann
ask-archive-do = Archivieren
ask-reopen-title = { $name } zurückholen?
ask-reopen-lead = Alle haben wieder die Rollen, die sie hatten, und die Tokens dazu wachen auf.
ask-reopen-tokens = Tokens
ask-reopen-do = Zurückholen
ask-project-off-title = Werkzeuge aus { $name } aussperren?
ask-project-off-lead = Keine Rolle des Projekts wird mehr an Werkzeuge verliehen, und Tokens mit diesen Rollen ruhen, bis Werkzeuge wieder zugelassen sind. Die Menschen behalten ihre Rollen.
ask-project-off-tokens = Diese Tokens ruhen dann
ask-project-off-do = Werkzeuge aussperren
ask-project-on-title = Werkzeuge in { $name } zulassen?
ask-project-on-lead = Die Rollen des Projekts lassen sich wieder an Werkzeuge verleihen, und Tokens, die deshalb geruht haben, wachen auf.
ask-project-on-tokens = Tokens
ask-project-on-do = Werkzeuge zulassen
ask-user-off-title = Keine Rollen mehr verleihen?
ask-user-off-lead = Kein Werkzeug kann mehr für Sie handeln: Ihre Tokens ruhen, und keine Ihrer Rollen wird angeboten, bis Sie es wieder ändern. Es geht nichts verloren.
ask-user-off-tokens = Diese Tokens ruhen dann
ask-user-off-do = Keine Rollen verleihen
ask-user-on-title = Wieder Rollen verleihen?
ask-user-on-lead = Werkzeuge können Sie wieder um eine Rolle bitten, und Tokens, die deshalb geruht haben, wachen auf.
ask-user-on-tokens = Tokens
ask-user-on-do = Rollen verleihen
ask-weaken-title = { $name } weniger erlauben?
ask-weaken-lead = Alle mit dieser Rolle verlieren diese Rechte mit der nächsten Anfrage, und ebenso jedes Werkzeug, das mit ihr handelt.
ask-weaken-tokens = Diese Tokens verlieren die Rechte
ask-weaken-do = Diese Rechte entziehen
ask-remove-role-title = Die Rolle { $name } löschen?
ask-remove-role-lead = Niemand hat sie mehr, und ihre Tokens werden mit ihr gelöscht. Das lässt sich nicht rückgängig machen: Eine gleichnamige Rolle ist eine andere.
ask-remove-role-tokens = Diese Tokens werden gelöscht
ask-remove-role-do = Rolle löschen
ask-take-role-title = { $of } die Rolle { $name } entziehen?
ask-take-role-lead = { $of } hat sie dann nicht mehr, und Tokens mit dieser Rolle ruhen, bis sie zurückgegeben wird.
ask-take-role-tokens = Diese Tokens ruhen dann
ask-take-role-do = Rolle entziehen
ask-no-token = Deswegen hört kein Token auf zu funktionieren.
ask-lost = Was wegfällt
lost-forge = die ganze Forge verwalten
lost-admin = das Projekt verwalten
lost-see = sehen, dass es das Projekt gibt
lost-in-read = Einträge lesen in <strong>{ $tracker }</strong>
lost-in-submit = Einträge anlegen in <strong>{ $tracker }</strong>
lost-in-tech = Einträge öffnen und schließen in <strong>{ $tracker }</strong>
lost-in-manager = Einträge bearbeiten in <strong>{ $tracker }</strong>
lost-in-vote = abstimmen in <strong>{ $tracker }</strong>
ask-sessions = { $count ->
    [one] 1 Sitzung endet.
   *[other] { $count } Sitzungen enden.
}
ask-more = { $count ->
    [one] Und 1 weiteres.
   *[other] Und { $count } weitere.
}
ask-more-uncounted = { $count ->
    [one] Und mindestens 1 weiteres.
   *[other] Und mindestens { $count } weitere.
}

## users

users-title = Konten
users-lead = Alle, die sich hier anmelden können oder konnten.
users-forge-roles = Rollen der ganzen Forge
users-new = Konto anlegen
users-new-lead = Teilen Sie das Passwort auf sicherem Weg mit; ändern lässt es sich dann auf der eigenen Seite.
users-add = Konto anlegen
users-filter = Konten suchen
users-search = Anmeldename oder Name beginnt mit
users-all = Alle
users-none = Niemand heißt so
users-none-next = Geben Sie weniger vom Namen ein, oder sehen Sie sich alle an.
user-name = Anmeldename
user-realname = Name
user-email = Mailadresse
user-state = Zustand
user-active = aktiv
user-suspended = gesperrt
user-forge-admin = verwaltet die Forge
user-password = Passwort
user-password-again = Noch einmal dasselbe
user-password-present = Jetziges Passwort
user-password-hint = Mindestens 8 Zeichen.
user-new-password = Neues Passwort
user-set-password = Neues Passwort setzen
user-own-password-lead = Danach sind Sie überall abgemeldet, auch hier, und melden sich mit dem neuen an.
user-new-password-lead = Danach ist { $name } überall abgemeldet und meldet sich mit dem neuen an. Tokens bleiben, wie sie sind.
user-roles = Rollen
user-no-roles = Keine. Wer ein Projekt verwaltet, kann eine vergeben.
user-tokens = Neueste Tokens
user-no-tokens = Kein Werkzeug handelt für dieses Konto.
user-profile = Profil
user-suspend = Sperren …
user-suspend-lead = Wer gesperrt ist, kann sich nicht anmelden, und die Tokens ruhen. Sie sehen vorher, welche.
user-activate = Freigeben …
user-activate-lead = Dieses Konto ist gesperrt: keine Anmeldung, und alle Tokens ruhen.

## projects

projects-lead = Was Sie von dieser Forge sehen können.
projects-new = Projekt anlegen
projects-new-lead = Danach bekommt es Rollen und Tracker.
projects-add = Projekt anlegen
projects-filter = Zu einem Namen gehen
projects-from = Ab diesem Namen
projects-none = Keine Projekte
projects-none-from = Nach diesem Namen kommt keines. Sehen Sie sich alle an.
projects-none-admin = Legen Sie das erste an.
projects-none-next = Sie haben noch in keinem Projekt eine Rolle. Bitten Sie die Verwaltung des Projekts um eine.
project-name = Name
project-title = Titel
project-state = Zustand
project-active = aktiv
project-archived = archiviert
project-no-tools = ohne Werkzeuge
project-trackers = Tracker
project-no-trackers = Keine, die Sie lesen können.
project-no-trackers-admin = Noch keine. Legen Sie den ersten an.
tracker-name = Name eines neuen Trackers
tracker-title = Titel des Trackers
tracker-add = Tracker anlegen
project-roles = Rollen und Menschen
project-no-roles = Noch keine; bisher handelt hier nur die Verwaltung der Forge.
project-all-roles = Alle Rollen und ihre Rechte
project-rights = Rollen und ihre Rechte
project-settings = Einstellungen
project-archive = Archivieren …
project-archive-lead = Ein archiviertes Projekt bleibt erhalten, aber niemand arbeitet darin. Sie sehen vorher, welche Tokens dann ruhen.
project-reopen = Zurückholen …
project-reopen-lead = Dieses Projekt ist archiviert: Niemand arbeitet darin.

## project-roles

roles-title = Rollen von { $project }
roles-of-forge = Rollen der ganzen Forge
roles-lead = Was jede Rolle den Menschen erlaubt, und den Werkzeugen, an die sie sie verleihen.
roles-of-forge-lead = Sie gehören zu keinem Projekt.
roles-new = Rolle anlegen
roles-new-lead = Vergeben Sie sie, wenn sie da ist.
roles-add = Rolle anlegen
roles-members = Wer sie hat
roles-rights = Rechte
roles-on = In
roles-on-project = ganzes Projekt
roles-on-forge = ganze Forge
roles-more-trackers = Es gibt noch mehr Tracker; die Seite jeder Rolle nennt alle.
roles-none = Noch keine Rollen
roles-none-next = Ohne Rolle handelt hier nur die Verwaltung der Forge. Legen Sie die erste an.
role-name = Name der Rolle
role-name-hint = Druckbarer Text ohne „/“.
role-admin = Das Projekt verwalten
role-admin-hint = Alle Rechte darin, auch für künftige Tracker.
role-see = Das Projekt sehen
role-see-hint = Rechte in einem Tracker bringen das mit.
role-forge-admin = Die ganze Forge verwalten
role-forge-admin-hint = Alle Rechte in allen Projekten.
role-more-trackers = Rechte in weiteren Trackern (diese vorher speichern)
role-give = Rolle geben
role-give-hint = Anmeldename der Person, die diese Rolle bekommen soll.
role-take = Entziehen …
role-take-from = von { $name }
role-remove = Rolle löschen …
role-remove-lead = Sie sehen vorher, welche Tokens damit wegfallen.
role-nobody = niemand
role-nobody-yet = Noch hat niemand diese Rolle.
role-in = in { $project }
role-of-whole-forge = in der ganzen Forge
matrix-admin = verwalten
matrix-forge = verwalten
matrix-see = sehen
matrix-read = lesen
matrix-submit = anlegen
matrix-tech = öffnen und schließen
matrix-manager = bearbeiten
matrix-vote = abstimmen
matrix-none = nichts

## plugin-use

plugin-user = Werkzeuge, die für Sie handeln
plugin-user-on = Werkzeuge dürfen um eine Rolle dieses Kontos bitten und mit ihr handeln.
plugin-user-off = Für dieses Konto handelt kein Werkzeug: Keine Rolle wird angeboten, und alle Tokens ruhen.
plugin-user-turn-off = Keine Rollen verleihen …
plugin-user-turn-on = Rollen verleihen …
plugin-project = Werkzeuge in diesem Projekt
plugin-project-on = Wer hier eine Rolle hat, kann sie an ein Werkzeug verleihen.
plugin-project-off = Werkzeuge sind ausgesperrt: Keine Rolle dieses Projekts wird verliehen, und Tokens dazu ruhen.
plugin-project-turn-off = Werkzeuge aussperren …
plugin-project-turn-on = Werkzeuge zulassen …

## project-tokens

project-tokens-title = Tokens, die hier handeln
project-tokens-lead = Welche Werkzeuge in diesem Projekt handeln, für wen und mit welcher Rolle.
project-tokens-filter = Tokens suchen
project-tokens-items = Was es angelegt hat
project-tokens-revoke = Widerrufen
project-tokens-revoke-heading = Das Token von { $tool } widerrufen?
project-tokens-revoke-lead = { $tool } kann dann nicht mehr für { $user } als { $role } handeln; schon die nächste Anfrage wird abgelehnt. Um wieder zu handeln, muss es { $user } neu fragen.
project-tokens-not-yours = Die Rolle gehört nicht zu diesem Projekt; widerrufen können das Token nur sein Konto oder die Verwaltung der Forge.
project-tokens-none = Hier handelt kein Werkzeug
project-tokens-none-next = Wenn jemand eine Rolle dieses Projekts an ein Werkzeug verleiht, steht das Token hier.
project-tokens-none-narrowed = So ist keines. Sehen Sie sich alle an.
acting-tool = Werkzeug
acting-for = Handelt für
acting-role = Rolle
acting-last-used = Zuletzt benutzt
acting-state = Zustand
acting-not-yet = noch nie
acting-from = von { $address }
acting-ends = endet
acting-all = Alle
acting-not-ended = Nicht beendet
acting-live = gültig
acting-asleep = ruht
acting-expired = abgelaufen
acting-revoked = widerrufen
acting-why-user_suspended = das Konto ist gesperrt
acting-why-consumer_disabled = das Werkzeug ist abgeschaltet
acting-why-project_archived = das Projekt ist archiviert
acting-why-role_not_held = das Konto hat die Rolle nicht
acting-why-plugin_off_for_project = das Projekt lässt keine Werkzeuge zu
acting-why-plugin_off_for_user = das Konto verleiht keine Rollen

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
