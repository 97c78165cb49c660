# Wie bereit die Wiederherstellung ist, Weg für Weg: die Seite, die Erinnerung im Livebild, die Schnittstelle.

ready-title = Ist die Wiederherstellung bereit?
ready-intro = Was heute geht, wenn Sie das Passwort vergessen, und was für den Rest zu tun ist.
ready-link = Ist die Wiederherstellung bereit?
ready-light-green = geht
ready-light-amber = könnte scheitern
ready-light-red = geht nicht
ready-all-green = Mindestens ein Weg zurück geht heute.
ready-all-amber = Die Wiederherstellung wurde nie ausprobiert.
ready-all-red = Heute geht kein Weg zurück.
ready-works = Nichts steht im Weg.
ready-address-not-tried = Die E-Mail-Adresse ist eingetragen, aber es wurde nie ein Testcode eingetippt.
ready-address-not-tried-todo = Senden Sie einen Testcode und tippen Sie ihn hier ein.
ready-mail-failed = Die letzte Mail dieses Geräts ging nicht hinaus.
ready-codes-run-low = Es sind nur noch wenige Wiederherstellungscodes übrig.
ready-codes-run-low-todo = Machen Sie ein neues Blatt, solange Sie angemeldet sind.
ready-loses-more = Es geht, aber um diesen Preis:
ready-loses-more-todo = Halten Sie einen weiteren Weg bereit, der nur das Passwort kostet: eine E-Mail-Adresse oder ein Blatt mit Wiederherstellungscodes.
ready-switched-off = Sie haben ihn ausgeschaltet.
ready-switched-off-todo = Schalten Sie ihn in den Einstellungen ein, wenn Sie ihn haben möchten.
ready-mend-test-code = Testcode senden
ready-mend-address = E-Mail-Adresse eintragen
ready-mend-recovery-codes = Wiederherstellungscodes
ready-mend-switch-on = Einstellungen
ready-mend-doctor = Den Doktor fragen
ready-reminder-title = Ein vergessenes Passwort könnte Sie mehr als eine Minute kosten.
ready-reminder-no-way = Heute geht kein Weg zurück: Wer das Passwort vergisst, bleibt ausgesperrt.
ready-reminder-only-lossy = Der einzige Weg zurück, der heute geht, löscht mehr als das Passwort.
ready-reminder-not-tried = Keiner der Wege zurück wurde je ausprobiert.
ready-reminder-look = Was zu tun ist
ready-continue = Weiter zum Gerät

why-not-title = Warum nicht dieser Weg?
