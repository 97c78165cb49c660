# Wiederherstellungscodes: das gedruckte Blatt und die Seiten, auf denen es entsteht. Übergabe an neue Besitzer.

sheet-how-1 = Am Gerät „Passwort vergessen“ wählen, dann „Wiederherstellungscode“.
sheet-how-2 = Einen dieser Codes eintippen. Groß oder klein, Leerzeichen und Bindestriche sind egal.
sheet-how-3 = Neues Passwort wählen und den Code durchstreichen: Er ist verbraucht.
sheet-how-title = Wenn das Passwort vergessen ist
sheet-lead = Jeder dieser Codes setzt einmal ein neues Passwort: ohne Telefon, ohne Postfach, ohne Netz.
sheet-qr-label = Alle Codes von Blatt { $sheet }, für eine Kamera
sheet-row-label = Etikett endet auf
sheet-row-made = Gemacht am
sheet-row-model = Modell
sheet-row-number = Blatt
sheet-title = Wiederherstellungscodes
sheet-warning = Bewahren Sie dieses Blatt auf wie einen Schlüssel, und nicht neben dem Gerät. Wer es hat und am Gerät steht, kann ein neues Passwort setzen.

## Seiten

device-code-help-digits-support = Die 13 Ziffern, die der Support vorliest. Leerzeichen sind egal.
device-code-help-kept-digits = 21 Ziffern von Ihrem Blatt. Leerzeichen sind egal.
device-code-help-kept-letters = 17 Zeichen von Ihrem Blatt. Groß oder klein und Bindestriche sind egal.
device-code-help-letters-support = Die 9 Zeichen, die der Support vorliest. Groß oder klein und Bindestriche sind egal.
device-code-kept = Wiederherstellungscode
device-code-kept-title = Einen Wiederherstellungscode eintippen
device-codes-banner-low = { $left ->
        [0] Alle Wiederherstellungscodes sind verbraucht.
        [one] Nur ein Wiederherstellungscode ist noch übrig.
       *[other] Nur { $left } Wiederherstellungscodes sind noch übrig.
    } Machen Sie ein neues Blatt, bevor Sie es brauchen.
device-codes-banner-title = Wiederherstellungscodes.
device-codes-still-count = Blatt { $sheet } mit Wiederherstellungscodes gilt weiter: Machen Sie ein neues oder entfernen Sie es, wenn es nicht in Ihren Händen ist.
device-codes-banner-waiting = Die neuen Wiederherstellungscodes gelten noch nicht: Tippen Sie einen davon zurück.
device-codes-check = Prüfen
device-codes-later = Nicht jetzt
device-codes-left = Blatt { $sheet }: { $left } von { $of } Codes sind noch übrig.
device-codes-low = Machen Sie ein neues Blatt, bevor Sie es brauchen.
device-codes-make = Wiederherstellungscodes machen
device-codes-make-new = Neues Blatt machen
device-codes-new-title = Ihre Wiederherstellungscodes
device-codes-none = Auf diesem Gerät gibt es noch keine.
device-codes-once = Diese Codes werden nur dieses eine Mal gezeigt. Drucken Sie sie jetzt aus oder schreiben Sie sie ab, und bewahren Sie sie auf wie einen Schlüssel, nicht neben dem Gerät.
device-codes-picture = Als Bild
device-codes-print = Drucken (PDF)
device-codes-remove = Alle Codes ungültig machen
device-codes-renew-help = Blatt { $sheet } gilt weiter, bis ein Code des neuen zurückgetippt ist. Dann ist es ungültig.
device-codes-saved = Die Codes von Blatt { $sheet } gelten jetzt: { $left } Stück.
device-codes-saved-next = Jeder setzt einmal ein neues Passwort. Wenn wenige übrig sind, sagt es das Gerät nach dem Anmelden.
device-codes-title = Wiederherstellungscodes
device-codes-type-back = Einen der Codes zurücktippen
device-codes-type-back-help = Erst dann gelten sie, denn erst dann ist sicher, dass Sie sie haben. Verbraucht wird er dadurch nicht.
device-codes-waiting = Von Blatt { $sheet } ist noch kein Code zurückgetippt, darum gelten sie nicht. Tippen Sie einen davon, oder machen Sie ein neues Blatt.
device-codes-what = Acht Codes auf einem Blatt Papier. Jeder setzt einmal ein neues Passwort, an dem Tag, an dem Sie kein Telefon, kein Postfach und kein Netz haben.
device-further-first = Dieses Gerät will mehr als einen Nachweis, dass Sie es sind: { $helps }.
device-further-next = Bisher erbracht: { $given }. Dieses Gerät will noch einen: { $helps }.
device-hand-over-do = Alles von mir löschen
device-hand-over-goes = Ihr Passwort, Ihre E-Mail-Adresse, Wiederherstellungscodes, Einstellungen der Wiederherstellung, alle Anfragen, Benachrichtigungen und Zeilen des Protokolls werden gelöscht. Das lässt sich nicht rückgängig machen.
device-hand-over-link = An neue Besitzer übergeben
device-hand-over-stays = Was vom Hersteller kommt, bleibt: der Schlüssel und die Nummer, unter denen sein Server dieses Gerät kennt, und die Zähler, die das Raten teuer machen. Aufnahmen, Kameras und Netz gehören zu den Einstellungen des Geräts selbst: Löschen Sie sie zuerst dort.
device-hand-over-title = An neue Besitzer übergeben
device-hand-over-what = Für ein Gerät, das verkauft oder verschenkt wird. Danach ist es wie ab Werk, und wer es hat, richtet es mit einem eigenen Passwort ein.
device-handed-over-enrolment = Der Server des Herstellers weiß vielleicht noch, an welches Postfach ein Code ging. Schicken Sie diese Zeile dem Support des Herstellers: Damit wird das Gerät neu eingetragen, und der Server vergisst das.
device-handed-over-enrolment-label = Zeile für den Support des Herstellers
device-handed-over-next = Schalten Sie es aus und geben Sie es weiter. Wer es nun hat, richtet es ein.
device-handed-over-title = Bereit für neue Besitzer
device-handed-over-what = Auf diesem Gerät ist nichts mehr von Ihnen.
device-needs-kept = Sie brauchen Ihr Blatt mit Wiederherstellungscodes.
device-needs-support = Sie müssen den Support erreichen können, und brauchen etwas, das zeigt, dass das Gerät Ihnen gehört, etwa die Rechnung.
device-no-support = Meldet sich der Support nicht?
device-notice-leaves-kept = Nichts verlässt dieses Gerät. Bis Sie ein neues Passwort speichern, gilt das alte weiter.
device-notice-leaves-support = Dieses Gerät sendet von selbst nichts. Es zeigt einen QR-Code, den nur zwei Personen beim Support gemeinsam öffnen können; er verlässt das Gerät, wenn Sie ihn scannen oder speichern. Bis Sie ein neues Passwort speichern, gilt das alte weiter.
device-preparing-kept-text = Einen Augenblick, dann tippen Sie einen Code von Ihrem Blatt.
device-preparing-support-text = Der QR-Code entsteht gerade. Das dauert einen Augenblick.
device-proof-kept-code = ein Wiederherstellungscode
device-proof-mailbox = der Code aus dem Postfach
device-proof-presence = die Reset-Taste am Gerät
device-proof-support = Entsperren durch den Support
device-proof-telephone = das hinterlegte Telefon
device-reset-notice-what-kept = Sie weisen sich mit einem der Wiederherstellungscodes auf Ihrem Blatt aus. Sie brauchen weder Telefon noch Postfach.
device-reset-notice-what-support = Der Support lässt Sie hinein: Zwei Personen dort sehen sich an, was das Gerät als Ihres ausweist, und eine liest Ihnen einen Code vor. Sie brauchen ein Telefon, aber weder Postfach noch Netz hier.
device-save-to-stick = Auf einen Stick speichern
device-saved-to-stick = Gespeichert als { $file }. Bringen Sie den Stick zu einem Computer und schicken Sie die Datei dem Support.
device-sheet-number = Blatt
device-step-sheet = Wiederherstellungscode

device-err-code-not-on-sheet = Das ist keiner der Codes des neuen Blattes.
device-rec-code-not-on-sheet = Vergleichen Sie ihn mit dem Blatt und geben Sie ihn noch einmal ein. Verbraucht ist nichts.
device-err-no-sheet = Kein Blatt mit Wiederherstellungscodes wartet auf einen Code.
device-rec-no-sheet = Machen Sie in den Einstellungen unter Wiederherstellungscodes ein neues Blatt.
device-err-firmware-keeps-accounts = Die Konten dieses Geräts führt seine eigene Firmware, darum lassen sie sich hier nicht löschen.
device-rec-firmware-keeps-accounts = Setzen Sie das Gerät in seinen eigenen Einstellungen auf Werkszustand zurück.
device-err-hand-over-unfinished = Das Gerät ist übergeben, doch in seinem Speicher kann noch etwas von Ihnen liegen: Er ließ sich nicht überschreiben.
device-rec-hand-over-unfinished = Schalten Sie das Gerät aus und wieder ein, bevor Sie es weggeben. Es versucht es dann noch einmal. Meldet es, dass sein Speicher nicht beschrieben werden kann, fragen Sie den Support.
device-err-no-stick = Es ist kein Stick da, auf den gespeichert werden kann.
device-rec-no-stick = Stecken Sie einen USB-Stick an das Gerät und versuchen Sie es noch einmal, oder scannen Sie den QR-Code mit einem Telefon.
