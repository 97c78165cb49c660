# Was geschah (err-) und was als Nächstes hilft (rec-), ein Paar je Fehler, in der Reihenfolge der Nummern.
# Kurz, ruhig, der nächste Schritt zuerst. Kein Text verrät, ob es ein Konto oder eine Adresse gibt.

## E-1xx: Adresse und Einrichtung

err-no-address = Dieses Gerät wurde ohne E-Mail für ein vergessenes Passwort eingerichtet.
rec-no-address = Nehmen Sie einen anderen Weg, falls unten einer steht, oder wenden Sie sich an den hier genannten Support. Tragen Sie später in den Einstellungen eine E-Mail ein, dann ist dieser Weg beim nächsten Mal offen.
err-address-unconfirmed = Die E-Mail dieses Geräts wurde nie ausprobiert, und seine Einstellungen verlangen das.
rec-address-unconfirmed = Wählen Sie unten einen anderen Weg. Wenn Sie wieder angemeldet sind, senden Sie sich einen Testcode.
err-relay-not-set-up = Dieses Gerät ist für Codes per E-Mail nicht vorbereitet.
rec-relay-not-set-up = Wählen Sie unten einen anderen Weg oder wenden Sie sich an { -support-contact }.
err-not-initialised = Dieses Gerät hat noch kein Passwort.
rec-not-initialised = Richten Sie es jetzt ein. Es gibt nichts zurückzusetzen.
err-address-does-not-fit = Die E-Mail dieses Geräts ist zu lang für den Code am Bildschirm.
rec-address-does-not-fit = Wählen Sie unten einen anderen Weg. Wenn Sie wieder angemeldet sind, tragen Sie eine kürzere E-Mail ein.
err-no-recovery-codes = An diesem Gerät wurden keine Wiederherstellungscodes erstellt.
rec-no-recovery-codes = Wählen Sie unten einen anderen Weg. Wenn Sie wieder angemeldet sind, drucken Sie Wiederherstellungscodes und bewahren sie gut auf.
err-bad-account-name = So kann ein Konto nicht heißen.
rec-bad-account-name = Geben Sie den Namen ein wie beim Anmelden, ohne Leerzeichen davor oder dahinter.
err-no-support-keys = Dieses Gerät wurde nicht darauf vorbereitet, vom Support entsperrt zu werden.
rec-no-support-keys = Wählen Sie unten einen anderen Weg.

## E-2xx: Code

err-code-slip = Im Code ist ein Tippfehler. Kein Versuch wurde verbraucht.
rec-code-slip = Vergleichen Sie ihn Zeichen für Zeichen mit der E-Mail und geben Sie ihn noch einmal ein.
err-code-malformed = Das ist kein ganzer Code. Kein Versuch wurde verbraucht.
rec-code-malformed = Geben Sie den ganzen Code aus der E-Mail ein. Leerzeichen, Bindestriche und Kleinbuchstaben sind erlaubt.
err-code-wrong = Das ist nicht der Code dieser Anfrage. Ein Versuch wurde verbraucht.
rec-code-wrong = Suchen Sie die E-Mail mit der Anfragenummer von diesem Bildschirm und geben Sie deren Code ein.
err-code-used-up = Alle Versuche für diesen Code sind verbraucht. Nichts wurde geändert.
rec-code-used-up = Fordern Sie einen neuen Code an oder wählen Sie einen anderen Weg.
err-code-expired = Die Zeit für diesen Code ist vorbei. Nichts wurde geändert.
rec-code-expired = Beginnen Sie von vorn, dann bekommen Sie einen neuen Code.
err-code-superseded = Diese Anfrage wurde beendet, weil sich jemand angemeldet hat oder ein anderes Zurücksetzen fertig wurde.
rec-code-superseded = Versuchen Sie, sich anzumelden. Brauchen Sie noch ein neues Passwort, beginnen Sie von vorn.
err-try-later = An diesem Gerät wurden zuletzt zu viele Codes probiert.
rec-try-later = Warten Sie bei eingeschaltetem Gerät ein paar Minuten und geben Sie dann den Code ein. Ausschalten hilft nicht.
err-too-many-codes = Für diese Anfrage kann kein weiterer Code erstellt werden.
rec-too-many-codes = Geben Sie den neuesten Code ein, den Sie haben, oder brechen Sie ab und beginnen von vorn.
err-lane-closed = Das Zurücksetzen über das Netz ist an diesem Gerät vorerst geschlossen.
rec-lane-closed = Gehen Sie zum Bildschirm des Geräts. Dort ist der Weg offen.
err-proof-expired = Das neue Passwort wurde nicht rechtzeitig gewählt. Nichts wurde geändert.
rec-proof-expired = Beginnen Sie von vorn und halten Sie ein neues Passwort bereit.
err-codes-try-later = An diesem Gerät wurden zuletzt zu viele Codes angefordert.
rec-codes-try-later = Warten Sie bei eingeschaltetem Gerät ein paar Minuten und fordern Sie dann einen neuen an. Ein Code, den Sie schon haben, gilt noch.
err-kept-code-used = Dieser Code Ihres Blatts wurde schon benutzt. Ein Versuch ist verbraucht.
rec-kept-code-used = Streichen Sie ihn durch und tippen Sie einen anderen Code desselben Blatts.

## E-3xx: Wege

err-method-crashed = Dieser Weg ist unerwartet stehen geblieben.
rec-method-crashed = Er startet von selbst noch einmal. Bleibt er wieder stehen, wählen Sie einen anderen Weg.
err-method-hung = Dieser Weg hat nicht rechtzeitig geantwortet.
rec-method-hung = Er startet von selbst noch einmal. Kommt nichts, wählen Sie einen anderen Weg.
err-method-quarantined = Dieser Weg ist zweimal gescheitert und wird jetzt nicht mehr versucht.
rec-method-quarantined = Wählen Sie unten einen anderen Weg. Wenn Sie wieder angemeldet sind, suchen Sie nach einem Update.
err-method-bad-signature = Dieser Weg ist nicht vom Hersteller signiert, daher führt das Gerät ihn nicht aus.
rec-method-bad-signature = Wählen Sie unten einen anderen Weg und sagen Sie { -support-contact } Bescheid.
err-method-wrong-contract = Dieser Weg wurde für eine andere Version der Gerätesoftware gemacht.
rec-method-wrong-contract = Wählen Sie unten einen anderen Weg. Ein Update bringt ihn zurück.
err-method-garbage = Dieser Weg hat eine unverständliche Antwort gegeben.
rec-method-garbage = Er startet von selbst noch einmal. Hilft das nicht, wählen Sie einen anderen Weg.
err-method-flood = Dieser Weg hat zu viel auf einmal gesendet und wurde angehalten.
rec-method-flood = Er startet von selbst noch einmal. Hilft das nicht, wählen Sie einen anderen Weg.
err-method-not-installed = Dieser Weg ist auf diesem Gerät nicht installiert.
rec-method-not-installed = Wählen Sie unten einen anderen Weg.
err-method-switched-off = Dieser Weg wurde in den Einstellungen ausgeschaltet.
rec-method-switched-off = Wählen Sie unten einen anderen Weg. Wenn Sie wieder angemeldet sind, können Sie ihn einschalten.
err-method-no-sandbox = Dieses Gerät kann diesen Weg nicht sicher ausführen.
rec-method-no-sandbox = Wählen Sie unten einen anderen Weg und sagen Sie { -support-contact } Bescheid.
err-method-bad-manifest = Die Beschreibung dieses Weges ist nicht lesbar.
rec-method-bad-manifest = Wählen Sie unten einen anderen Weg. Ein Update behebt das.
err-method-file-changed = Eine Datei dieses Weges ist nicht die vom Hersteller signierte, daher führt das Gerät ihn nicht aus.
rec-method-file-changed = Wählen Sie unten einen anderen Weg und sagen Sie { -support-contact } Bescheid.
err-screen-too-small = Dieser Bildschirm ist zu klein für den Code.
rec-screen-too-small = Öffnen Sie die Seite des Geräts auf einem Telefon oder Computer oder wählen Sie unten einen anderen Weg.
err-method-wrong-lane = Dieser Weg ist von hier aus nicht möglich.
rec-method-wrong-lane = Gehen Sie zum Bildschirm des Geräts oder wählen Sie unten einen anderen Weg.
err-method-loses-too-much = Dieser Weg würde mehr löschen, als die Einstellungen des Geräts erlauben.
rec-method-loses-too-much = Wählen Sie unten einen anderen Weg.
err-method-wrong-purpose = Dieser Weg ist dafür nicht gemacht.
rec-method-wrong-purpose = Wählen Sie unten einen anderen Weg.
err-method-gave-up = Dieser Weg kam nicht weiter.
rec-method-gave-up = Wählen Sie unten einen anderen Weg. Sie können später hierher zurück.
err-nothing-left = An diesem Gerät ist gerade kein Weg offen. Nichts wurde geändert.
rec-nothing-left = Wenden Sie sich an { -support-contact } und halten Sie den Fallcode auf diesem Bildschirm und das Etikett bereit.
err-second-proof-missing = Ein zweiter Nachweis ist nötig, und kein verbliebener Weg kann ihn geben.
rec-second-proof-missing = Wenden Sie sich an { -support-contact } und halten Sie Anfragenummer und Etikett bereit.
err-method-too-old = Dieser Weg ist älter, als dieses Gerät erlaubt.
rec-method-too-old = Wählen Sie unten einen anderen Weg. Ein Update bringt ihn zurück.
err-delivery-cut = Der Versand brach ab, bevor klar war, ob die E-Mail angenommen wurde. Dieser Code gilt nicht mehr.
rec-delivery-cut = Verwenden Sie nur den Code aus der neuesten E-Mail: Sie nennt die Anfragenummer dieses Bildschirms. Kommt keine, wählen Sie einen anderen Weg.
err-proof-not-allowed = Die Regeln dieses Geräts erkennen nicht an, was dieser Weg nachweist.
rec-proof-not-allowed = Wählen Sie unten einen anderen Weg.

## E-4xx: Server und Netz

err-no-mail-came = Die E-Mail ist noch nicht angekommen.
rec-no-mail-came = Sehen Sie im Spam-Ordner nach und warten Sie zwei Minuten. Scannen Sie dann dasselbe Bild noch einmal: Es sendet denselben Code erneut. Kommt keine, nehmen Sie einen anderen Weg oder fragen Sie { -support-contact }.
err-relay-unreachable = Das Telefon konnte den Server nicht erreichen, der den Code sendet.
rec-relay-unreachable = Prüfen Sie die Verbindung des Telefons und scannen Sie noch einmal. Das Bild bleibt gültig.
err-relay-refused = Der Server hat keinen Code gesendet.
rec-relay-refused = Lesen Sie den Hinweis am Telefon. Er sagt, ob Sie warten oder einen anderen Weg wählen sollten.
err-no-network = Dieses Gerät hat kein Netz.
rec-no-network = Stecken Sie das Kabel ein oder prüfen Sie den Router, oder wählen Sie einen Weg ohne Netz.
err-smtp-not-set = Auf diesem Gerät ist kein Mailserver eingetragen.
rec-smtp-not-set = Wählen Sie unten einen anderen Weg. Wenn Sie wieder angemeldet sind, tragen Sie einen Mailserver ein.
err-smtp-refused = Der Mailserver hat die E-Mail nicht angenommen.
rec-smtp-refused = Wählen Sie unten einen anderen Weg. Wenn Sie wieder angemeldet sind, prüfen Sie die Mail-Einstellungen.
err-clock-not-trusted = Auf die Uhr dieses Geräts ist kein Verlass.
rec-clock-not-trusted = Wählen Sie einen Weg, der keine Uhr braucht.
err-smtp-unreachable = Der Mailserver antwortet nicht.
rec-smtp-unreachable = Prüfen Sie das Netzwerkkabel des Geräts und versuchen Sie es noch einmal, oder wählen Sie einen anderen Weg.
err-smtp-not-secure = Die Verbindung zum Mailserver ist nicht sicher. Darum wurde darüber nichts gesendet.
rec-smtp-not-secure = Wählen Sie unten einen anderen Weg. Wenn Sie wieder angemeldet sind, prüfen Sie Namen und Zertifikat des Mailservers.
err-mailbox-full = Das Postfach ist voll und nimmt keine E-Mail an.
rec-mailbox-full = Schaffen Sie Platz im Postfach und fordern Sie dann einen neuen Code an, oder wählen Sie unten einen anderen Weg.
err-smtp-login-refused = Der Mailserver lässt dieses Gerät nicht anmelden.
rec-smtp-login-refused = Wählen Sie unten einen anderen Weg. Wenn Sie wieder angemeldet sind, geben Sie die Anmeldung beim Mailserver neu ein.
err-mail-address-refused = Der Mailserver nimmt für die hinterlegte Adresse keine E-Mail an.
rec-mail-address-refused = Wählen Sie unten einen anderen Weg. Wenn Sie wieder angemeldet sind, prüfen Sie die Adresse.
err-support-silent = Der Support hat noch nicht geantwortet.
rec-support-silent = Lassen Sie diese Seite offen und fragen Sie { -support-contact } zu den Dienstzeiten noch einmal. Die Anfrage gilt so lange, wie unten steht. Oder wählen Sie einen anderen Weg.
err-support-refused = Der Support hat dem Entsperren nicht zugestimmt.
rec-support-refused = Wählen Sie unten einen anderen Weg, oder fragen Sie { -support-contact }, welche Belege nötig sind, etwa eine Rechnung.

## E-5xx: Speicher und Gerät

err-store-failed = Das Gerät konnte nicht speichern. Nichts wurde geändert, das alte Passwort gilt weiter.
rec-store-failed = Versuchen Sie es noch einmal. Geschieht es wieder, schalten Sie das Gerät aus und ein und beginnen von vorn.
err-state-unreadable = Das Gerät konnte seine Aufzeichnungen nicht lesen und beginnt mit wenigen Versuchen.
rec-state-unreadable = Warten Sie bei eingeschaltetem Gerät ein paar Minuten und machen Sie dann an seinem Bildschirm weiter.
err-storage-read-only = Das Gerät kann im Moment nichts speichern.
rec-storage-read-only = Schalten Sie es einmal aus und ein. Bleibt es so, wenden Sie sich an { -support-contact }.
err-too-many-sessions = Hier setzen gerade zu viele Menschen ein Passwort zurück.
rec-too-many-sessions = Warten Sie ein paar Minuten und beginnen Sie von vorn, oder gehen Sie zum Bildschirm des Geräts.
err-seal-failed = Der Code konnte nicht erstellt werden.
rec-seal-failed = Versuchen Sie es noch einmal oder wählen Sie unten einen anderen Weg.
err-no-button = Dieses Gerät hat keine Reset-Taste.
rec-no-button = Wählen Sie unten einen anderen Weg.
err-prepare-failed = Das neue Passwort konnte nicht vorbereitet werden. Das alte gilt weiter.
rec-prepare-failed = Versuchen Sie es noch einmal mit demselben Passwort.
err-commit-failed = Das neue Passwort konnte nicht gesetzt werden. Das alte gilt weiter.
rec-commit-failed = Versuchen Sie es noch einmal mit demselben Passwort.
err-derive-failed = Der Code konnte nicht geprüft werden. Ein Versuch wurde verbraucht.
rec-derive-failed = Geben Sie den Code noch einmal ein.
err-session-idle = Eine Weile geschah nichts, daher wurde diese Anfrage beendet. Nichts wurde geändert.
rec-session-idle = Beginnen Sie von vorn, wenn Sie so weit sind.
err-counters-spent = Dieses Gerät hat keine Anfragenummern mehr.
rec-counters-spent = Wählen Sie unten einen anderen Weg und sagen Sie { -support-contact }, dass es neu angemeldet werden muss.
err-no-pictures = Dieser Bildschirm kann kein Bild zeigen.
rec-no-pictures = Öffnen Sie die Seite des Geräts auf einem Telefon oder Computer oder wählen Sie unten einen anderen Weg.
err-not-at-console = Das geht nur am Gerät selbst.
rec-not-at-console = Gehen Sie zum Bildschirm des Geräts und beginnen Sie dort.
err-no-randomness = Das Gerät ist gerade erst gestartet und noch nicht bereit, einen Code zu erstellen.
rec-no-randomness = Warten Sie eine Minute und beginnen Sie von vorn.
err-button-busy = Gerade wartet eine andere Anfrage auf die Reset-Taste.
rec-button-busy = Halten Sie die Reset-Taste jetzt nicht: Sie würde der anderen Anfrage dienen. Ist das nicht Ihre? Verbinden Sie sich direkt mit dem Gerät, ohne anderes Netz, und beginnen Sie neu. Oder wählen Sie einen anderen Weg.
err-button-stuck = Die Reset-Taste meldet sich die ganze Zeit als gedrückt.
rec-button-stuck = Prüfen Sie, dass nichts auf der Reset-Taste liegt und dass sie zurückfedert, und beginnen Sie von vorn. Oder wählen Sie unten einen anderen Weg.
err-button-lost = Die Reset-Taste lässt sich nicht mehr lesen.
rec-button-lost = Wählen Sie unten einen anderen Weg. Geschieht das wieder, sagen Sie es dem Support.
err-erase-failed = Das Gerät konnte nicht in den Werkszustand gebracht werden.
rec-erase-failed = Schalten Sie das Gerät aus und ein. Gilt das alte Passwort noch, beginnen Sie von vorn und halten Sie die Reset-Taste noch einmal; sonst richten Sie das Gerät neu ein.
err-accounts-unavailable = Der Teil des Geräts, der die Passwörter verwaltet, antwortet nicht. Das alte Passwort gilt weiter.
rec-accounts-unavailable = Warten Sie eine Minute und versuchen Sie es noch einmal. Geschieht das wieder, schalten Sie das Gerät aus und wieder ein und beginnen Sie von vorn.
err-press-not-seen = Die Reset-Taste wurde in der Zeit nicht so lange gehalten wie nötig.
rec-press-not-seen = Wählen Sie die Reset-Taste noch einmal, halten Sie sie, bis der Bildschirm zum Loslassen auffordert, und lassen Sie dann los. Oder wählen Sie einen anderen Weg.

## E-6xx: neues Passwort

err-password-too-short = Dieses Passwort ist zu kurz.
rec-password-too-short = Hängen Sie Wörter an, bis es lang genug ist. Vier Wörter hintereinander merken sich leicht.
err-password-too-long = Dieses Passwort ist länger, als das Gerät behalten kann.
rec-password-too-long = Kürzen Sie es. Es wird nie heimlich etwas abgeschnitten.
err-password-common = Viele Menschen benutzen dieses Passwort oder eines nach demselben Muster.
rec-password-common = Wählen Sie ein paar Wörter, die nur zu Ihnen gehören.
err-password-guessable = In diesem Passwort steckt ein Name, der auf dem Gerät oder in seinem Konto steht.
rec-password-guessable = Lassen Sie Marke, Modell, Seriennummer und Kontonamen weg.
err-password-unchanged = Das ist das alte Passwort.
rec-password-unchanged = Wählen Sie ein anderes.
err-password-character = In diesem Passwort ist ein Zeichen, das das Gerät nicht behalten kann.
rec-password-character = Lassen Sie dieses Zeichen weg und versuchen Sie es noch einmal.

## Warum ein Passwort abgelehnt wird, in den Worten der Sperrliste

password-flaw-account-name = Es ist kaum mehr als der Name des Kontos.
password-flaw-common = Es gehört zu den Passwörtern, die als Erstes probiert werden, oder besteht aus ihnen.
password-flaw-device-name = Es ist kaum mehr als ein Name, den jeder am Gerät lesen kann.
password-flaw-old = Es ist das alte Passwort.
password-flaw-pattern = Es ist eine Tastenreihe oder ein Stück immer wieder.
