### Was die Seiten sagen, auf Deutsch. en.ftl hält dieselben Nachrichten auf Englisch; ein Test vergleicht beide.

## frame

## times

## lists

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
