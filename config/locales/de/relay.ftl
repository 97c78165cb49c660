relay-page-title = { -brand-name } – Passwort zurücksetzen
relay-confirm-question = Code für Anfrage { $request } senden?
relay-confirm-reset = Der Code geht an die E-Mail-Adresse, die für dieses Gerät hinterlegt ist. Mit ihm kann die Person am Gerät ein neues Passwort wählen.
relay-confirm-address = Der Code geht an die E-Mail-Adresse, die eben am Gerät eingetragen wurde, um zu beweisen, dass dort Post ankommt.
relay-confirm-compare = Nur fortfahren, wenn der Bildschirm des Geräts dieselbe Anfragenummer zeigt.
relay-confirm-button = Code senden
relay-again-button = Dieselbe Mail noch einmal senden
relay-device = Gerät
relay-label = Etikett endet auf
relay-request = Anfragenummer
relay-sent-title = Der Code ist unterwegs
relay-sent-again-title = Dieselbe Mail ist noch einmal unterwegs
relay-sent-body = Der Code ist unterwegs an die hinterlegte Adresse. Gehen Sie zurück zum Gerät und geben Sie ihn dort ein.
relay-sent-next = Gehen Sie zurück zum Gerät und geben Sie den Code ein, der per E-Mail kommt. Er muss die Anfrage { $request } nennen.
relay-sent-no-mail = Nach zwei Minuten keine Mail? Sehen Sie im Spam-Ordner nach und drücken Sie dann am Gerät „Keine E-Mail gekommen?“.
relay-not-sent-title = Nicht gesendet
relay-next-step = Was Sie tun können
relay-code-label = Fehler
relay-not-me-title = Das waren nicht Sie?
relay-not-me-body = Mit dem Knopf werden 24 Stunden lang keine Mails mehr für dieses Gerät gesendet. Sonst ändert sich nichts: Gerät und Passwort bleiben, wie sie sind.
relay-not-me-button = Mails 24 Stunden anhalten
relay-not-me-done-title = Mails sind angehalten
relay-not-me-done-body = 24 Stunden lang kommen keine Mails mehr für dieses Gerät. Niemand kann den Code verwenden, ohne am Gerät zu stehen.
relay-not-me-done-next = Wenn Sie von niemandem am Gerät wissen, sehen Sie dort nach. Der Code aus der Mail nützt anderswo nichts. Fragen: { -support-contact }
relay-not-me-unknown-title = Dieser Link ist nicht mehr gültig
relay-not-me-unknown-body = Er ist vielleicht älter als sieben Tage. Öffnen Sie die neueste Mail und drücken Sie dort „Nicht ich“.
relay-support = Hilfe: { -support-contact }

err-relay-not-accepted = Dieser Code wird nicht angenommen
rec-relay-not-accepted = Gehen Sie zurück zum Gerät, fordern Sie einen neuen Code an und scannen Sie ihn. Hilft das nicht, wählen Sie dort „Anderen Weg versuchen“ oder fragen Sie { -support-contact }.
err-relay-malformed = Das Gerät hat etwas gesendet, was dieser Dienst nicht lesen kann
rec-relay-malformed = Wählen Sie am Gerät „Anderen Weg versuchen“, oder fragen Sie { -support-contact } nach einer Aktualisierung des Geräts.
err-relay-revoked = Dieses Gerät darf keine Mails mehr anfordern
rec-relay-revoked = Wählen Sie am Gerät „Anderen Weg versuchen“, oder fragen Sie { -support-contact }.
err-relay-counter-used = Diese Anfragenummer wurde schon verwendet
rec-relay-counter-used = Gehen Sie zurück zum Gerät, fordern Sie einen neuen Code an und scannen Sie ihn.
err-relay-enrol-again = Diese Anfrage ist zu alt, oder das Gerät hat sich verzählt
rec-relay-enrol-again = Fordern Sie am Gerät einen neuen Code an und scannen Sie ihn. Erscheint das wieder, muss das Gerät neu angemeldet werden: Wählen Sie dort „Anderen Weg versuchen“, oder fragen Sie { -support-contact }.
err-relay-too-many-this-hour = Zu viele Mails für dieses Gerät in dieser Stunde
rec-relay-too-many-this-hour = Suchen Sie die Mail, die schon da ist. Sonst scannen Sie denselben Code in { $minutes ->
    [one] einer Minute
   *[other] { $minutes } Minuten
 } noch einmal.
err-relay-too-many-today = Zu viele Mails für dieses Gerät heute
rec-relay-too-many-today = Suchen Sie eine Mail, die schon da ist, oder wählen Sie am Gerät „Anderen Weg versuchen“. Mails sind in { $hours ->
    [one] einer Stunde
   *[other] { $hours } Stunden
 } wieder möglich; am Bildschirm des Geräts vielleicht früher.
err-relay-too-many-to-address = Zu viele Mails an diese Adresse in dieser Stunde
rec-relay-too-many-to-address = Suchen Sie eine Mail, die schon da ist. Sonst scannen Sie denselben Code in { $minutes ->
    [one] einer Minute
   *[other] { $minutes } Minuten
 } noch einmal.
err-relay-suppressed = Mails für dieses Gerät sind angehalten
rec-relay-suppressed = Jemand hat in einer Mail „Nicht ich“ gedrückt. Mails sind in { $hours ->
    [one] einer Stunde
   *[other] { $hours } Stunden
 } wieder möglich. Wählen Sie bis dahin am Gerät „Anderen Weg versuchen“.
err-relay-resend-limit = Diese Mail wurde schon mehrmals gesendet
rec-relay-resend-limit = Sehen Sie im Spam-Ordner nach. Ist sie nicht da, fordern Sie am Gerät einen neuen Code an, oder wählen Sie „Anderen Weg versuchen“.
err-relay-no-address = Für dieses Gerät ist keine E-Mail-Adresse hinterlegt
rec-relay-no-address = Wählen Sie am Gerät „Anderen Weg versuchen“, oder fragen Sie { -support-contact }.
err-relay-purpose-not-served = Dieser Dienst bearbeitet solche Anfragen nicht
rec-relay-purpose-not-served = Folgen Sie dem Bildschirm des Geräts, oder fragen Sie { -support-contact }.
err-relay-bounced = Mails an die hinterlegte Adresse kommen zurück
rec-relay-bounced = Wählen Sie am Gerät „Anderen Weg versuchen“, oder fragen Sie { -support-contact }.
err-relay-bad-request = Diese Anfrage hat nicht die verlangte Form
rec-relay-bad-request = Scannen Sie den Code auf dem Bildschirm des Geräts noch einmal, mit der Kamera des Telefons oder der { -app-name }.
err-relay-too-large = Diese Anfrage ist zu groß
rec-relay-too-large = Scannen Sie den Code auf dem Bildschirm des Geräts noch einmal, mit der Kamera des Telefons oder der { -app-name }.
err-relay-too-many-from-here = Zu viele Anfragen aus diesem Netz
rec-relay-too-many-from-here = Warten Sie eine Minute und versuchen Sie es noch einmal.
err-relay-not-found = Hier ist nichts
rec-relay-not-found = Scannen Sie den Code auf dem Bildschirm des Geräts, mit der Kamera des Telefons oder der { -app-name }.
err-relay-unavailable = Dieser Dienst kann die Anfrage gerade nicht annehmen
rec-relay-unavailable = Warten Sie eine Minute und scannen Sie denselben Code noch einmal; er bleibt gültig.

# Freigabe durch den Support (R89): die Seite, die ein Telefon öffnet.
relay-unlock-question = Anfrage { $request } an den Support weitergeben?
relay-unlock-what = Der Code auf dem Bildschirm ist für den Support von { -brand-name }. Es geht keine E-Mail hinaus, und diese Seite sieht weder den Code noch Ihr Passwort.
relay-unlock-button = Weitergeben
relay-unlock-done-title = Der Support hat Ihre Anfrage
relay-unlock-done-body = Wenden Sie sich jetzt an den Support ({ $contact }) und nennen Sie Anfrage { $request }. Bleiben Sie beim Gerät: Der Code wird Ihnen vorgelesen, und Sie geben ihn dort ein.
relay-unlock-done-next = Wenden Sie sich jetzt an den Support ({ $contact }) und nennen Sie Anfrage { $request }. Bleiben Sie beim Gerät: Der Code wird Ihnen vorgelesen, und Sie geben ihn dort ein.
relay-unlock-hours = Besetzt: { $hours }
relay-unlock-asks-title = Was der Support fragt
relay-unlock-asks-number = Die Nummer der Anfrage und die letzten Zeichen auf dem Etikett des Geräts.
relay-unlock-asks-proof = Einen Nachweis, dass das Gerät Ihnen gehört:
relay-unlock-never-title = Was der Support nie verlangt
relay-unlock-never-password = Ein Passwort, alt oder neu. Das neue wählen Sie selbst, am Gerät.
relay-unlock-never-code = Einen Code aus einer E-Mail oder Fernzugriff auf Ihren Computer.
relay-unlock-never-pay = Geld, oder dass Sie eine andere Nummer anrufen.

# Die Seite des Supports für Mitarbeitende mit Zugangsschlüssel.
relay-desk-title = Support
relay-desk-login-title = Beim Support anmelden
relay-desk-login-label = Ihr Zugangsschlüssel
relay-desk-login-button = Anmelden
relay-desk-login-hint = Es ist die Zeile, die Sie von der Verwaltung bekommen haben. Im Verlauf dieses Browsers bleibt nichts davon.
relay-desk-login-wrong = Dieser Zugangsschlüssel ist nicht bekannt.
relay-desk-login-wrong-next = Kopieren Sie die ganze Zeile, ohne Leerzeichen. Wurde er erneuert, fragen Sie die Verwaltung nach dem neuen.
relay-desk-who = { $name } · { $brand }
relay-desk-logout = Abmelden
relay-desk-reload = Neu laden
relay-desk-waiting-title = Von Besitzern weitergegeben
relay-desk-waiting-none = Nichts wartet.
relay-desk-waiting-how = Eröffnen Sie einen Vorgang, wenn der Besitzer sich meldet: resetkit support open --request { $request } --ticket NUMMER --evidence ART
relay-desk-tickets-title = Vorgänge
relay-desk-tickets-none = Noch wurde kein Vorgang eröffnet.
relay-desk-column-request = Anfrage
relay-desk-column-device = Gerät
relay-desk-column-at = Seit
relay-desk-column-ticket = Vorgang
relay-desk-column-agent = Bearbeitet von
relay-desk-column-evidence = Nachweis
relay-desk-column-approvers = Freigegeben von
relay-desk-column-state = Stand
relay-desk-minutes = { $minutes ->
    [one] einer Minute
   *[other] { $minutes } Minuten
 }
relay-desk-hours = { $hours ->
    [one] einer Stunde
   *[other] { $hours } Stunden
 }
relay-desk-state-open = wartet auf { $count ->
    [one] eine Freigabe
   *[other] { $count } Freigaben
 }
relay-desk-state-ready = kann vorgelesen werden
relay-desk-state-over = vorbei
relay-desk-state-unlocked = entsperrt
relay-desk-state-refused = abgelehnt
relay-desk-state-abandoned = abgebrochen
relay-desk-state-suspicious = verdächtig

err-relay-staff-unknown = Dieser Zugangsschlüssel ist dem Support nicht bekannt
rec-relay-staff-unknown = Kopieren Sie den ganzen Schlüssel, ohne Leerzeichen. Wurde er erneuert, fragen Sie die Verwaltung; `reset-relay staff new` erzeugt einen.
err-relay-staff-role = Ihre Rolle erlaubt das nicht
rec-relay-staff-role = Mitarbeitende am Telefon eröffnen, lesen und schließen Vorgänge; Freigebende geben sie frei. Fragen Sie jemanden mit der anderen Rolle.
err-relay-ticket-unknown = Kein Vorgang hat diese Nummer
rec-relay-ticket-unknown = `resetkit support list` zeigt die Nummern.
err-relay-ticket-closed = Dieser Vorgang ist geschlossen oder älter als ein Tag
rec-relay-ticket-closed = Bitten Sie den Besitzer um einen neuen Code auf dem Bildschirm und eröffnen Sie dafür einen neuen Vorgang.
err-relay-evidence-not-accepted = Dieser Nachweis wird nicht anerkannt
rec-relay-evidence-not-accepted = Nennen Sie mindestens eine Art aus der Liste der Marke; `resetkit support list` zeigt sie. Hat der Besitzer keine davon, schließen Sie den Vorgang als abgelehnt.
err-relay-no-approvers = Diese Marke hat niemanden zum Freigeben; der Support kann ihre Geräte nicht entsperren
rec-relay-no-approvers = Nehmen Sie einen anderen Weg: `resetkit case` sagt, welche offen sind. Der Hersteller der Marke trägt Freigebende unter `[support]` im Markenpaket ein.
err-relay-unlock-not-known = Das ist keine Anfrage eines Geräts Ihrer Marke
rec-relay-unlock-not-known = Vergleichen Sie Nummer und Etikett mit dem Bildschirm des Besitzers. Vielleicht muss er dort noch einmal „Entsperren durch den Support“ wählen.
err-relay-too-many-by-agent = Sie haben so viele Vorgänge eröffnet, wie an einem Tag erlaubt sind
rec-relay-too-many-by-agent = Lassen Sie den Vorgang jemand anderen übernehmen, oder warten Sie { $hours ->
    [one] eine Stunde
   *[other] { $hours } Stunden
 }.
err-relay-too-many-for-device = Für dieses Gerät wurden heute so viele Vorgänge eröffnet, wie erlaubt sind
rec-relay-too-many-for-device = Warten Sie { $hours ->
    [one] eine Stunde
   *[other] { $hours } Stunden
 }, oder nehmen Sie einen anderen Weg. Hat sich der Besitzer vorher nicht gemeldet, sagen Sie es Ihrer Leitung: Vielleicht versucht es jemand anderes.
err-relay-already-approved = Diese Hälfte ist schon freigegeben, oder Sie haben diesen Vorgang schon freigegeben
rec-relay-already-approved = Die zweite Freigabe muss von jemand anderem kommen, mit dem anderen Schlüssel.
err-relay-ticket-taken = Ein anderer Vorgang hat diese Nummer
rec-relay-ticket-taken = Nehmen Sie die nächste Nummer Ihres eigenen Systems, oder fügen Sie das Datum an.
