# Bildschirme des Geräts: Webseite und eigener Bildschirm. Kennungen sortiert halten.

device-account = Konto
device-address = Hinterlegte E-Mail
device-address-unconfirmed = Diese Adresse wurde eingegeben, aber nie ausprobiert. Kommt keine E-Mail, wird ein anderer Weg angeboten.
device-another-way = Anderen Weg versuchen
device-back-to-live = Livebild
device-back-to-login = Zurück zur Anmeldung
device-back-to-start = Zurück zum Anfang
device-banner-acknowledge = Das weiß ich
device-banner-text = Das geschah { $lane }, Vorgang { $request }, { $hours ->
        [0] vor weniger als einer Betriebsstunde
        [one] vor etwa einer Betriebsstunde
       *[other] vor etwa { $hours } Betriebsstunden
    }. Waren Sie das nicht, ändern Sie jetzt Passwort und hinterlegte E-Mail und prüfen Sie, wer dieses Gerät erreichen kann.
device-banner-title = Das Passwort dieses Geräts wurde zurückgesetzt.
device-cancel = Abbrechen
device-cancelled-text = Nichts wurde geändert. Das alte Passwort gilt weiter, ein schon gesendeter Code ist ungültig.
device-cancelled-title = Das Zurücksetzen wurde abgebrochen
device-checking-text = Der Code wird geprüft …
device-choose-title = Wie möchten Sie zeigen, dass Sie es sind?
device-code = Sicherheitscode
device-code-help-digits = 13 Ziffern aus der E-Mail. Leerzeichen sind egal.
device-code-help-letters = 9 Zeichen aus der E-Mail. Groß oder klein und Bindestriche sind egal.
device-code-title = Scannen, dann Code eingeben
device-confirm-address = Testcode senden
device-confirm-notice-title = E-Mail-Adresse ausprobieren
device-confirm-notice-what = Ein Testcode geht an diese Adresse, auf demselben Weg wie später, falls Sie das Passwort vergessen. Sie scannen einen QR-Code mit { -app-name } oder der Kamera Ihres Telefons und geben den Code aus der E-Mail hier ein.
device-confirmed-title = Die Adresse funktioniert
device-confirmed-what = Ein vergessenes Passwort lässt sich nun über { $address } zurücksetzen.
device-continue = Weiter
device-copied = Kopiert
device-copy = Kopieren
device-current-password = Aktuelles Passwort
device-done-notice = Die nächste Anmeldung zeigt dieses Zurücksetzen am Bildschirm, bis jemand bestätigt, dass er davon weiß.
device-done-sessions = Alle wurden abgemeldet, an jedem Bildschirm und in jeder App. Melden Sie sich mit dem neuen Passwort an.
device-done-title = Das neue Passwort ist gesetzt
device-done-what = Das alte Passwort gilt nicht mehr.
device-error-code = Fehler { $code }
device-error-title = Das hat nicht geklappt
device-expired-text = Die Zeit für dieses Zurücksetzen ist vorbei. Nichts wurde geändert, das alte Passwort gilt weiter.
device-expired-title = Die Zeit ist vorbei
device-fingerprint-title = Fingerabdruck des Zertifikats dieses Geräts
device-forgot = Passwort vergessen
device-forgot-title = Passwort vergessen
device-go-to-login = Mit dem neuen Passwort anmelden
device-hide = Verbergen
device-lane-button = mit der Taste
device-lane-console = am Bildschirm des Geräts
device-lane-network = auf der Webseite
device-live-title = Livebild
device-login = Anmelden
device-login-title = Anmelden
device-logout = Abmelden
device-minutes = Minuten übrig
device-more-time = Ich brauche mehr Zeit
device-new-code = Neuen Code anfordern
device-new-password = Neues Passwort für { $account }
device-new-password-consequence = Mit dem Speichern werden alle abgemeldet, und das alte Passwort gilt nicht mehr.
device-new-password-save = Neues Passwort speichern
device-new-password-title = Neues Passwort wählen
device-next = Weiter
device-no-mail = Keine E-Mail gekommen?
device-notice-leaves = Dieses Gerät sendet selbst nichts. Es zeigt einen QR-Code, den nur der Server des Herstellers lesen kann; er verlässt das Gerät, wenn Sie ihn scannen. Der Code kommt per E-Mail an die hinterlegte Adresse und sonst nirgendwohin. Bis Sie ein neues Passwort speichern, gilt das alte.
device-ok = OK
device-password = Passwort
device-password-refused = Dieses Passwort geht nicht.
device-password-rules = { $min } bis { $max } Zeichen jeder Art. Ein paar Wörter hintereinander sind gut. Keine bekannten Passwörter, keine Namen dieses Geräts.
device-payload-file = Als Datei speichern
device-payload-open = Auf diesem Telefon: Link öffnen
device-payload-title = Ohne Kamera: dasselbe als Text
device-pending-help = Jemand hat ein neues Passwort angefordert. Abbrechen ist immer ungefährlich und ändert sonst nichts.
device-pending-item = Vorgang { $request }, { $lane }, { $minutes ->
        [one] noch eine Minute
       *[other] noch { $minutes } Minuten
    }
device-pending-title = Offene Vorgänge
device-preparing-text = Der QR-Code wird erstellt. Das dauert einen Moment.
device-preparing-title = Einen Moment
device-readiness-amber = Die E-Mail-Adresse wurde nie ausprobiert. Senden Sie jetzt einen Testcode, damit es am entscheidenden Tag klappt.
device-readiness-red = Es ist keine E-Mail hinterlegt. Ein vergessenes Passwort ließe sich nicht per E-Mail zurücksetzen.
device-readiness-title = Die Wiederherstellung ist nicht bereit.
device-ready-amber = Die Wiederherstellung ist nicht erprobt.
device-ready-amber-text = Ein Testcode zeigt, ob Mails an dieser Adresse wirklich ankommen.
device-ready-green = Die Wiederherstellung ist bereit.
device-ready-green-text = Ein vergessenes Passwort lässt sich über diese Adresse zurücksetzen.
device-ready-red = Die Wiederherstellung ist nicht bereit.
device-ready-red-text = Es ist keine E-Mail hinterlegt. Ein vergessenes Passwort ließe sich nicht per E-Mail zurücksetzen.
device-recording = Aufnahme läuft
device-request = Vorgangsnummer
device-reset-notice-title = Passwort zurücksetzen
device-reset-notice-what = Sie zeigen mit einem Code, der an die hinterlegte Adresse geht, dass Sie der Besitzer sind. Sie brauchen Ihr Telefon mit { -app-name } oder dessen Kamera und dieses Postfach.
device-retry-in = Der nächste Versuch ist in { $minutes ->
        [one] einer Minute
       *[other] { $minutes } Minuten
    } möglich.
device-saving-text = Das neue Passwort wird gespeichert. Bitte lassen Sie das Gerät eingeschaltet.
device-saving-title = Speichern
device-settings-email-add = E-Mail eintragen
device-settings-email-change = Neue E-Mail
device-settings-email-help = Dorthin geht ein Code, falls das Passwort vergessen wird. Codes, die zur alten Adresse unterwegs sind, gelten nach der Änderung nicht mehr.
device-settings-save = E-Mail speichern
device-settings-saved = Die E-Mail ist gespeichert.
device-settings-saved-next = Senden Sie jetzt einen Testcode dorthin: Erst dann ist sicher, dass es am entscheidenden Tag klappt.
device-settings-title = Einstellungen
device-setup-email = E-Mail für ein vergessenes Passwort
device-setup-email-help = Dorthin geht ein Code, wenn das Passwort einmal vergessen wird. Am Bildschirm steht sie nie ganz.
device-setup-lead = Wählen Sie das Passwort des Administrators und den Weg zurück, falls es vergessen wird.
device-setup-password = Neues Passwort für { $account }
device-setup-save = Speichern und weiter
device-setup-skip = Ohne E-Mail weitermachen
device-setup-skip-consequence = Wird das Passwort vergessen, kann kein Code gesendet werden. Es bleiben nur die Wege ohne E-Mail; bei manchen Modellen sind das Werkseinstellungen oder ein Besuch des Kundendienstes.
device-setup-title = Gerät einrichten
device-show = Anzeigen
device-show-steps = Schritte noch einmal zeigen
device-skip-to-content = Zum Inhalt springen
device-start-again = Von vorn beginnen
device-step-1 = Passwort vergessen
device-step-2 = Hinweis
device-step-3 = QR-Code
device-step-4 = App
device-step-5 = Code
device-step-6 = Neues Passwort
device-step-of = Schritt { $step } von 6 · { $name }
device-steps = Schritte des Zurücksetzens
device-support = Hilfe: { -support-contact }
device-support-text = An diesem Gerät ist gerade kein weiterer Weg offen. Nichts wurde geändert, und das alte Passwort gilt weiter.
device-support-title = Wir können trotzdem helfen
device-title = { -brand-name }
device-tries = Versuche übrig
device-withheld-title = Gerade nicht möglich

## E-0xx: Anfragen von Seiten und Programmen, nach Nummern

device-err-malformed-request = Diese Anfrage wurde nicht verstanden.
device-rec-malformed-request = Gehen Sie zurück zur Seite und versuchen Sie es noch einmal.
device-err-request-too-large = Diese Anfrage ist zu lang.
device-rec-request-too-large = Geben Sie weniger als viertausend Zeichen ein.
device-err-not-found = Diese Seite gibt es nicht, oder sie gehört zu einem anderen Browser.
device-rec-not-found = Gehen Sie zurück zum Anfang. Lief hier ein Zurücksetzen, beginnen Sie es neu.
device-err-not-logged-in = Dafür müssen Sie angemeldet sein.
device-rec-not-logged-in = Melden Sie sich zuerst an. Ist das Passwort vergessen, wählen Sie Passwort vergessen.
device-err-log-in-refused = Konto oder Passwort stimmt nicht.
device-rec-log-in-refused = Versuchen Sie es noch einmal, oder wählen Sie Passwort vergessen.
device-err-foreign-form = Diese Seite war zu lange offen, oder die Anfrage kam von einer anderen Seite.
device-rec-foreign-form = Öffnen Sie die Seite neu und wiederholen Sie den Schritt. Cookies müssen für dieses Gerät erlaubt sein.
device-err-already-set-up = Dieses Gerät ist schon eingerichtet.
device-rec-already-set-up = Melden Sie sich an. Ist das Passwort vergessen, wählen Sie Passwort vergessen.
device-err-bad-address = Das ist keine E-Mail-Adresse.
device-rec-bad-address = Prüfen Sie die Adresse auf Tippfehler und geben Sie sie noch einmal ein.
device-err-busy = Das Gerät hat gerade viel zu tun.
device-rec-busy = Warten Sie einen Moment und versuchen Sie es noch einmal. Nichts wurde geändert.
device-err-address-or-skip = Geben Sie eine E-Mail ein, oder sagen Sie, dass Sie ohne weitermachen möchten.
device-rec-address-or-skip = Ohne E-Mail lässt sich ein vergessenes Passwort nicht per E-Mail zurücksetzen. Entscheiden Sie sich für eines von beiden.
device-err-console-only = Das geht nur am Bildschirm des Geräts selbst.
device-rec-console-only = Gehen Sie zum Gerät.
device-err-wrong-password = Das aktuelle Passwort stimmt nicht.
device-rec-wrong-password = Geben Sie es noch einmal ein. Es wurde nichts geändert.
