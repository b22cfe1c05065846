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
frame-refusals = Abweisungen
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

list-filter = Anzeigen
list-clear = Alle anzeigen
list-next = Nächste Seite
list-looked-enough = Es wurden noch nicht alle angesehen. „Nächste Seite“ sucht von hier an weiter.
list-none-yet = Bisher nichts gefunden
list-none-yet-next = Hier gibt es viel, und noch nicht alles wurde angesehen. „Nächste Seite“ sucht weiter.
list-first = Zurück zur ersten Seite
list-pages = Seiten dieser Liste
dialog-cancel = Abbrechen
form-optional = optional
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
lacks-project-read = Zu wenig für dieses Werkzeug. Es muss ein Projekt sehen dürfen.
lacks-project-admin = Zu wenig für dieses Werkzeug. Es muss ein Projekt verwalten dürfen.
lacks-forge-admin = Zu wenig für dieses Werkzeug. Es muss die ganze Forge verwalten dürfen.
roles-before = Rollen davor
roles-after = Weitere Rollen
lifetime-label = Es darf für Sie handeln für die Dauer von
lifetime-until-revoked = bis ich den Zugang widerrufe
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

login-title = Anmelden
login-user = Benutzername
login-password = Passwort
login-button = Anmelden
login-wrong = Benutzername oder Passwort ist falsch.
login-here-only = Geben Sie Ihr Passwort nur auf dieser Seite ein. Ein Werkzeug, das für Sie handeln will, braucht es nie.
code-title = Noch ein Schritt
code-lead = Geben Sie diesen Code in { $tool } ein. Er gilt einmal.
code-heading = Ihr Code
code-words = Kopieren Sie ihn und fügen Sie ihn dort ein, wo { $tool } danach fragt. Geben Sie ihn sonst niemandem.
code-denied = Nichts wurde erlaubt
code-denied-lead = { $tool } kann nicht für Sie handeln. Sie können diese Seite schließen.
code-which-tools = Welche Werkzeuge handeln für mich?

## problems

problem-title-wrong-here = Hier ist etwas schiefgegangen
problem-title-senseless = Diese Anfrage ergibt keinen Sinn
problem-title-not-allowed = Nicht erlaubt
problem-title-nothing = Hier ist nichts
problem-title-not-that-way = So nicht
problem-title-too-late = Zu spät
problem-title-too-many = Zu viele Versuche
problem-title-in-a-moment = Gleich wieder da
problem-title-did-not-work = Das hat nicht geklappt
problem-front-page = Zur Startseite
problem-reference = Wenn Sie um Hilfe bitten, nennen Sie dieses Kennzeichen: <code>{ $reference }</code>
problem-other-session = Dieses Formular gehört nicht zu Ihrer Sitzung.
problem-again-anonymous = Was Sie ausgefüllt haben, ist hier noch da, bis auf Passwörter und andere Geheimnisse. Melden Sie sich auf einer anderen Seite an, kommen Sie hierher zurück, und senden Sie es noch einmal ab.
problem-again-session = Seit das Formular geöffnet wurde, haben Sie sich neu angemeldet. Was Sie ausgefüllt haben, ist hier noch da, bis auf Passwörter und andere Geheimnisse: Sind Sie als die Person angemeldet, die Sie sein wollen, so senden Sie es noch einmal ab.
problem-log-in-elsewhere = Auf einer anderen Seite anmelden
problem-again-passing = Was Sie ausgefüllt haben, ist hier noch da, bis auf Passwörter und andere Geheimnisse: Sie können es noch einmal absenden.
problem-try-again = Noch einmal versuchen
problem-go-back = Was Sie ausgefüllt haben, ist zu lang für diese Seite. Gehen Sie im Browser zurück, dort ist es noch da, und senden Sie es später noch einmal ab.
problem-role-not-held = Sie haben die Rolle { $name } nicht mehr.
problem-lacks = Dafür braucht es { $name }.
problem-anonymous = Niemand ist angemeldet.
problem-not-found = Hier ist nichts, oder nichts für Sie.
problem-no-such-refusal = Diese Abweisung gibt es nicht, oder sie betrifft kein Werkzeug von Ihnen, oder sie ist älter als eine Viertelstunde. Werden sehr viele auf einmal abgewiesen, werden nicht alle aufgehoben.
problem-media-type = Der Inhalt muss application/json sein.
problem-body-too-large = Der Inhalt ist größer als { $count } Bytes.
problem-head-too-large = Anfragezeile und Kopfzeilen sind größer als { $count } Bytes.
problem-line-too-long = Die Anfragezeile ist länger als { $count } Bytes.
problem-body-incomplete = Der Inhalt ist nicht angekommen.
problem-method = Diese Adresse nimmt nur { $name } an.
problem-too-many = Zu viele Versuche. Versuchen Sie es in { $count } Sekunden wieder.
problem-busy = Der Dienst hat gerade mehr zu tun, als er kann. Versuchen Sie es gleich noch einmal.
problem-unavailable = Der Dienst erreicht seine Datenbank nicht. Versuchen Sie es gleich noch einmal.
problem-unopened = Etwas, das dazu nötig ist, lässt sich hier nicht öffnen. Die Betreiber des Dienstes finden es im Protokoll unter { $name }.
problem-internal = Hier ist etwas schiefgegangen. Im Protokoll steht es unter { $name }.
# Sentences that answers to programs hold too: a page finds its own by the English one.
said-role-too-small = Mit dieser Rolle darf das Werkzeug weniger, als es braucht. Wählen Sie eine andere.
said-signed-no-page = Eine signierte Anfrage öffnet keine Seite: Seiten sind für Menschen.
said-pages-for-people = Seiten sind für Menschen.
said-only-signed-echo = Das Echo antwortet nur auf signierte Anfragen.
said-only-signed-token = Nur zu einer signierten Anfrage gehört ein Token.
said-admins-only = Diese Seite ist für die Verwaltung der Forge.
said-other-site = Dieses Formular kam von einer anderen Website.
said-decided = Über diese Anfrage ist schon entschieden, oder ihre Zeit ist um.
said-tool-disabled = Das Werkzeug, das fragt, ist auf dieser Forge abgeschaltet.
said-no-such-role = Diese Rolle gibt es nicht.
said-not-held = Sie haben diese Rolle nicht.
said-too-long = Für so lange wird hier kein Zugang gegeben.
said-choose-role = Wählen Sie eine Ihrer Rollen.
said-choose-decision = Wählen Sie, ob Sie erlauben oder ablehnen.
said-choose-time = Wählen Sie eine der angebotenen Zeiten.
said-choose-secret = Wählen Sie, was aus dem bisherigen Geheimnis wird.
said-mail-by-admins = Eine E-Mail-Adresse ändert, wer die Forge verwaltet.
said-project-admins-only = Diese Seite ist für die Verwaltung des Projekts.
said-decide-themselves = Alle entscheiden selbst, ob Werkzeuge für sie handeln dürfen.
said-something = Etwas darin stimmt nicht.
said-name-length = muss 1 bis 128 Zeichen lang sein
said-name-characters = darf nur Buchstaben ohne Umlaute, Ziffern, „.“, „_“ und „-“ enthalten und muss mit einem Buchstaben oder einer Ziffer beginnen
said-taken = ist schon vergeben
said-taken-or-key = ist schon vergeben, oder der Schlüssel ist es
said-url = muss eine http- oder https-Adresse ohne Benutzernamen sein
said-mail = muss eine E-Mail-Adresse sein
said-text = muss druckbarer Text von höchstens { $most } Zeichen sein
said-at-most = höchstens { $most } sind erlaubt
said-no-user = es gibt keinen Benutzer { $name }
said-callback-scheme = { $callback }: Eine Rücksprungadresse ist „oob“ oder eine vollständige URL mit http oder https
said-callback-host = { $callback }: Eine Rücksprungadresse braucht einen gültigen Host und Port
said-callback-user = { $callback }: Eine Rücksprungadresse darf weder Benutzernamen noch Passwort enthalten
said-callback-fragment = { $callback }: Eine Rücksprungadresse darf kein Fragment haben
said-callback-characters = { $callback }: Eine Rücksprungadresse darf keine Steuerzeichen, Leerzeichen oder umgekehrten Schrägstriche enthalten
said-callback-length = { $callback }: Eine Rücksprungadresse hat höchstens 2.000 Bytes
said-key-private = das ist ein privater Schlüssel: Halten Sie ihn geheim und registrieren Sie seine öffentliche Hälfte (openssl pkey -pubout)
said-key-certificate = das ist ein Zertifikat: Registrieren Sie den öffentlichen Schlüssel darin (openssl x509 -pubkey -noout)
said-key-pkcs1 = das ist ein PKCS#1-Schlüssel: Registrieren Sie ihn als SubjectPublicKeyInfo (openssl rsa -RSAPublicKey_in -pubout)
said-key-none = das ist kein öffentlicher Schlüssel in PEM (ein Block, der mit -----BEGIN PUBLIC KEY----- beginnt)
said-key-kind = das ist kein RSA-Schlüssel (rsaEncryption)
said-key-size = ein RSA-Schlüssel hat 2048 bis 8192 Bits, dieser hat { $bits }
said-key-numbers = mit dem Modul oder dem Exponenten dieses RSA-Schlüssels lässt sich nichts prüfen
said-network = { $block } ist weder eine IP-Adresse noch ein CIDR-Block, etwa 10.0.0.7 oder 10.0.0.0/8
said-network-bits = { $block } hat vor dem Schrägstrich mehr als { $bits } Bits
said-network-beyond = { $block } hat Bits nach den ersten { $bits }; meinten Sie { $meant }?
said-needs-unknown = { $word } kann niemand brauchen; es gibt tracker=…, project=… und forge=admin
said-needs-value = { $word }: Von einem Tracker gibt es { $levels } oder Rechte wie read,vote; von einem Projekt read und admin; von der Forge admin
said-needs-twice = { $word } steht zweimal da
said-own-base-string = Der Base String, den der Client selbst gebildet hat: Höchstens { $most } Bytes werden verglichen, und dieser hat { $bytes }.
# Refusals explained: what they mean, what the client did, where its base string differs, and what was seen.
said-remedy-absent = Es fehlt etwas, das jede solche Anfrage tragen muss: { $names }.
said-remedy-version = oauth_version ist 1.0 oder fehlt ganz. Clients, die 1.0A senden, nennen die Spezifikation; deren Versionsnummer ist weiterhin 1.0.
said-remedy-method = Nehmen Sie HMAC-SHA1 oder HMAC-SHA256; RSA-SHA1 und RSA-SHA256 gehen für ein Werkzeug, dessen öffentlicher Schlüssel registriert ist. PLAINTEXT ist für niemanden.
said-remedy-nothing-signed = Es gibt gar keinen Parameter, der mit oauth_ beginnt. Hat der Client welche gesendet, so hat ein Proxy oder Webserver dazwischen die Kopfzeile Authorization entfernt.
said-remedy-rejected = Die Anfrage ist falsch geschrieben, oder ein Wert darin ist nicht annehmbar. Was davon, sagt die Antwort, die der Client bekam.
said-remedy-verifier = Der Verifier ist nicht der, der mit der Entscheidung der Person kam. Senden Sie diesen, ganz und so, wie er kam; der fünfte falsche beendet das Request-Token.
said-remedy-nonce = Genau diese Anfrage, oder eine andere mit derselben Nonce und demselben Zeitstempel, wurde schon angenommen. Machen Sie für jede Anfrage eine neue Nonce, auch für Wiederholungen, und signieren Sie neu. Hat niemand sie wiederholt, suchen Sie nach einem Proxy oder einer Bibliothek, die Anfragen zweimal sendet, oder nach zwei Prozessen, deren Zufallszahlen gleich beginnen.
said-remedy-signature = Die Signatur passt nicht zu dem, was ankam, und zu den registrierten Geheimnissen. Die Zeilen darunter sagen, was der Client wahrscheinlich getan hat; helfen sie nicht, fügen Sie den Base String ein, den der Client selbst gebildet hat.
said-remedy-unknown = Unter diesem Schlüssel ist kein Werkzeug registriert. Suchen Sie nach einem Tippfehler, einem abgeschnittenen Schlüssel oder dem einer anderen Forge.
said-remedy-disabled = Das Werkzeug ist registriert und abgeschaltet. Wer die Forge verwaltet, schaltet es auf seiner Seite ein, oder mit oauthprovider consumer enable.
said-remedy-elsewhere = Die Signatur stimmte, aber das Werkzeug darf von der Adresse, von der die Anfrage kam, nicht fragen. Von wo es darf, sagt, wer die Forge verwaltet: auf seiner Seite oder mit oauthprovider consumer networks. Ist die Adresse die eines Proxys, nennen Sie ihn in trusted_proxies.
said-remedy-too-many = Es waren zu viele Anfragen: des Werkzeugs, mit seinem Token oder von dieser Adresse. Warten Sie so lange, wie Retry-After sagt, und fragen Sie seltener.
said-remedy-resting = Innerhalb einer Minute waren so viele Signaturen falsch, für das Token oder, wo keines ist, für das Werkzeug von dieser Adresse, dass keine gilt, bis die Minute um ist: auch eine richtige nicht. Schlagen Sie eine der Abweisungen davor nach und beheben Sie, was sie nennt; dann warten Sie so lange, wie Retry-After sagt.
said-remedy-token = Das Token ist unbekannt, das eines anderen Werkzeugs, von der anderen Art (ein Request-Token, wo ein Zugangstoken hingehört, oder umgekehrt), durch falsche Verifier beendet, oder die Person ist gesperrt. Beginnen Sie neu mit einem Request-Token.
said-remedy-used = Das Request-Token wurde schon getauscht. Nehmen Sie das Zugangstoken, das daraus wurde; ging die Antwort damit verloren, beginnen Sie neu.
said-remedy-expired = Die Zeit des Tokens ist um. Beginnen Sie neu mit einem Request-Token.
said-remedy-revoked = Die Person oder die Verwaltung hat das Token widerrufen. Vergessen Sie es, und bitten Sie die Person, den Zugang neu zu erlauben.
said-remedy-undecided = Die Person hat noch nicht entschieden. Tauschen Sie das Token, wenn der Callback kommt oder der Code.
said-remedy-denied = Die Signatur stimmte, und die Person hat abgelehnt. Bitten Sie nicht ungefragt noch einmal.
said-remedy-role-not-held = Die Signatur stimmte. Die Person hat die Rolle des Tokens nicht mehr, oder Werkzeuge werden mit ihr nicht eingelassen; ist das vorbei, geht das Token wieder. Warum, sagt GET /api/token, damit signiert.
said-remedy-lacks = Die Signatur stimmte. Der Rolle des Tokens fehlt das Recht, das die Antwort unter needs nennt: Die Person kann dem Werkzeug eine andere Rolle leihen.
said-remedy-page = Eine signierte Anfrage öffnet keine Seite: Seiten sind für Menschen an einem Browser. Rufen Sie eine Adresse der API auf, oder senden Sie weder oauth_signature noch eine OAuth-Kopfzeile.
said-remedy-address = Von dieser Adresse kamen zu viele Anfragen. Warten Sie so lange, wie Retry-After sagt, und fragen Sie seltener.
said-remedy-body = Der Inhalt ist größer als { $most } KiB. Er wurde nicht gelesen und die Signatur nicht angesehen. Senden Sie weniger.
said-remedy-head = Anfragezeile und Kopfzeilen sind zusammen größer als { $most } KiB; die Signatur wurde nicht angesehen. Senden Sie Parameter in einem Formularinhalt statt in der Query, und weniger Kopfzeilen: Ein Proxy dazwischen fügt vielleicht welche hinzu.
said-remedy-line = Die Anfragezeile ist länger als { $most } KiB; die Signatur wurde nicht angesehen. Senden Sie Parameter in einem Formularinhalt statt in der Query.
said-remedy-incomplete = Der Inhalt brach ab oder brauchte zu lange, darum wurde die Signatur nicht angesehen. Prüfen Sie die Verbindung und was dazwischen ist; Content-Length muss sagen, was gesendet wird.
said-remedy-clock = Der Zeitstempel der Anfrage { $said }; erlaubt sind { $allowed } Sekunden Abstand. Stellen Sie die Uhr des Clients (NTP tut es), und senden Sie Sekunden seit 1970 in UTC, nicht Millisekunden. Gehen die Uhren gleich, hat die Anfrage irgendwo gewartet, bevor sie gesendet wurde.
said-dated-none = ist nicht zu lesen
said-dated-now = stimmt mit der Uhr dieses Servers überein
said-dated-never = ist einer, den keine Uhr zeigt
said-dated-ahead = geht der Uhr dieses Servers um { $said } voraus
said-dated-behind = liegt um { $said } hinter der Uhr dieses Servers zurück
said-seconds = { $seconds } s
said-seconds-minutes = { $seconds } s (etwa { $about } Minuten)
said-seconds-hours = { $seconds } s (etwa { $about } Stunden)
said-seconds-days = { $seconds } s (etwa { $about } Tage)
said-finding = So eine Signatur entsteht durch diesen Fehler des Clients: { $said }
said-finding-of-two = So eine Signatur entsteht durch zwei Fehler des Clients zugleich. { $said } { $said-too }
said-finding-of-three = So eine Signatur entsteht durch drei Fehler des Clients zugleich. { $said } { $said-too } { $said-third }
said-mistake-origin = Er signiert für { $origin } ({ $said }).
said-slip-proxy = die öffentliche URL dieses Dienstes hat das andere Schema: Wo ein Proxy TLS spricht, nennt public_urls die https-Adresse, die Clients aufrufen
said-slip-port-dropped = der Port gehört zur URI, wenn er nicht der Standardport des Schemas ist
said-slip-port-kept = der Standardport wird in der URI weggelassen
said-slip-other-name = das ist ein anderer öffentlicher Name dieses Dienstes als der, an den die Anfrage kam
said-slip-host = so steht es in der Kopfzeile Host; dieser Dienst ist unter seiner eingestellten öffentlichen URL bekannt, in Kleinbuchstaben
said-slip-loopback = localhost und 127.0.0.1 sind zwei Namen
said-mistake-other-method = Er signiert die Methode { $method } und sendet eine andere.
said-mistake-left-out = Er sendet { $name } und lässt es im Base String weg.
said-mistake-added-empty = Er signiert einen leeren Parameter { $name }, den er nicht sendet.
said-mistake-added = Er nimmt { $name }={ $value } in den Base String auf und sendet es nicht so.
said-mistake-slash-added = Er signiert den Pfad mit einem Schrägstrich am Ende und sendet ihn ohne.
said-mistake-slash-dropped = Er signiert den Pfad ohne den Schrägstrich am Ende, den er sendet.
said-mistake-path-decoded = Er dekodiert den Pfad, bevor er ihn signiert; signiert wird der Pfad so, wie er gesendet wird.
said-mistake-path-twice = Er kodiert den Pfad, den er sendet, noch einmal, bevor er ihn signiert.
said-mistake-query-in-uri = Er lässt die Query in der URI stehen; ihre Parameter gehören zu den übrigen, und die URI endet vor dem Fragezeichen.
said-mistake-query-in-both = Er signiert die Query bei den Parametern, wie es sein soll, und lässt sie auch in der URI stehen.
said-mistake-method-case = Er schreibt die Methode klein; im Base String steht sie in Großbuchstaben.
said-mistake-query-left-out = Er lässt die Parameter der Query im Base String weg.
said-mistake-body-left-out = Er lässt die Parameter des Formularinhalts im Base String weg.
said-mistake-body-counted = Er signiert seinen Inhalt als Formular, obwohl der Content-Type sagt, dass er keines ist (application/x-www-form-urlencoded).
said-mistake-realm = Er signiert den Realm, der zur Kopfzeile gehört und kein Parameter ist.
said-mistake-repeated = Er signiert von mehreren Parametern eines Namens nur den letzten, so wie eine Map sie aufhebt.
said-mistake-empty = Er lässt Parameter mit leerem Wert im Base String weg.
said-mistake-sorted-early = Er sortiert die Parameter, bevor er sie kodiert; sortiert werden sie nach ihren kodierten Bytes.
said-mistake-sorted-naturally = Er sortiert a2 vor a10, wie Menschen es tun; Parameter werden Byte für Byte sortiert.
said-mistake-sorted-whole = Er sortiert Name=Wert als einen Text; erst werden die Namen verglichen, dann die Werte.
said-mistake-not-sorted = Er sortiert die Parameter nicht.
said-mistake-names-raw = Er kodiert die Werte der Parameter und nicht ihre Namen.
said-mistake-names-twice = Er kodiert die Namen der Parameter zweimal, bevor der Base String sie noch einmal kodiert.
said-mistake-values-raw = Er kodiert die Werte der Parameter nicht, bevor er sie verbindet.
said-mistake-values-twice = Er kodiert die Werte der Parameter zweimal, bevor der Base String sie noch einmal kodiert.
said-mistake-plus-as-sent = Er schreibt ein Leerzeichen der Query oder des Formulars im Base String als +; es heißt %20, und dort also %2520.
said-mistake-plus = Er schreibt ein Leerzeichen im Base String als +; es heißt %20, und dort also %2520.
said-mistake-escapes-case = Er schreibt die Prozentkodierung klein (%3a); im Base String steht sie groß (%3A).
said-mistake-tilde = Er kodiert ~; dieses Zeichen bleibt, wie es ist.
said-mistake-marks = Er kodiert !*'() nicht, so wie encodeURIComponent in JavaScript.
said-mistake-parameters-raw = Er kodiert die verbundenen Parameter nicht als Ganzes, bevor er sie anhängt.
said-mistake-uri-raw = Er kodiert die URI nicht, bevor er sie anhängt.
said-mistake-secrets-raw = Er kodiert die Geheimnisse nicht mit Prozentzeichen, bevor er sie zum Schlüssel verbindet.
said-mistake-ampersand = Er lässt das & im Schlüssel weg, das auch dann bleibt, wenn das Geheimnis des Tokens leer ist.
said-mistake-no-token-secret = Er signiert mit dem Geheimnis des Werkzeugs allein, als gäbe es kein Token.
said-mistake-no-consumer-secret = Er signiert mit dem Geheimnis des Tokens allein.
said-mistake-swapped = Er stellt im Schlüssel das Geheimnis des Tokens vor das des Werkzeugs.
said-mistake-key-for-secret = Er setzt einen öffentlichen Schlüssel (oauth_consumer_key oder oauth_token) dahin, wo das Geheimnis dazu hingehört.
said-mistake-request-secret = Er signiert immer noch mit dem Geheimnis des Request-Tokens; das Zugangstoken hat sein eigenes.
said-mistake-hash = Er signiert mit dem anderen Hash, als oauth_signature_method sagt (SHA-1, SHA-256).
said-mistake-url-safe = Er schreibt die Signatur im URL-sicheren Alphabet von Base64; richtig ist das gewöhnliche, mit + und /.
said-mistake-hexadecimal = Er schreibt die Signatur hexadezimal; richtig ist Base64 der Bytes.
said-mistake-padding = Er schneidet das = am Ende der Signatur ab.
said-mistake-signature-twice = Er kodiert die Signatur zweimal.
said-mistake-signature-raw = Er kodiert die Signatur nicht, so dass ihr + als Leerzeichen ankommt.
said-found-right = Die Signatur stimmt mit den jetzigen Geheimnissen: Eines davon wurde geändert, nachdem die Anfrage abgewiesen war.
said-found-body-hash = Die Signatur stimmt. Falsch ist oauth_body_hash: Das ist nicht der Hash der { $bytes } Bytes, die ankamen. Bilden Sie den Hash über die Bytes des Inhalts, so wie sie gesendet werden, mit dem Hash des Signaturverfahrens, und schreiben Sie ihn in Base64; oder etwas dazwischen hat den Inhalt verändert.
said-found-unknown = Keiner der bekannten Fehler ergibt diese Signatur: Wahrscheinlich ist ein Geheimnis falsch, das des Werkzeugs oder das des Tokens. Um sicher zu sein, fügen Sie den Base String ein, den der Client selbst gebildet hat: Gleicht er unserem, ist es das Geheimnis.
said-found-too-long = Die Anfrage war zu lang, um ganz aufgehoben zu werden, darum ließen sich die bekannten Fehler an ihr nicht durchprobieren.
said-found-too-little = Von der Anfrage ist zu wenig da, um die bekannten Fehler an ihr durchzuprobieren.
said-equal = Beide Base Strings sind gleich. Also liegt es am Schlüssel: am Geheimnis des Werkzeugs oder des Tokens, daran, wie beide kodiert und verbunden werden, oder am Hash.
said-equal-masked = Beide Base Strings sind gleich, soweit sich das sagen lässt: Was verdeckt ist, ist von dieser Abweisung nicht aufgehoben.
said-cause-masked = Der erste Unterschied liegt in etwas, das nicht gezeigt wird. Es wird als Ganzes verglichen: Wo darin der Unterschied ist, wird nicht gesagt.
said-cause-escaped-whole = Es gibt kein &. Es sieht so aus, als wäre der Base String als Ganzes kodiert worden; kodiert werden nur sein zweiter und sein dritter Teil.
said-cause-ampersand = Ein & fehlt: Ein Base String hat drei Teile, Methode, URI und Parameter, verbunden durch zwei &; dieser hat { $parts }.
said-cause-method-case = Die Methode steht im Base String in Großbuchstaben.
said-cause-method = Die Methode ist eine andere: Angekommen ist { $ours }, signiert hat der Client { $theirs }.
said-cause-uri-raw = Die URI ist nicht kodiert: Sie wird als Ganzes prozentkodiert (http%3A%2F%2F…).
said-cause-uri-twice = Die URI ist zweimal kodiert (http%253A…): Einmal ist richtig.
said-cause-no-uri = Der zweite Teil ist keine URI mit Schema und Host.
said-cause-scheme = Das Schema ist ein anderes: Dieser Dienst ist als { $ours }:// bekannt, signiert hat der Client { $theirs }://. Hinter einem Proxy, der TLS spricht, signiert der Client die Adresse, die er aufruft, und public_urls nennt diese.
said-cause-host-case = Der Host steht im Base String in Kleinbuchstaben.
said-cause-host = Der Host ist ein anderer: Dieser Dienst ist als { $ours } bekannt, signiert hat der Client { $theirs }. Hat er diesen Namen aufgerufen, so fehlt er in public_urls, oder ein Proxy reicht die Kopfzeile Host nicht weiter.
said-cause-port-kept = Der Port ist ein anderer: Der Client hat :{ $port } stehen lassen. Der Standardport des Schemas wird weggelassen; ein anderer gehört in public_urls.
said-cause-port-missing = Der Port fehlt: :{ $port } gehört zur URI, wenn es nicht der Standardport des Schemas ist.
said-cause-port = Der Port ist ein anderer: Dieser Dienst ist unter :{ $ours } bekannt, signiert hat der Client :{ $theirs }.
said-cause-query = Die Query steht noch in der URI: Diese endet vor dem Fragezeichen.
said-cause-query-empty = Die Query steht noch in der URI: Diese endet vor dem Fragezeichen. Auch eine leere lässt ihr Fragezeichen stehen.
said-cause-slash-missing = Gesendet endet der Pfad mit einem Schrägstrich, signiert hat der Client ihn ohne.
said-cause-slash-added = Der Client hat am Ende des Pfads einen Schrägstrich signiert, der nicht gesendet wurde.
said-cause-path-decoded = Der Pfad ist dekodiert: Signiert wird er so, wie er gesendet wird, samt Prozentkodierung.
said-cause-path-twice = Der Pfad ist einmal öfter kodiert, als er gesendet wurde.
said-cause-path = Der Pfad ist ein anderer: Angekommen ist { $ours }, signiert hat der Client { $theirs }.
said-cause-parameters-raw = Die verbundenen Parameter sind nicht als Ganzes kodiert: Im Base String haben sie weder = noch &, sondern %3D und %26.
said-cause-order = Die Reihenfolge ist eine andere: Parameter werden nach den Bytes ihrer kodierten Namen sortiert, und bei gleichen Namen nach ihren kodierten Werten.
said-cause-order-here = Die Reihenfolge ist eine andere: Parameter werden nach den Bytes ihrer kodierten Namen sortiert, und bei gleichen Namen nach ihren kodierten Werten. Hier kommt { $ours }, wo der Client { $theirs } hat.
said-cause-of-one = { $name }: { $said }
said-cause-blank = { $name }: Ein Leerzeichen ist als + geschrieben. Es heißt %20, und im Base String also %2520.
said-cause-value-twice = { $name }: einmal zu oft kodiert. Ein Wert wird einmal kodiert, und die verbundenen Parameter noch einmal.
said-cause-value-decoded = { $name }: einmal zu oft dekodiert. Signiert wird, was gesendet wurde, einmal dekodiert.
said-cause-value = { $name } ist anders: Angekommen ist { $ours }, signiert hat der Client { $theirs }.
said-cause-escapes-case = Die Prozentkodierung ist klein geschrieben (%3a); im Base String steht sie groß (%3A).
said-cause-tilde = Das Zeichen ~ ist kodiert; es bleibt, wie es ist.
said-cause-marks = Die Zeichen !, *, ', ( und ) sind nicht kodiert (encodeURIComponent in JavaScript lässt sie stehen); sie müssen es sein.
said-cause-not-escaped = Vor dem Verbinden der Parameter wurde nicht kodiert; Namen und Werte werden jeder für sich kodiert, und dann noch einmal als Ganzes.
said-cause-escapes = Es ist anders kodiert; nur Buchstaben ohne Umlaute, Ziffern und -._~ bleiben, wie sie sind.
said-cause-gone-query = Im Base String des Clients fehlt: { $names }. Auch die Parameter der Query werden signiert.
said-cause-gone-body = Im Base String des Clients fehlt: { $names }. Der Inhalt zählt mit, denn sein Content-Type sagt, dass er ein Formular ist.
said-cause-gone = Im Base String des Clients fehlt, was gesendet wurde: { $names }.
said-cause-extra-body = Nur im Base String des Clients: { $names }. Der Inhalt zählt nicht mit, denn sein Content-Type ist nicht application/x-www-form-urlencoded.
said-cause-extra-signature = Nur im Base String des Clients: { $names }. Die Signatur ist der eine Parameter, der nicht signiert wird.
said-cause-extra-realm = Nur im Base String des Clients: { $names }. Der Realm der Kopfzeile ist kein Parameter.
said-cause-extra = Nur im Base String des Clients, und nicht angekommen: { $names }.
said-fact-method = Methode
said-fact-base-uri = Basis-URI
said-fact-host = Kopfzeile Host
said-fact-public-urls = Öffentliche URLs
said-fact-consumer-key = Schlüssel des Werkzeugs
said-fact-token = Token
said-fact-signature-method = Signaturverfahren
said-fact-places = OAuth-Parameter in
said-fact-content-type = Content-Type
said-fact-body = Inhalt
said-fact-clock = Uhr des Servers
said-fact-timestamp = Zeitstempel der Anfrage
said-fact-difference = Abstand der Uhren
said-fact-window = Erlaubter Abstand
said-fact-client = Adresse des Clients
said-fact-body-hash = Body Hash
said-fact-other-schemes = Andere Verfahren in Authorization
said-value-none = nicht vorhanden
said-value-unknown = unbekannt
said-value-chosen = { $chosen } (gewählt)
said-value-chosen-of = { $chosen } (gewählt), { $others }
said-value-hashes = gesendet { $sent }; SHA-1 ergibt { $sha1 }, SHA-256 { $sha256 }
said-value-body-unread = nicht gelesen, und nicht mitgezählt
said-value-body-empty = leer
said-value-body-form = { $bytes } Bytes, als Formular mitgezählt
said-value-body-other = { $bytes } Bytes, nicht mitgezählt: Es ist kein Formular
said-place-header = Kopfzeile
said-place-query = Query
said-place-body = Inhalt
said-place-header-query = Kopfzeile, Query
said-place-header-body = Kopfzeile, Inhalt
said-place-query-body = Query, Inhalt
said-place-all = Kopfzeile, Query, Inhalt
said-raw-header = Authorization
said-raw-query = Query
said-raw-body = Formularinhalt
said-raw-cut = { $said } (zu lang)

## home

home-title = Lassen Sie ein Werkzeug für sich handeln, mit immer nur einer Rolle
home-lead = Ein Build-Server meldet Fehler in Ihrem Namen, ein Skript liest einen Tracker. Keines braucht Ihr Passwort, und keines bekommt mehr als die eine Rolle, die Sie wählen.
home-for-you = Für Sie
home-for-you-logged-in = Sehen Sie, welche Werkzeuge mit welcher Rolle in Ihrem Namen handeln, und stoppen Sie jedes sofort.
home-for-you-log-in = Melden Sie sich an, um zu sehen, welche Werkzeuge mit welcher Rolle in Ihrem Namen handeln, und um jedes sofort zu stoppen.
home-for-authors = Für alle, die Werkzeuge schreiben
home-for-authors-words = Wie man um ein Token bittet, was zu signieren ist, welche Grenzen gelten und was jede Abweisung bedeutet.
home-guide = Zur Anleitung
home-for-admins = Für die Verwaltung der Forge
home-for-admins-words = Werkzeuge registrieren, ansehen, was sie dürfen, sie abschalten oder entfernen.
home-how = Wie ein Werkzeug zu seiner Rolle kommt
home-how-ask = <strong>Das Werkzeug fragt.</strong> Es schickt Ihren Browser hierher. Sie melden sich hier an, nie beim Werkzeug.
home-how-choose = <strong>Sie wählen.</strong> Sie suchen eine Ihrer Rollen in einem Projekt aus oder lehnen ab.
home-how-work = <strong>Das Werkzeug arbeitet.</strong> Jede seiner Anfragen hat die Rechte dieser einen Rolle und keine anderen von Ihnen.
home-how-revoke = <strong>Sie behalten die Kontrolle.</strong> Widerrufen Sie den Zugang, und schon die nächste Anfrage wird abgewiesen.
home-protocol = OAuth 1.0a (RFC 5849), Realm <code>{ $realm }</code>.

## endpoints

endpoints-heading = Endpunkte
endpoint-request-token = Request-Token
endpoint-request-token-how = GET oder POST, signiert
endpoint-authorize = Erlauben
endpoint-authorize-how = im Browser
endpoint-access-token = Zugangstoken
endpoint-access-token-how = GET oder POST, signiert
endpoint-echo = Echo
endpoint-echo-how = jede Methode, signiert
endpoint-userinfo = Wer bin ich
endpoint-userinfo-how = GET, signiert
endpoint-own-token = Eigenes Token
endpoint-own-token-how = GET, DELETE, signiert
endpoint-items = Tracker-Einträge
endpoint-items-how = GET, POST, PATCH, signiert
endpoint-oslc = Tracker-Einträge, OSLC
endpoint-oslc-how = POST, signiert
endpoints-also = Die ersten drei antworten auch mit <code>.php</code> am Ende ihres Namens. Weitere Parameter der Adresse werden mitsigniert und sonst übergangen; <code>type=group&amp;name=PROJECT</code> auf der Seite zum Erlauben stellt die Rollen dieses Projekts voran.
authors-title = Für alle, die Werkzeuge schreiben
authors-lead = Diese Forge spricht OAuth 1.0a (RFC 5849). Ihr Werkzeug bekommt ein Token, das für eine Person handelt, mit genau einer ihrer Rollen.
authors-contents = Auf dieser Seite
flow-heading = Ein Token bekommen
flow-register = <strong>Registrieren.</strong> Die Verwaltung der Forge registriert Ihr Werkzeug und gibt Ihnen einen Schlüssel (consumer key) und sein Geheimnis.
flow-ask = <strong>Um vorläufige Zugangsdaten bitten.</strong> Senden Sie <code>oauth_callback</code>: eine URL, oder <code>oob</code>, wenn Ihr Werkzeug keine hat. Sie gelten { $span }.
flow-authorize = <strong>Die Person auf die Seite zum Erlauben schicken</strong>, mit <code>oauth_token</code> in der Adresse. Sie wählt eine Rolle; die Antwort kommt an Ihre Callback-URL als <code>oauth_token</code> und <code>oauth_verifier</code>, oder als <code>oauth_problem=permission_denied</code>. Mit <code>oob</code> liest sie den Verifier von der Seite ab.
flow-exchange = <strong>Den Verifier tauschen</strong> gegen ein Zugangstoken, einmal. Es gilt so lange, wie die Person es wählte, vielleicht bis es widerrufen wird; <code>oauth_expires_in</code> sagt, für wie viele Sekunden, wenn es ein Ende gibt, und <code>GET /api/token</code>, bis wann.
flow-exchange-at-most = <strong>Den Verifier tauschen</strong> gegen ein Zugangstoken, einmal. Es gilt so lange, wie die Person es wählte, höchstens { $span }; <code>oauth_expires_in</code> sagt, für wie viele Sekunden, und <code>GET /api/token</code>, bis wann.
flow-call = <strong>Aufrufen.</strong> Das Echo sagt, als wer und mit welcher Rolle Sie durchkamen.
examples-heading = Beispiele
examples-words = Jedes ist ein ganzes Programm: Es bittet um ein Token, wartet auf den Code, den die Person von der Seite abliest, und ruft das Echo auf. Schlüssel und Geheimnis kommen aus <code>CONSUMER_KEY</code> und <code>CONSUMER_SECRET</code> in der Umgebung; die Adresse dieses Servers ist eingesetzt.
example-shell = Unser eigener Client, in der Shell
example-shell-needs = Braucht <code>oauthprovider</code> und <code>jq</code>.
example-python = Python, mit requests-oauthlib
example-python-needs = Braucht <code>pip install requests-oauthlib</code>.
example-node = JavaScript, mit oauth-1.0a in node
example-node-needs = Braucht node ab 18 und <code>npm install oauth-1.0a</code>; speichern Sie es als <code>forge.mjs</code>.
example-ruby = Ruby, mit dem Gem oauth
example-ruby-needs = Braucht <code>gem install oauth</code>.
example-java = Java, mit Googles OAuth-Client
example-java-needs = Braucht Java 17 oder neuer und <code>com.google.oauth-client:google-oauth-client:1.34.1</code>; speichern Sie es als <code>Forge.java</code>.
signing-heading = Eine Anfrage signieren
signing-methods = Signaturverfahren:
signing-methods-for = Die RSA-Verfahren sind für Werkzeuge mit registriertem öffentlichem Schlüssel; <code>PLAINTEXT</code> wird nicht angenommen.
signing-realm = Realm: <code>{ $realm }</code>. Basis-URL des Base Strings: <code>{ $base }</code>, mit dem Pfad, wie er in der Anfrage steht.
signing-place = Die Parameter <code>oauth_*</code> gehören in die Kopfzeile <code>Authorization</code>, in einen Formularinhalt oder in die Adresse: nur an eine dieser Stellen, jeder einmal.
signing-body = Ein Formularinhalt (<code>application/x-www-form-urlencoded</code>) wird mitsigniert, bei jeder Methode. Bei anderen Inhalten wird <code>oauth_body_hash</code> geprüft, wenn Sie ihn senden.
signing-compare = Wird Ihre Signatur abgewiesen, vergleichen Sie die Base Strings: <code>oauthprovider client sign --method GET --url URL --consumer-key KEY --consumer-secret SECRET</code> sendet nichts und druckt Base String, Signatur und Kopfzeile. <code>oauthprovider client doctor { $base } --consumer-key KEY --consumer-secret SECRET</code> findet heraus, was nicht stimmt, und ändert nichts.
limits-heading = Grenzen
limit-clock = Uhr
limit-clock-words = höchstens { $span } neben unserer, vor oder nach
limit-nonce = Nonce
limit-nonce-words = 1 bis 255 Zeichen, einmalig je Werkzeug, Token und Zeitstempel
limit-head = Anfragezeile und Kopfzeilen
limit-head-words = zusammen 16 KiB
limit-body = Inhalt
limit-parameters = Parameter
limit-verifier = Verifier
limit-verifier-words = ein fünfter falscher beendet das Request-Token
limit-temporary = Vorläufige Zugangsdaten
limit-lives = gelten { $span }
limit-token = Zugangstoken
limit-token-words = gilt so lange, wie die Person es wählte, vielleicht bis es widerrufen wird
limit-token-at-most = gilt so lange, wie die Person es wählte, höchstens { $span }
problems-heading = Abweisungen
problems-words = Eine Abweisung trägt <code>oauth_problem=CODE</code> als Formularinhalt und in <code>WWW-Authenticate</code>, dazu <code>oauth_problem_advice</code>. Ihr Kennzeichen steht im Rat und in <code>X-Refusal-Id</code>: Eine Viertelstunde lang können die Verwaltung und wer sich um Ihr Werkzeug kümmert sie <a href="/plugins/oauthprovider/refusals">nachschlagen</a> und sehen, welcher Fehler so eine Signatur macht.
problems-code = Code
problems-status = Status
problems-repair = Ursache und Abhilfe
problem-version_rejected = <code>oauth_version</code> ist etwas anderes als <code>1.0</code>. Senden Sie <code>1.0</code> oder lassen Sie es weg.
problem-signature_method_rejected = Das Verfahren wird nicht angenommen oder braucht einen öffentlichen Schlüssel, den Ihr Werkzeug nicht registriert hat. Nehmen Sie eines von oben.
problem-parameter_absent = Ein Parameter fehlt; <code>oauth_parameters_absent</code> nennt ihn. 401: Es war gar kein Parameter <code>oauth_*</code> da; signieren Sie die Anfrage.
problem-parameter_rejected = Ein Parameter ist falsch geschrieben, doppelt oder an zwei Stellen; <code>oauth_parameters_rejected</code> nennt ihn. <code>oauth_callback</code>: Er ist nicht registriert. 401 mit <code>oauth_verifier</code>: Der Verifier ist falsch; lesen Sie ihn noch einmal.
problem-timestamp_refused = Ihre Uhr geht falsch; <code>oauth_acceptable_timestamps</code> sagt, was ginge. Stellen Sie die Uhr, und senden Sie Sekunden, nicht Millisekunden.
problem-nonce_used = Diese Nonce kam mit demselben Zeitstempel schon einmal. Machen Sie eine neue und signieren Sie neu; senden Sie eine signierte Anfrage nie zweimal.
problem-signature_invalid = Die Signatur oder der Body Hash passt nicht. Vergleichen Sie die Base Strings und prüfen Sie beide Geheimnisse, die öffentliche URL und die Prozentkodierung.
problem-consumer_key_unknown = Kein Werkzeug hat diesen Schlüssel. Prüfen Sie ihn auf Tippfehler, oder lassen Sie das Werkzeug registrieren.
problem-consumer_key_rejected = Das Werkzeug ist abgeschaltet oder darf von dieser Adresse nicht fragen; der Rat sagt, welches von beiden. Fragen Sie die Verwaltung der Forge.
problem-consumer_key_refused = Zu viele Anfragen oder zu viele falsche Signaturen: Berichtigen Sie erst die Geheimnisse. Warten Sie so lange, wie <code>Retry-After</code> sagt.
problem-token_rejected = Das Token ist unbekannt, von der falschen Art, das eines anderen Werkzeugs, durch falsche Verifier beendet, oder die Person ist gesperrt. Bitten Sie um ein neues.
problem-token_used = Dieses Request-Token wurde schon getauscht. Nehmen Sie das Zugangstoken, das Sie bekamen, oder beginnen Sie neu.
problem-token_expired = Das Request-Token kam zu spät, oder die Zeit des Zugangstokens ist um. Beginnen Sie neu mit einem neuen Request-Token.
problem-token_revoked = Die Person oder die Verwaltung hat das Token widerrufen. Fragen Sie die Person, bevor Sie neu beginnen.
problem-permission_unknown = Die Person hat noch nicht entschieden. Warten Sie auf den Callback, dann tauschen Sie.
problem-permission_denied = Die Person hat abgelehnt. Bitten Sie nicht ungefragt noch einmal.
problems-forbidden = Eine signierte Anfrage, deren Rolle ein Recht fehlt, bekommt 403 mit <code>{"{"}"error": "permission_denied", "role": …, "needs": …{"}"}</code>: Die Person kann Ihnen eine andere Rolle leihen. <code>"error": "role_not_held"</code>: Sie hat die Rolle nicht mehr, oder das Projekt ist archiviert; danach geht das Token wieder. Was die Rolle nicht lesen darf, ist 404. Über einer Größengrenze: 413, 414 oder 431. 503: Versuchen Sie es nach <code>Retry-After</code> wieder.

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
consent-no-role = Sie haben keine Rolle, die Sie verleihen könnten.
consent-no-role-yet = Das Werkzeug kann erst für Sie handeln, wenn ein Projekt Ihnen eine gibt. Sie können ablehnen.
consent-terms = Für wie lange, und unter welchem Namen
consent-then-code = Danach zeigt Ihnen diese Seite einen Code, den Sie dem Werkzeug geben.
consent-then-host = Danach geht Ihr Browser zurück zu <strong>{ $host }</strong>.
consent-then-tool = Danach geht Ihr Browser zurück zum Werkzeug.
consent-authorize = Erlauben
consent-deny = Ablehnen
consent-none-here = Keine dieser Rollen reicht für das, was dieses Werkzeug braucht. Die reichen, stehen vor ihnen.
switch-present = Sie sind angemeldet als <strong>{ $user }</strong>. Wer sich hier anmeldet, tritt an Ihre Stelle, und jene Sitzung endet.

## tokens

tokens-title = Meine Zugänge
tokens-lead = Jeder lässt ein Werkzeug mit einer Rolle für Sie handeln. Nach dem Widerruf wird schon die nächste Anfrage abgewiesen.
tokens-decisions = Entscheidungen, die ein Werkzeug noch abholen muss
tokens-narrow = Liste eingrenzen
tokens-words = Werkzeug oder Name
tokens-any-state = alle
tokens-of-tool = Nur die von <strong>{ $tool }</strong>
tokens-caption = Werkzeuge, die für Sie handeln
tokens-tool = Werkzeug
tokens-for = Handelt für
tokens-role = Rolle
tokens-acts-as = Handelt als
tokens-granted = Erlaubt
tokens-last-used = Zuletzt benutzt
tokens-state = Zustand
tokens-ends = Ende
tokens-change = Ändern
tokens-from = von { $address }
tokens-not-yet = noch nie
tokens-expires = endet { $when }
tokens-until-revoked = bis zum Widerruf
tokens-what = was { $tool } als { $role } darf
tokens-none = Kein Werkzeug handelt für Sie
tokens-none-next = Wenn eines darum bittet, wählen Sie eine Ihrer Rollen dafür, und es steht dann hier.
tokens-none-found = Kein Zugang passt
tokens-none-found-next = Suchen Sie mit weniger Wörtern, oder zeigen Sie alle an.
revoke = Widerrufen
revoke-it = Widerrufen
revoke-means = Das Werkzeug wird ab seiner nächsten Anfrage abgewiesen. Das lässt sich nicht rückgängig machen: Es müsste Sie neu fragen.
rename = Umbenennen
name-it = Benennen
label-title = Zugang benennen
label-short = Name
save = Speichern
revoke-all = Alle meine Zugänge widerrufen
revoke-all-of = Alle Zugänge von { $tool } widerrufen
revoke-all-count = { $count ->
    [one] Ein Zugang wird widerrufen.
   *[other] { $count } Zugänge werden widerrufen.
}
revoke-all-means = Was sie benutzt, wird ab der nächsten Anfrage abgewiesen, und Entscheidungen, die ein Werkzeug noch abholen muss, werden zurückgenommen. Das lässt sich nicht rückgängig machen: Jedes Werkzeug müsste Sie neu fragen.
revoke-all-do = { $count ->
    [one] Einen Zugang widerrufen
   *[other] { $count } Zugänge widerrufen
}
revoke-decisions-count = { $count ->
    [one] Eine Entscheidung, die ein Werkzeug noch abholen muss, wird zurückgenommen.
   *[other] { $count } Entscheidungen, die ein Werkzeug noch abholen muss, werden zurückgenommen.
}
revoke-decisions-do = { $count ->
    [one] Eine Entscheidung zurücknehmen
   *[other] { $count } Entscheidungen zurücknehmen
}
revoke-both-do = { $tokens ->
    [one] Einen Zugang widerrufen
   *[other] { $tokens } Zugänge widerrufen
} { $decisions ->
    [one] und eine Entscheidung zurücknehmen
   *[other] und { $decisions } Entscheidungen zurücknehmen
}
revoke-all-nothing = Es gibt nichts zu widerrufen
revoke-all-back = Zurück zu Meine Zugänge

## standing

standing-live = gültig
standing-asleep = ruht
standing-expired = abgelaufen
standing-revoked = widerrufen
asleep-user_suspended = der Benutzer ist gesperrt
asleep-consumer_disabled = das Werkzeug ist abgeschaltet
asleep-project_archived = das Projekt ist archiviert
asleep-role_not_held = { $whose ->
    [own] Sie haben die Rolle zurzeit nicht
   *[other] der Benutzer hat die Rolle nicht
}
asleep-plugin_off_for_project = das Projekt lässt keine Werkzeuge zu
asleep-plugin_off_for_user = { $whose ->
    [own] Sie verleihen keine Rollen an Werkzeuge
   *[other] der Benutzer verleiht keine Rollen an Werkzeuge
}

## direct-issue

issue-title = Zugang ausstellen
issue-lead = Für ein Werkzeug, das einen eingefügten Zugang nimmt und Sie nicht selbst fragen kann, etwa einen Build-Server. Es handelt für Sie mit einer Ihrer Rollen.
issue-choose-tool = Wählen Sie das Werkzeug
issue-begins = Sein Name beginnt mit
issue-no-such-tool = Kein eingeschaltetes Werkzeug hat einen Namen, der so beginnt.
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
issued-key = Token
issued-secret = Token-Geheimnis
issued-good-until = Gültig bis
try-means = Probiert ihn hier aus: Ihr Browser schickt beide Teile zurück, damit wird eine Anfrage signiert, wie das Werkzeug es täte, und geprüft wie jede andere. Nichts verlässt diesen Server, und das Geheimnis wird nicht aufbewahrt.
try-do = Ausprobieren (in einem neuen Tab)
tried-title = Der Zugang für { $tool }, ausprobiert
tried-well = Er funktioniert: Die Anfrage kam durch als <strong>{ $user }</strong> mit der Rolle <strong>{ $role }</strong>.
tried-badly = Die Anfrage wurde abgewiesen: <code>{ $code }</code>. Was das heißt, steht hier:
issued-jenkins = Jenkins, Plugin OSLC-CM
issued-jenkins-job = In der Konfiguration des Jobs:
issued-jenkins-global = Einmal für alle Jobs, in der Konfiguration von Jenkins unter „Global OSLC Consumer Settings“: <strong>Key</strong> und <strong>Consumer Secret</strong> sind die, mit denen das Werkzeug registriert wurde.
issued-no-reports = Mit dieser Rolle kann das Werkzeug in keinem Tracker etwas melden.
issued-placeholders = <code>CONSUMER_KEY</code> und <code>CONSUMER_SECRET</code> sind die, mit denen das Werkzeug registriert wurde.
issued-own-client = Das Programm für die Befehlszeile
issued-done = Beide sind kopiert, weiter zu Meine Zugänge

## decisions

decisions-title = Entscheidungen, die noch abzuholen sind
decisions-lead = Sie haben zugestimmt, und das Werkzeug muss seinen Zugang noch abholen. Kommt es nicht rechtzeitig, geschieht nichts.
decisions-caption = Ihre offenen Entscheidungen
decisions-role-in = { $role } in { $project }
decisions-whole-forge = der ganzen Forge
decisions-tool = Werkzeug
decisions-role = Würde handeln als
decisions-decided = Entschieden
decisions-expires = Läuft ab
decisions-take-back = Zurücknehmen
decisions-take-back-what = was { $tool } als { $role } abholen darf
decisions-take-back-heading = Ihre Zustimmung für { $tool } zurücknehmen?
decisions-take-back-which = { $tool } würde handeln als { $role }.
decisions-take-back-means = Was noch nicht abgeholt ist, lässt sich dann nicht mehr abholen. Das lässt sich nicht rückgängig machen: das Werkzeug müsste Sie neu fragen.
decisions-empty = Nichts wartet
decisions-empty-words = Jedes Werkzeug, dem Sie zugestimmt haben, hat seinen Zugang abgeholt oder kam zu spät.

## consumers

consumers-title = Werkzeuge
consumers-lead = Was Benutzer dieser Forge bitten darf, für sie zu handeln.
consumers-register = Werkzeug registrieren
consumers-register-lead = Benutzer sehen diese Angaben, wenn das Werkzeug für sie handeln möchte.
consumers-do-register = Registrieren
consumers-narrow = Werkzeuge finden
consumers-words = Name, Beschreibung oder Host
consumers-which-all = Alle
consumers-which-enabled = Eingeschaltete
consumers-which-disabled = Abgeschaltete
consumers-which-unused = Seit 30 Tagen ohne angenommenen Aufruf
consumers-caption = Registrierte Werkzeuge
consumers-tool = Werkzeug
consumers-home-page = Startseite
consumers-state = Zustand
consumers-enabled = eingeschaltet
consumers-disabled = abgeschaltet
consumers-tokens = Zugänge
consumers-calls = Aufrufe in 30 Tagen
consumers-registered = Registriert
consumers-none = Noch ist kein Werkzeug registriert
consumers-none-next = Registrieren Sie das erste: Sie erhalten einen Schlüssel und ein Geheimnis für seine Einstellungen.
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
consumers-hint-networks = Von wo es anfragen darf: eine Adresse oder ein CIDR-Block je Zeile, etwa 10.0.0.7 oder 10.0.0.0/8. Von anderswo wird es abgewiesen, auch mit seinen Zugängen. Ohne Eintrag: von überall.
consumers-hint-owner = Wer sich darum kümmert: ein Benutzer dieser Forge mit seinem Benutzernamen. Abgewiesene Anfragen des Werkzeugs werden ihm erklärt; andere Rechte daran bekommt er nicht.
consumers-what = Was es ist
consumers-key = Schlüssel
consumers-the-secret = Geheimnis
consumers-no-owner = niemand Bestimmtes
consumers-no-callback = keine registriert, also ist nur <code>oob</code> erlaubt
consumers-from-everywhere = es darf von überall anfragen
consumers-has-public-key = registriert, also stehen ihm die RSA-Verfahren offen
consumers-no-public-key = keiner, also signiert es mit HMAC
consumers-done-to-it = Was mit ihm und durch es geschah
consumers-then-enable = Alle Anfragen dieses Werkzeugs werden abgewiesen. Wieder eingeschaltet, arbeitet es mit den Zugängen weiter, die es hat.
consumers-ask-enable = { $name } einschalten?
consumers-do-enable = { $name } einschalten
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
consumers-never = nie
consumers-secrets = Geheimnisse
consumers-secrets-caption = Die Geheimnisse, mit denen { $name } signieren darf
consumers-secret = Geheimnis
consumers-made = Erzeugt
consumers-signed-last = Signierte zuletzt
consumers-last-to-sign = signierte als Letztes
consumers-retires = Endet
consumers-retires-when-let = wenn es jemand beendet
consumers-place-newest = neuestes
consumers-place-former = vorheriges
consumers-both-sign = Beide gelten. Beenden Sie das vorherige, sobald das Werkzeug das neueste hat; oder kehren Sie zu ihm zurück, dann endet das neueste.
consumers-do-retire = Vorheriges Geheimnis beenden
consumers-ask-retire = Vorheriges Geheimnis beenden?
consumers-then-retire = Was noch damit signiert, wird ab der nächsten Anfrage abgewiesen. Das lässt sich nicht rückgängig machen.
consumers-do-rotate-back = Zum vorherigen Geheimnis zurückkehren
consumers-ask-rotate-back = Zum vorherigen Geheimnis zurückkehren?
consumers-then-rotate-back = Das neueste Geheimnis endet sofort, und was damit signiert, wird ab der nächsten Anfrage abgewiesen. Das vorherige gilt weiter.
consumers-another-secret = Neues Geheimnis erzeugen …
consumers-stop = Seine Arbeit anhalten
consumers-stop-lead = Abgeschaltet wird es abgewiesen, bis Sie es wieder einschalten. Entfernt ist es für immer weg, mit allen Zugängen. Vorher sehen Sie, was dann stillsteht.
consumers-go-disable = { $name } abschalten …
consumers-go-remove = { $name } entfernen …
consumers-ask-disable = { $name } abschalten?
consumers-ask-remove = { $name } entfernen?
consumers-ask-rotate = Neues Geheimnis für { $name } erzeugen?
consumers-then-disable = Alle Anfragen dieses Werkzeugs werden ab der nächsten abgewiesen. Seine Zugänge bleiben und gelten wieder, sobald es eingeschaltet ist.
consumers-then-remove = Das Werkzeug und alle seine Zugänge sind sofort weg, und das lässt sich nicht rückgängig machen. Was es gemeldet hat, bleibt unter seinem Namen. Um es nur eine Weile anzuhalten, schalten Sie es ab.
consumers-then-rotate = Das Werkzeug braucht das neue Geheimnis, bevor das jetzige endet. Bis dahin gelten beide, Sie können es also ohne Lücke übertragen.
consumers-stops-disable = Was stillsteht
consumers-stops-remove = Was stillsteht
consumers-stops-rotate = Was daran hängt
consumers-stops-enable = Was dann wieder geht
consumers-stops-retire = Seine Geheimnisse
consumers-stops-rotate-back = Seine Geheimnisse
consumers-never-three = Es gibt nie mehr als zwei Geheimnisse: Das vorherige endet hiermit.
consumers-secret-of-now = Das jetzige Geheimnis
consumers-overlap-until_retired = gilt, bis es jemand beendet
consumers-overlap-week = gilt noch eine Woche
consumers-overlap-day = gilt noch einen Tag
consumers-overlap-hour = gilt noch eine Stunde
consumers-overlap-none = wird sofort abgewiesen
consumers-do-disable = { $name } abschalten
consumers-do-remove = { $name } entfernen
consumers-do-rotate = Neues Geheimnis erzeugen
consumers-made-title-new = { $name } ist registriert
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
needs-in-tracker = in einem Tracker { $rights }

## figures

figures-spark = { $calls ->
    [0] Kein Aufruf in { $days } Tagen
    [one] 1 Aufruf in { $days } Tagen
   *[other] { $written } Aufrufe in { $days } Tagen, höchstens { $most } an einem
}
figures-as-table = Dasselbe als Tabelle
figures-nothing = Noch kein Aufruf. Was Werkzeuge von jetzt an anfragen, wird hier gezählt.
figures-accepted = Angenommen
figures-refused = Abgewiesen
figures-accepted-of = { $calls } angenommen
figures-refused-of = { $calls } abgewiesen
figures-most-a-day = Der höchste Balken steht für { $most } an einem Tag.
figures-most-an-hour = Der höchste Balken steht für { $most } in einer Stunde.
figures-by-day = Aufrufe nach Tagen (UTC)
figures-by-hour = Aufrufe nach Stunden (UTC)
figures-day = Tag
figures-hour = Stunde
figures-why = Warum Aufrufe abgewiesen wurden
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
overview-asleep = Ruhend
overview-expired = Abgelaufen
overview-revoked = Widerrufen
overview-counted = Gezählt { $at }. Neu gezählt wird, wenn jemand nachsieht, höchstens einmal in der Minute.
overview-newest-asleep = Die neuesten, die ruhen
overview-expiring = Laufen innerhalb von { $days } Tagen ab
overview-none-asleep = Keiner ruht. Ein Zugang ruht, solange sein Benutzer, sein Werkzeug, sein Projekt oder die Rolle, mit der er handelt, angehalten ist.
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
audit-since-hint = Ein Tag wie 2026-01-31 oder ein Zeitpunkt wie 2026-01-31T13:00:00Z.
audit-since-is-wrong = Schreiben Sie einen Tag wie 2026-01-31 oder einen Zeitpunkt wie 2026-01-31T13:00:00Z.
audit-none = Nichts dergleichen ist geschehen
audit-none-next = Prüfen Sie die Schreibweise: Einträge behalten die Namen ihrer Zeit. Oder lassen Sie sich alle anzeigen.
audit-caption = Was geschehen ist
audit-entry = Eintrag
audit-time = Zeit
audit-who = Wer
audit-from = von { $address }
audit-what = Was
audit-why = Warum
audit-did-consumer-registered = Werkzeug registriert
audit-did-consumer-shown = Werkzeug angesehen
audit-did-consumer-changed = Werkzeug geändert
audit-did-consumer-rotated = Geheimnis eines Werkzeugs neu gemacht
audit-did-consumer-secret-retired = Früheres Geheimnis eines Werkzeugs beendet
audit-did-consumer-rotated-back = Neues Geheimnis eines Werkzeugs zurückgenommen
audit-did-consumer-disabled = Werkzeug abgeschaltet
audit-did-consumer-enabled = Werkzeug eingeschaltet
audit-did-consumer-removed = Werkzeug entfernt
audit-did-decision-authorized = Zugang erlaubt
audit-did-decision-denied = Zugang abgelehnt
audit-did-decision-revoked = Entscheidung zurückgenommen
audit-did-verifier-refused = Falscher Verifier
audit-did-token-issued = Zugang ausgestellt
audit-did-token-revoked = Zugang widerrufen
audit-did-token-renamed = Zugang umbenannt
audit-did-user-added = Benutzer angelegt
audit-did-user-changed = Benutzer geändert
audit-did-project-added = Projekt angelegt
audit-did-project-changed = Projekt geändert
audit-did-project-archived = Projekt archiviert
audit-did-project-reopened = Projekt wieder geöffnet
audit-did-project-plugin-on = Werkzeuge in ein Projekt eingelassen
audit-did-project-plugin-off = Werkzeuge aus einem Projekt ausgesperrt
audit-did-tracker-added = Tracker angelegt
audit-did-tracker-changed = Tracker geändert
audit-did-items-closed = Einträge geschlossen
audit-did-role-added = Rolle angelegt
audit-did-role-changed = Rolle geändert
audit-did-role-removed = Rolle entfernt
audit-did-role-given = Rolle vergeben
audit-did-role-taken = Rolle entzogen
audit-did-server-key-rotated = Serverschlüssel gewechselt
audit-did-session-opened = Angemeldet
audit-did-session-closed = Abgemeldet
audit-did-session-refused = Anmeldung gescheitert
audit-unreadable = An diesem Eintrag wurde etwas verändert; er ist nicht lesbar.

## refusals

refusals-title = Abweisungen
refusals-lead-everybodys = Signierte Anfragen aller Werkzeuge, die in der letzten Viertelstunde abgewiesen wurden, die neuesten zuerst. Jede wird erklärt.
refusals-lead-own = Signierte Anfragen der Werkzeuge, um die Sie sich kümmern, die in der letzten Viertelstunde abgewiesen wurden, die neuesten zuerst. Jede wird erklärt.
refusals-caption = Abgewiesene Anfragen
refusals-one = Abweisung
refusals-tool = Werkzeug
refusals-why = Warum
refusals-request = Anfrage
refusals-when = Wann
refusals-no-tool = kein bekanntes
refusals-empty = Zuletzt wurde nichts abgewiesen
refusals-empty-everybodys = In der letzten Viertelstunde wurde keine signierte Anfrage abgewiesen. Kommt ein Werkzeug nicht durch, lassen Sie es noch einmal anfragen und sehen Sie dann hier nach.
refusals-empty-own = In der letzten Viertelstunde wurde keine Anfrage eines Werkzeugs abgewiesen, um das Sie sich kümmern. Kommt Ihres nicht durch, lassen Sie es noch einmal anfragen und sehen Sie dann hier nach. Wer sich um ein Werkzeug kümmert, sagt die Verwaltung der Forge, wenn sie es registriert.
refusal-title = Abweisung { $id_shown }
refusal-not-compared = Nichts wurde verglichen.
refusal-beside = Ihr Base String neben unserem
refusal-difference = { $count ->
    [one] Der erste Unterschied kommt nach 1 gleichen Zeichen. Er ist markiert und steht zwischen ▸ und ◂:
   *[other] Der erste Unterschied kommt nach { $count } gleichen Zeichen. Er ist markiert und steht zwischen ▸ und ◂:
}
refusal-ours = Unserer
refusal-yours = Ihrer
refusal-cause = Die wahrscheinliche Ursache:
refusal-base-string = Base String
refusal-base-string-words = Worüber signiert werden muss. Von einem Token wird nur der Anfang gezeigt, und von dem, was geheim sein kann, die Länge: …(22).
refusal-own = Der Base String, den der Client selbst gebildet hat
refusal-own-hint = Die meisten Bibliotheken schreiben ihn ins Protokoll, wenn man sie gesprächig stellt. Auf den ersten Unterschied wird gezeigt. Höchstens 64 KiB werden verglichen. Er enthält ein Token, darum wird er nicht wieder gezeigt.
refusal-compare = Vergleichen
refusal-raw = Wie sie ankam
refusal-raw-words = Es gibt keinen Base String: Die Anfrage war nicht zu lesen oder zu lang, um ganz aufgehoben zu werden. Darum werden Namen und Längen gezeigt und keine Werte.
refusal-seen = Was der Server sah
refusal-when = Abgewiesen
refusal-parameters = Parameter
refusal-parameters-words = In der Reihenfolge des Base Strings.
refusal-parameters-caption = Signierte Parameter
refusal-name = Name
refusal-value = Wert
refusal-place = Gefunden in
refusal-normalised = Normalisiert
refusal-told = Was sie zur Antwort bekam

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
mistake-mail = Das ist keine E-Mail-Adresse.
mistake-reason = Ein Grund ist eine Zeile druckbarer Text, höchstens 500 Zeichen.
mistake-password-short = Ein Passwort hat mindestens 8 Zeichen.
mistake-password-long = Dieses Passwort ist zu lang.
mistake-passwords-differ = Die beiden Passwörter sind nicht gleich.
mistake-password-wrong = Das ist nicht das jetzige Passwort.
mistake-no-such-user = Es gibt niemanden mit diesem Benutzernamen.
mistake-holds-already = Diese Person hat die Rolle schon.
mistake-oneself = Sie können sich nicht selbst sperren.
mistake-last-administrator = Dann könnte niemand mehr die Forge verwalten. Geben Sie zuerst jemand anderem dieses Recht.
mistake-decision = Wählen Sie, ob Sie es erlauben oder ablehnen.
mistake-role_id = Wählen Sie eine Ihrer Rollen.
mistake-role-not-held = Diese Rolle können Sie zurzeit nicht verleihen. Wählen Sie eine andere.
mistake-role-too-small = Mit dieser Rolle dürfte das Werkzeug weniger, als es braucht. Wählen Sie eine andere.
mistake-lifetime = Wählen Sie eine der angebotenen Zeiten.
mistake-label = Ein Name ist druckbarer Text von höchstens 64 Zeichen.
mistake-summary = Schreiben Sie in einer Zeile, worum es geht.
mistake-details = Dieser Text enthält ein Zeichen, das nicht aufbewahrt werden kann.
mistake-priority = Wählen Sie eine Zahl von 1 bis 5.
ask-suspend-title = { $name } sperren?
ask-suspend-lead = { $name } wird überall abgemeldet und kann sich nicht mehr anmelden. Jeder Zugang ruht, bis Sie { $name } wieder freigeben.
ask-suspend-tokens = Diese Zugänge ruhen dann
ask-suspend-do = Sperren
ask-activate-title = { $name } wieder freigeben?
ask-activate-lead = { $name } kann sich wieder anmelden, und Zugänge, die geruht haben, gelten wieder.
ask-activate-do = Freigeben
ask-archive-title = { $name } archivieren?
ask-archive-lead = Das Projekt bleibt erhalten, aber niemand arbeitet mehr darin: Niemand hat mehr seine Rollen, und Zugänge mit diesen Rollen ruhen. Nur die Verwaltung der Forge kann es zurückholen.
ask-archive-tokens = Diese Zugänge ruhen dann
ask-archive-do = Archivieren
ask-reopen-title = { $name } zurückholen?
ask-reopen-lead = Alle haben wieder die Rollen, die sie hatten, und die Zugänge dazu gelten wieder.
ask-reopen-do = Zurückholen
ask-project-off-title = Werkzeuge aus { $name } aussperren?
ask-project-off-lead = Keine Rolle des Projekts wird mehr an Werkzeuge verliehen, und Zugänge mit diesen Rollen ruhen, bis Werkzeuge wieder zugelassen sind. Die Menschen behalten ihre Rollen.
ask-project-off-tokens = Diese Zugänge ruhen dann
ask-project-off-do = Werkzeuge aussperren
ask-project-on-title = Werkzeuge in { $name } zulassen?
ask-project-on-lead = Die Rollen des Projekts lassen sich wieder an Werkzeuge verleihen, und Zugänge, die deshalb geruht haben, gelten wieder.
ask-project-on-do = Werkzeuge zulassen
ask-user-off-title = Keine Rollen mehr verleihen?
ask-user-off-lead = Kein Werkzeug kann mehr für Sie handeln: Ihre Zugänge ruhen, und keine Ihrer Rollen wird angeboten, bis Sie es wieder ändern. Es geht nichts verloren.
ask-user-off-tokens = Diese Zugänge ruhen dann
ask-user-off-do = Keine Rollen verleihen
ask-user-on-title = Wieder Rollen verleihen?
ask-user-on-lead = Werkzeuge können Sie wieder um eine Rolle bitten, und Zugänge, die deshalb geruht haben, gelten wieder.
ask-user-on-do = Rollen verleihen
ask-weaken-title = { $name } weniger erlauben?
ask-weaken-lead = Alle mit dieser Rolle verlieren diese Rechte mit der nächsten Anfrage, und ebenso jedes Werkzeug, das mit ihr handelt.
ask-weaken-tokens = Diese Zugänge verlieren die Rechte
ask-weaken-do = Diese Rechte entziehen
ask-remove-role-title = Die Rolle { $name } löschen?
ask-remove-role-lead = Niemand hat sie mehr, und ihre Zugänge werden mit ihr gelöscht. Das lässt sich nicht rückgängig machen: Eine gleichnamige Rolle ist eine andere.
ask-remove-role-tokens = Diese Zugänge werden gelöscht
ask-remove-role-do = Rolle löschen
ask-take-role-title = { $of } die Rolle { $name } entziehen?
ask-take-role-lead = { $of } hat sie dann nicht mehr, und Zugänge mit dieser Rolle ruhen, bis sie zurückgegeben wird.
ask-take-role-tokens = Diese Zugänge ruhen dann
ask-take-role-do = Rolle entziehen
ask-revoke-token-title = Den Zugang von { $name } widerrufen?
ask-revoke-token-lead = { $name } kann dann nicht mehr für { $of } mit dieser Rolle handeln; schon die nächste Anfrage wird abgewiesen. Um wieder zu handeln, muss es { $of } neu fragen.
ask-revoke-token-tokens = Dieser Zugang gilt dann nicht mehr
ask-revoke-token-do = Widerrufen
ask-no-token = Deswegen hört kein Zugang auf zu gelten.
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
    [one] Und 1 weiterer.
   *[other] Und { $count } weitere.
}
ask-more-uncounted = { $count ->
    [one] Und mindestens 1 weiterer.
   *[other] Und mindestens { $count } weitere.
}

## users

users-title = Benutzer
users-lead = Alle, die sich hier anmelden können oder konnten.
users-forge-roles = Rollen der ganzen Forge
users-new = Benutzer anlegen
users-new-lead = Teilen Sie das Passwort auf sicherem Weg mit; ändern lässt es sich dann auf der eigenen Seite.
users-add = Benutzer anlegen
users-filter = Benutzer suchen
users-search = Benutzername oder Name beginnt mit
users-all = Alle
users-none = Niemand heißt so
users-none-next = Geben Sie weniger vom Namen ein, oder sehen Sie sich alle an.
user-name = Benutzername
user-realname = Name
user-email = E-Mail-Adresse
user-email-whose = Ihre E-Mail-Adresse ist { $email }. Ändern kann sie, wer die Forge verwaltet.
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
user-new-password-lead = Danach ist { $name } überall abgemeldet und meldet sich mit dem neuen an. Zugänge bleiben, wie sie sind.
user-roles = Rollen
user-no-roles = Keine. Wer ein Projekt verwaltet, kann eine vergeben.
user-tokens = Neueste Zugänge
user-no-tokens = Kein Werkzeug handelt für diesen Benutzer. Ein Zugang steht hier, sobald er eine Rolle an ein Werkzeug verleiht.
user-profile = Profil
user-suspend = Sperren …
user-suspend-lead = Ein gesperrter Benutzer kann sich nicht anmelden, und seine Zugänge ruhen. Sie sehen vorher, welche.
user-activate = Freigeben …
user-activate-lead = Dieser Benutzer ist gesperrt: keine Anmeldung, und alle Zugänge ruhen.

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
project-no-trackers = Keine, die Sie lesen können. Bitten Sie die Verwaltung des Projekts um eine Rolle, die es darf.
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
project-archive-lead = Ein archiviertes Projekt bleibt erhalten, aber niemand arbeitet darin. Sie sehen vorher, welche Zugänge dann ruhen.
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
roles-more = Seiten der Rollen
roles-more-trackers = Seiten der Tracker
roles-none = Noch keine Rollen
roles-none-next = Ohne Rolle handelt hier nur die Verwaltung der Forge. Legen Sie die erste an.
roles-none-ask = Ohne Rolle handelt hier nur die Verwaltung der Forge. Bitten Sie sie um eine.
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
role-give-hint = Benutzername der Person, die diese Rolle bekommen soll.
role-take = Entziehen …
role-take-from = von { $name }
role-remove = Rolle löschen …
role-remove-lead = Sie sehen vorher, welche Zugänge damit wegfallen.
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

plugin-user = Werkzeuge und dieser Benutzer
plugin-user-on = Werkzeuge dürfen um eine Rolle dieses Benutzers bitten und mit ihr handeln.
plugin-user-off = Für diesen Benutzer handelt kein Werkzeug: Keine Rolle wird angeboten, und alle Zugänge ruhen.
plugin-user-turn-off = Keine Rollen verleihen …
plugin-user-turn-on = Rollen verleihen …
plugin-project = Werkzeuge in diesem Projekt
plugin-project-on = Wer hier eine Rolle hat, kann sie an ein Werkzeug verleihen.
plugin-project-off = Werkzeuge sind ausgesperrt: Keine Rolle dieses Projekts wird verliehen, und Zugänge dazu ruhen.
plugin-project-turn-off = Werkzeuge aussperren …
plugin-project-turn-on = Werkzeuge zulassen …

## project-tokens

project-tokens-title = Zugänge, die hier handeln
project-tokens-lead = Welche Werkzeuge in diesem Projekt handeln, für wen und mit welcher Rolle.
project-tokens-filter = Zugänge suchen
project-tokens-items = Was damit gemeldet wurde
project-tokens-revoke = Widerrufen
project-tokens-revoke-heading = Den Zugang von { $tool } widerrufen?
project-tokens-revoke-lead = { $tool } kann dann nicht mehr für { $user } als { $role } handeln; schon die nächste Anfrage wird abgewiesen. Um wieder zu handeln, muss es { $user } neu fragen.
project-tokens-not-yours = Die Rolle gehört nicht zu diesem Projekt; widerrufen können den Zugang nur sein Benutzer oder die Verwaltung der Forge.
project-tokens-none = Hier handelt kein Werkzeug
project-tokens-none-next = Wenn jemand eine Rolle dieses Projekts an ein Werkzeug verleiht, steht der Zugang hier.
project-tokens-none-narrowed = Geben Sie weniger von einem Namen ein, oder sehen Sie sich alle an.
project-tokens-all = Alle
project-tokens-not-ended = Nicht beendet

## trackers

tracker-lead = Die neuesten zuerst. Bei jedem steht, wer ihn gemeldet hat, durch welches Werkzeug und in welcher Rolle.
items-search-label = Liste eingrenzen
items-words = Wörter
items-any = alle
items-submitter = Gemeldet von
items-tool = Werkzeug
items-token = Zugang
items-caption = Einträge
items-choose = Auswahl
items-show-all = Offene und geschlossene zeigen
items-none-yet = Noch keine Einträge
items-none-yet-next = Werkzeuge und Menschen, deren Rolle es erlaubt, melden hier welche.
items-none = Hier ist nichts offen
items-none-submit = Melden Sie den ersten Eintrag, oder sehen Sie die geschlossenen an.
items-none-read = Werkzeuge und Menschen, deren Rolle es erlaubt, melden hier Einträge. Vielleicht gibt es geschlossene.
items-none-like-that = Nichts dergleichen
items-none-like-that-next = Alle Wörter müssen im Eintrag stehen, und zwar ganz. Namen gelten so, wie sie beim Melden waren.
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
item-no-details = Es wurden keine Einzelheiten angegeben.
item-too-long-to-show = Es gibt mehr, als auf eine Seite passt; ein Werkzeug bekommt alles.
item-summary-too-long-to-edit = Die Zusammenfassung ist länger, als auf eine Seite passt. Sie bleibt, wie sie ist; ein Werkzeug kann sie ändern.
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
closing-lead = Sie wurden in { $project } mit Zugang { $token } gemeldet und werden in einem Schritt geschlossen. Bei jedem steht es dann im Verlauf, und jeder lässt sich wieder öffnen. Der Zugang bleibt, wie er ist: Widerrufen Sie ihn dort, wo er aufgeführt ist, wenn er nichts mehr melden soll.
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
mail-created = es gibt einen neuen Zugang: Damit kann { $tool } auf dieser Forge in Ihrem Namen handeln, mit einer Ihrer Rollen.
mail-created-then = Falls Sie das nicht erwartet haben, widerrufen Sie den Zugang und sagen Sie es der Verwaltung der Forge:
mail-created-by-tool = Angelegt von: dem Werkzeug, mit Ihrer Erlaubnis
mail-created-by-own = Angelegt von: Ihnen selbst, unter „Meine Zugänge“
mail-created-by-user = Angelegt von: { $name }, aus der Verwaltung
mail-created-by-operator = Angelegt von: den Betreibern der Forge
mail-ending-subject = Ihr Zugang für { $tool } läuft bald ab
mail-ending = ein Zugang, mit dem { $tool } in Ihrem Namen handelt, läuft bald ab. Danach wird das Werkzeug abgewiesen.
mail-ending-then = Soll das Werkzeug weiter arbeiten, lassen Sie es vorher neu um Erlaubnis bitten. Hier finden Sie Ihre Zugänge:
mail-asleep-subject = Ihr Zugang für { $tool } ruht
mail-asleep = ein Zugang, mit dem { $tool } in Ihrem Namen handelt, ruht: Das Werkzeug wird abgewiesen, bis der Grund weggefallen ist.
mail-asleep-because = Grund: { $reason }
mail-asleep-then = Brauchen Sie den Zugang nicht mehr, widerrufen Sie ihn. Hier finden Sie Ihre Zugänge:
mail-revoked-subject = Ihr Zugang für { $tool } wurde widerrufen
mail-revoked = ein Zugang, mit dem { $tool } in Ihrem Namen handelte, wurde widerrufen. Das Werkzeug wird ab jetzt abgewiesen.
mail-revoked-then = Soll das Werkzeug weiter arbeiten, kann es Sie neu um Erlaubnis bitten, wenn die Verwaltung nichts dagegen hat. Hier finden Sie Ihre Zugänge:
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
mail-endless = Läuft ab: erst, wenn Sie ihn widerrufen
mail-why = Die Forge schreibt Ihnen das, weil es um Ihre Rechte geht. Antworten auf diesen Brief liest niemand.
