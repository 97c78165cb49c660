# Der Doktor: alles, worauf die Wiederherstellung steht, in einfachen Worten.

doctor-title = Doktor
doctor-intro = Das Gerät sieht nach allem, worauf die Wiederherstellung steht. Es ändert nichts.
doctor-link-to = Den Doktor fragen
doctor-again = Noch einmal nachsehen
doctor-case = Wenn Sie sich an den Support wenden, nennen Sie diesen Code:
doctor-green = Alles ist in Ordnung.
doctor-amber = Etwas ist einen Blick wert.
doctor-red = Etwas funktioniert nicht.
doctor-any-ok = Funktioniert.
doctor-any-none = Das braucht dieses Gerät nicht.
doctor-any-not-reached = Nicht geprüft: Was davor kommt, schlug fehl.

doctor-link = Netz
doctor-link-ok = Das Gerät ist verbunden.
doctor-link-down = Kein Netz. Mit dem Telefon lässt sich das Passwort trotzdem zurücksetzen; nur Mail vom Gerät selbst kann nicht hinaus.
doctor-link-down-next = Stecken Sie das Netzkabel ein oder richten Sie das Funknetz ein, dann sehen Sie noch einmal nach.

doctor-names = Namen im Netz
doctor-names-unknown = Der Name des Mailservers ist in diesem Netz nicht bekannt.
doctor-names-unknown-next = Prüfen Sie den DNS-Server in den Netzeinstellungen und den Namen des Mailservers.
doctor-names-slow = Niemand antwortet, wenn das Gerät nach einem Namen fragt.
doctor-names-slow-next = Prüfen Sie den DNS-Server in den Netzeinstellungen.

doctor-time = Uhr
doctor-time-ok = Die Uhr ist gestellt, und man kann ihr glauben.
doctor-time-untrusted = Die Uhr ist gestellt, aber niemand bürgt für sie. Die Wiederherstellung braucht sie nicht.
doctor-time-never-set = Die Uhr wurde nie gestellt. Die Wiederherstellung braucht sie nicht.

doctor-relay = Schlüssel des Maildienstes
doctor-relay-no-key = Die Firmware hat keinen brauchbaren Schlüssel des Dienstes, der Codes verschickt.
doctor-relay-no-key-next = Bitten Sie den Hersteller um eine Firmware, die ihn hat; bis dahin nehmen Sie einen anderen Weg.

doctor-mail-server = Mailserver
doctor-mail-server-ok = Er antwortet.
doctor-mail-server-unusable = Ein Mailserver ist eingestellt, aber die Datei mit seinem Passwort oder seinem Zertifikat ist nicht brauchbar.
doctor-mail-server-unusable-next = Prüfen Sie die Dateien, die in den Einstellungen stehen; das Passwort darf niemand außer dem Gerät lesen können.
doctor-mail-server-failed = Er antwortet nicht.
doctor-mail-server-failed-next = Prüfen Sie Name und Port in den Einstellungen, und ob das Netz das Gerät hinauslässt.

doctor-mail-tls = Mailverschlüsselung
doctor-mail-tls-ok = Der Mailserver ist, wer er zu sein behauptet, und niemand kann mithören.
doctor-mail-tls-failed = Der Mailserver hat nicht verschlüsselt oder kann nicht beweisen, wer er ist.
doctor-mail-tls-failed-next = Prüfen Sie seinen Namen in den Einstellungen, und ob sein Zertifikat gilt und das Gerät dessen Aussteller kennt.

doctor-mail-log-in = Mailanmeldung
doctor-mail-log-in-ok = Der Mailserver lässt das Gerät hinein.
doctor-mail-log-in-failed = Der Mailserver nimmt Benutzername und Passwort des Geräts nicht an.
doctor-mail-log-in-failed-next = Tragen Sie beides noch einmal ein; viele Anbieter verlangen ein eigenes Passwort nur für dieses Gerät.

doctor-button = Reset-Taste
doctor-button-ok = Sie wurde eben gedrückt.
doctor-button-lost = Das Gerät kann seine Taste nicht lesen.
doctor-button-lost-next = Schalten Sie das Gerät aus und wieder ein. Hilft das nicht, nehmen Sie einen anderen Weg und fragen Sie den Support.
doctor-button-stuck = Sie ist seit Minuten unten: Sie klemmt.
doctor-button-stuck-next = Lösen Sie die Taste, dann sehen Sie noch einmal nach.
doctor-button-not-looked = Nicht geprüft: Der laufende Dienst hält ihre Leitung. Versuchen Sie es auf der Seite des Geräts, oder halten Sie den Dienst an und schreiben Sie --press 20 dazu.
doctor-button-waiting = Drücken Sie sie jetzt kurz und sehen Sie binnen einer Minute noch einmal nach.
doctor-button-waiting-next = Drücken Sie die Taste kurz und wählen Sie dann „Noch einmal nachsehen“.

doctor-qr = QR-Code auf diesem Bildschirm
doctor-qr-ok = Groß genug für jedes Telefon.
doctor-qr-browser = Er wird im Browser gezeigt, so groß wie nötig.
doctor-qr-small = Klein für diesen Bildschirm: Halten Sie das Telefon nah heran.
doctor-qr-small-next = Probieren Sie es jetzt einmal, bevor Sie es brauchen: „Passwort vergessen“ wählen und scannen.
doctor-qr-too-small = Zu klein für diesen Bildschirm.
doctor-qr-too-small-next = Öffnen Sie stattdessen die Webseite des Geräts auf einem Computer oder Telefon.
doctor-qr-too-long = Die Adresse des Maildienstes ist zu lang für einen QR-Code.
doctor-qr-too-long-next = Fragen Sie den Hersteller; bis dahin nehmen Sie einen anderen Weg.

doctor-storage = Speicher
doctor-storage-ok = Was entschieden wird, kann behalten werden.
doctor-storage-failed = Er lässt sich nicht beschreiben: Kein Passwort kann gesetzt werden.
doctor-storage-failed-next = Schalten Sie das Gerät aus und wieder ein. Hilft das nicht, ist der Speicher verschlissen; fragen Sie den Support.
doctor-storage-slow = Das Schreiben dauert sehr lange.
doctor-storage-slow-next = Der Speicher könnte verschleißen; sichern Sie Ihre Einstellungen und fragen Sie den Support.

doctor-cli-heading = { $brand }, { $model }
doctor-cli-next = Nächster Schritt
doctor-cli-case = Fallcode für den Support
