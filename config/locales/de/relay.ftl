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
