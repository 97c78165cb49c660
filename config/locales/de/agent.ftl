# Was der Support am Telefon sagt, fragt und nie fragt: eine Nachricht für jeden Code des Katalogs, der Reihe nach. Kurze Sätze
# zum Vorlesen. Sie nennen keinen Weg, denn er kann zu sein; welche offen sind, steht daneben. Nie Adresse, Code oder Passwort.

## Nie

agent-never-code = Nie nach einem Code aus einer Mail fragen und sich nie einen vorlesen lassen.
agent-never-kept-code = Nie nach einem Code vom ausgedruckten Blatt fragen.
agent-never-password = Nie nach einem Passwort fragen, weder dem alten noch dem neuen.
agent-never-address = Nie die hinterlegte E-Mail nennen und nie sagen, ob eine genannte stimmt.
agent-never-remote-access = Nie um Zugriff auf Computer, Postfach oder Telefon des Besitzers bitten.

## Belege; eine Marke nennt, welche sie annimmt, und kann eigene mitbringen

evidence-delivery-note = Lieferschein
evidence-invoice = Rechnung mit der Seriennummer
evidence-letter-of-installer = Schreiben des Installateurs, der das Gerät eingerichtet hat
evidence-photo-of-label = Foto des Etiketts, daneben die heutige Anfragenummer
evidence-police-report = Anzeige bei der Polizei
evidence-registration = Registrierung beim Hersteller auf den Namen des Besitzers
evidence-warranty-card = Garantiekarte

## E-0xx: Seiten und Schnittstelle des Geräts

agent-e-001 = Das Programm hat dem Gerät etwas geschickt, das es nicht lesen kann. Nichts wurde geändert. Bitte laden Sie die Seite neu, oder aktualisieren Sie das Programm.
    .ask = Welche App oder Seite haben Sie benutzt?
agent-e-002 = Das Gesendete ist zu lang für das Gerät. Bitte tippen Sie weniger und versuchen Sie es noch einmal.
    .ask = Haben Sie einen längeren Text in eines der Felder kopiert?
agent-e-003 = Die Seite ist weg oder gehört zu einem anderen Browser. Bitte gehen Sie auf die Startseite des Geräts und beginnen Sie dort neu.
    .ask = Ist es derselbe Browser wie vorher, und war das Gerät zwischendurch aus?
agent-e-004 = Diese Seite ist für angemeldete Besitzer. Bitte melden Sie sich an, oder wählen Sie „Passwort vergessen“, wenn das nicht geht.
    .ask = Haben Sie das Passwort noch?
agent-e-005 = Das Gerät hat Namen und Passwort nicht angenommen. Es sagt nie, welches von beiden. Bitte versuchen Sie es noch einmal langsam, danach „Passwort vergessen“.
    .ask = Ist die Tastatur auf Ihre Sprache gestellt und die Feststelltaste aus?
agent-e-006 = Die Seite war zu lange offen oder wurde von anderswo geöffnet. Bitte öffnen Sie sie neu und erlauben Sie Cookies für das Gerät.
    .ask = Sind Sie über einen Link oder ein Lesezeichen auf die Seite gekommen?
agent-e-007 = Das Gerät wurde schon eingerichtet. Waren das nicht Sie, ist es vielleicht gebraucht: Der Verkäufer kann es richtig übergeben.
    .ask = Haben Sie das Gerät neu oder gebraucht gekauft?
agent-e-008 = Das Getippte ist keine E-Mail-Adresse. Bitte achten Sie auf Leerzeichen und fehlende Teile und tippen Sie sie neu.
    .ask = Steht genau ein @ darin und dahinter ein Punkt?
agent-e-009 = Das Gerät ist beschäftigt. Nichts wurde geändert. Bitte warten Sie eine halbe Minute und versuchen Sie es noch einmal.
    .ask = Ist gerade noch jemand am Gerät oder auf seiner Seite?
agent-e-010 = Bei der Einrichtung will das Gerät eine E-Mail oder Ihr Wort, dass es ohne sein soll. Ich rate zu einer E-Mail oder einem ausgedruckten Blatt mit Codes.
    .ask = Haben Sie ein Postfach, das Sie auch in einigen Jahren noch haben?
agent-e-011 = Zu Ihrer Sicherheit geht das nur am Bildschirm des Geräts. Bitte gehen Sie hin und machen Sie es dort.
    .ask = Kann jemand, dem Sie vertrauen, am Gerät stehen?
agent-e-012 = Das jetzige Passwort stimmte nicht, also wurde nichts geändert. Bitte tippen Sie es noch einmal.
    .ask = Haben Sie das Passwort vor Kurzem geändert?
agent-e-013 = Das Programm fragt das Gerät auf eine Art, die es nicht kennt. Bitte aktualisieren Sie das Programm; das Gerät selbst ist in Ordnung.
    .ask = Welches Programm ist es und welche Version?
agent-e-014 = Der zurückgetippte Code steht nicht auf dem neuen Blatt. Nichts wurde verbraucht. Bitte vergleichen Sie ihn mit dem neuesten Blatt.
    .ask = Liegt neben dem neuen noch ein älteres Blatt?
agent-e-015 = Es gibt kein neues Blatt, das auf einen Code wartet. Bitte erzeugen Sie eines in den Einstellungen unter „Wiederherstellungscodes“.
    .ask = Haben Sie ein Blatt gedruckt, und war das Gerät danach aus?
agent-e-016 = Bei diesem Modell verwaltet die Firmware die Konten selbst. Bitte nutzen Sie das Zurücksetzen in den Einstellungen des Geräts.
    .ask = Sehen Sie in den Einstellungen des Geräts ein Zurücksetzen auf den Werkszustand?
agent-e-017 = Das Gerät sieht keinen Stick. Bitte stecken Sie einen USB-Stick ein und warten Sie zehn Sekunden, oder scannen Sie den QR-Code mit einem Telefon.
    .ask = Ist der Stick mit FAT32 oder exFAT formatiert?
agent-e-018 = Das Gerät ist übergeben, aber sein Speicher ließ sich nicht vollständig überschreiben. Bitte schalten Sie es aus und wieder ein, bevor es weggegeben wird; es versucht es dann noch einmal.
    .ask = Meldet das Gerät nach dem Einschalten, dass sein Speicher nicht beschrieben werden kann?
agent-e-020 = Auf diesem Gerät ist kein Programm eingerichtet, das Kameras und anderen das neue Passwort mitteilt. Bitte geben Sie es dort von Hand ein.
    .ask = Welche Kameras oder Programme fragen noch nach dem alten Passwort?

## E-1xx: Adresse und Einrichtung

agent-e-101 = Bei der Einrichtung dieses Geräts wurde keine E-Mail eingetragen, darum kann kein Code geschickt werden. Sehen wir nach, welcher andere Weg offen ist.
    .ask = Welche anderen Wege zeigt der Bildschirm unter der Meldung?
agent-e-102 = Die E-Mail dieses Geräts wurde nie ausprobiert, und dieses Gerät schickt Codes nur an eine ausprobierte. Nehmen wir einen anderen Weg.
    .ask = Welche anderen Wege zeigt der Bildschirm?
agent-e-103 = Dieses Gerät hat das Werk ohne das verlassen, was es braucht, damit wir ihm Codes schicken. Das liegt nicht an Ihnen. Nehmen wir einen anderen Weg.
    .ask = Welches Modell steht auf dem Etikett des Geräts?
agent-e-104 = Dieses Gerät hat noch kein Passwort. Bitte richten Sie es ein: Es fragt gleich nach einem neuen.
    .ask = Hat es jemand vorher auf den Werkszustand zurückgesetzt?
agent-e-105 = Die hier gespeicherte E-Mail ist zu lang für den Code auf dem Bildschirm. Nehmen wir einen anderen Weg; danach lässt sich eine kürzere eintragen.
    .ask = Welche anderen Wege zeigt der Bildschirm?
agent-e-106 = Für dieses Gerät wurde kein Blatt mit Codes angelegt. Haben Sie ein Blatt, gehört es zu einem anderen Gerät. Nehmen wir einen anderen Weg.
    .ask = Welche anderen Wege zeigt der Bildschirm?
agent-e-107 = So kann hier ein Konto nicht heißen. Bitte tippen Sie den Namen so wie bei der Anmeldung.
    .ask = Steht vor oder hinter dem Namen ein Leerzeichen?
agent-e-108 = Wir können dieses Gerät nicht von hier aus entsperren: Es wurde ohne die Schlüssel dafür gebaut. Suchen wir einen Weg am Gerät selbst.
    .ask = Welche anderen Wege zeigt der Bildschirm?

## E-2xx: Code

agent-e-201 = Im Code ist ein Tippfehler. Das hat keinen Versuch gekostet. Bitte vergleichen Sie Zeichen für Zeichen und tippen Sie ihn neu.
    .ask = Ist der Code vor Ihnen so lang wie das Feld?
agent-e-202 = Das ist kein ganzer Code. Es hat keinen Versuch gekostet. Bitte tippen Sie ihn ganz; Leerzeichen und Kleinbuchstaben sind egal.
    .ask = Wie viele Zeichen sehen Sie, ohne mir zu sagen, welche?
agent-e-203 = Der Code ist echt, gehört aber zu einer anderen Anfrage. Bitte suchen Sie die Mail mit der Nummer auf Ihrem Bildschirm.
    .ask = Welche Anfragenummer zeigt der Bildschirm, und welche die Mail?
agent-e-204 = Alle Versuche für diesen Code sind verbraucht. Nichts wurde geändert. Bitte fordern Sie einen neuen an und tippen Sie ihn langsam.
    .ask = Waren mehrere Mails da, und haben Sie die neueste benutzt?
agent-e-205 = Die Zeit für diesen Code ist um. Nichts wurde geändert. Bitte beginnen Sie neu; der neue Code hat wieder seine volle Zeit.
    .ask = Wie lange hat die Mail gebraucht?
agent-e-206 = Diese Anfrage endete, weil sich jemand angemeldet hat oder ein anderes Zurücksetzen fertig war. Bitte versuchen Sie zuerst, sich anzumelden.
    .ask = Könnte gerade ein Kollege oder jemand aus der Familie ein neues Passwort gesetzt haben?
agent-e-207 = Hier wurden zuletzt zu viele Codes probiert, darum lässt das Gerät Sie etwas warten. Lassen Sie es eingeschaltet; Ausschalten hilft nicht.
    .ask = Haben Sie mehrmals Codes probiert, oder könnte es jemand anderes gewesen sein?
agent-e-208 = Dieser Versuch gibt keinen weiteren Code her. Bitte tippen Sie den neuesten, den Sie haben, oder brechen Sie ab und beginnen Sie neu.
    .ask = Haben Sie eine Mail mit der Anfragenummer des Bildschirms?
agent-e-209 = Aus Sicherheit nimmt das Gerät gerade kein Zurücksetzen über das Netz an. Weiter kommt nur, wer davor steht.
    .ask = Hat das Gerät einen eigenen Bildschirm oder eine Taste?
agent-e-210 = Der Nachweis war richtig, aber das neue Passwort kam zu spät. Nichts wurde geändert. Bitte beginnen Sie neu und legen Sie es bereit.
    .ask = Haben Sie sich das neue Passwort schon notiert, nur für sich?
agent-e-211 = Hier wurden zuletzt zu viele Codes angefordert. Bitte warten Sie einige Minuten bei eingeschaltetem Gerät. Ein Code, den Sie haben, gilt weiter.
    .ask = Haben Sie eine Mail mit einem Code, den Sie noch nicht getippt haben?
agent-e-212 = Dieser Code des Blatts wurde schon benutzt. Jeder gilt einmal. Bitte streichen Sie ihn durch und nehmen Sie einen anderen.
    .ask = Gibt es auf dem Blatt Codes, die nicht durchgestrichen sind?

## E-3xx: Methoden

agent-e-301 = Dieser Weg ist von selbst stehen geblieben. Nichts wurde geändert. Das Gerät startet ihn noch einmal; klappt das nicht, nehmen wir einen anderen.
    .ask = Was stand kurz davor auf dem Bildschirm?
agent-e-302 = Dieser Weg hat zu lange gebraucht. Nichts wurde geändert. Das Gerät startet ihn noch einmal; klappt das nicht, nehmen wir einen anderen.
    .ask = War das Gerät schon vorher langsam?
agent-e-303 = Dieser Weg ist zweimal gescheitert, darum lässt ihn das Gerät bis zum nächsten Start in Ruhe. Nehmen wir jetzt einen anderen.
    .ask = Welche anderen Wege zeigt der Bildschirm?
agent-e-304 = Ein Teil der Software des Geräts ist nicht von uns signiert, darum führt das Gerät ihn nicht aus. Das schützt Sie. Nehmen wir einen anderen Weg.
    .ask = Wurde auf dem Gerät Software von anderswo installiert?
agent-e-305 = Ein Teil der Software passt nicht zum Rest. Eine Aktualisierung behebt das. Jetzt nehmen wir einen anderen Weg.
    .ask = Wann wurde das Gerät zuletzt aktualisiert?
agent-e-306 = Dieser Weg gab eine unsinnige Antwort, und das Gerät hat ihr nicht geglaubt. Nichts wurde geändert. Nehmen wir einen anderen Weg.
    .ask = Ist beim zweiten Versuch dasselbe passiert?
agent-e-307 = Dieser Weg wurde angehalten, weil er viel zu viel auf einmal sagte. Nichts wurde geändert. Nehmen wir einen anderen Weg.
    .ask = Ist beim zweiten Versuch dasselbe passiert?
agent-e-308 = Diesen Weg gibt es bei Ihrem Modell nicht. Sehen wir uns die an, die der Bildschirm zeigt.
    .ask = Welche Wege zeigt der Bildschirm?
agent-e-309 = Dieser Weg wurde in den Einstellungen ausgeschaltet, von Ihnen oder von jemandem, der das Gerät eingerichtet hat. Nehmen wir einen anderen.
    .ask = Wer hat das Gerät eingerichtet?
agent-e-310 = Das Gerät kann diesen Weg nicht sicher ausführen, darum tut es das gar nicht. Nehmen wir einen anderen Weg.
    .ask = Welche Firmware-Version zeigt der Bildschirm oder das Etikett?
agent-e-311 = Die Beschreibung dieses Wegs ist beschädigt. Eine Aktualisierung behebt das. Jetzt nehmen wir einen anderen Weg.
    .ask = Wann wurde das Gerät zuletzt aktualisiert?
agent-e-312 = Eine Datei der Software wurde geändert, nachdem wir sie signiert hatten, darum führt das Gerät sie nicht aus. Das schützt Sie. Nehmen wir einen anderen Weg.
    .ask = Wurde auf dem Gerät Software von anderswo installiert?
agent-e-313 = Dieser Bildschirm ist zu klein, um den Code zu zeigen. Bitte öffnen Sie die Seite des Geräts am Telefon oder Computer, oder nehmen Sie einen anderen Weg.
    .ask = Erreichen Sie die Seite des Geräts von einem Computer im selben Netz?
agent-e-314 = Dieser Weg lässt sich von hier aus nicht benutzen. Am Bildschirm des Geräts ist er vielleicht offen.
    .ask = Sind Sie am Gerät selbst oder auf seiner Seite im Browser?
agent-e-315 = Dieser Weg würde mehr löschen, als die Einstellungen dieses Geräts erlauben, darum ist er zu. Nehmen wir einen anderen.
    .ask = Welche anderen Wege zeigt der Bildschirm?
agent-e-316 = Dieser Weg ist für etwas anderes gemacht. Sehen wir uns die an, die der Bildschirm zeigt.
    .ask = Was wollten Sie tun: ein neues Passwort setzen oder eine E-Mail ausprobieren?
agent-e-317 = Dieser Weg konnte nicht weiter und hat das gesagt. Sie können später darauf zurückkommen; jetzt nehmen wir einen anderen.
    .ask = Was stand kurz davor auf dem Bildschirm?
agent-e-318 = Von dort, wo Sie sind, hat das Gerät keinen Weg mehr. Nichts wurde geändert, nichts ist verloren. Ich gehe das mit Ihnen durch.
    .ask = Sind Sie am Gerät selbst oder auf seiner Seite im Browser?
agent-e-319 = Dieses Gerät will zwei verschiedene Nachweise, und nur einer ist gerade möglich. Nichts wurde geändert. Sehen wir, wie wir zum anderen kommen.
    .ask = Welchen Nachweis haben Sie schon gegeben?
agent-e-320 = Ein Teil der Software ist älter, als das Gerät erlaubt. Eine Aktualisierung behebt das. Jetzt nehmen wir einen anderen Weg.
    .ask = Wann wurde das Gerät zuletzt aktualisiert?
agent-e-321 = Das Senden wurde abgeschnitten, darum weiß niemand, ob diese Mail ankommt. Ihr Code gilt nicht mehr. Bitte benutzen Sie nur die neueste Mail.
    .ask = Nennt die neueste Mail die Anfragenummer des Bildschirms?
agent-e-322 = Die Regeln dieses Geräts erkennen diese Art von Nachweis nicht an. Festgelegt hat sie, wer es verwaltet. Nehmen wir einen anderen Weg.
    .ask = Gibt es jemanden, der das Gerät für Sie verwaltet?

## E-4xx: Relais und Netz

agent-e-401 = Mails brauchen bis zu zwei Minuten. Bitte sehen Sie im Spam-Ordner nach. Dasselbe Bild noch einmal zu scannen schickt denselben Code noch einmal.
    .ask = Ist es das Postfach, das Sie bei der Einrichtung benutzt haben?
agent-e-402 = Das Telefon hat unseren Server nicht erreicht. Bitte prüfen Sie seine Verbindung und scannen Sie noch einmal; das Bild bleibt gültig.
    .ask = Öffnet sich auf dem Telefon irgendeine Webseite?
agent-e-403 = Unser Server hat keinen Code geschickt. Der Hinweis auf dem Telefon sagt, warum; bitte lesen Sie mir seine Nummer vor.
    .ask = Welche Nummer, E und drei Ziffern, zeigt das Telefon?
agent-e-404 = Das Gerät hat kein Netz. Bitte prüfen Sie Kabel und Router. Vielleicht gibt es einen Weg, der keines braucht.
    .ask = Blinkt an der Netzwerkbuchse des Geräts ein Licht?
agent-e-405 = Auf diesem Gerät ist kein Mailserver eingetragen, darum kann es selbst keine Mail senden. Nehmen wir einen anderen Weg.
    .ask = Welche anderen Wege zeigt der Bildschirm?
agent-e-406 = Der Mailserver hat die Mail nicht genommen. Beheben lässt sich das erst nach der Anmeldung. Nehmen wir einen anderen Weg.
    .ask = Wurde der Mailanbieter vor Kurzem gewechselt?
agent-e-407 = Die Uhr des Geräts ist nicht gestellt, und dieser Weg braucht eine. Wege, die keine Uhr brauchen, sind offen wie zuvor.
    .ask = War das Gerät eine Weile ohne Strom?
agent-e-408 = Der Mailserver antwortet dem Gerät nicht. Bitte prüfen Sie das Netzwerkkabel und versuchen Sie es noch einmal.
    .ask = Kommen andere Geräte im selben Netz ins Internet?
agent-e-409 = Die Verbindung zum Mailserver war nicht sicher, darum hat das Gerät nichts darüber gesendet. Das schützt Sie. Nehmen wir einen anderen Weg.
    .ask = Wurde am Netz etwas geändert, etwa ein neuer Router?
agent-e-410 = Das Postfach ist voll und nimmt keine Mail. Bitte schaffen Sie Platz und fordern Sie dann einen neuen Code an.
    .ask = Können Sie das Postfach öffnen und etwas löschen?
agent-e-411 = Der Mailserver lässt das Gerät nicht herein. Wahrscheinlich wurde sein Zugang geändert. Nehmen wir einen anderen Weg.
    .ask = Ohne es mir zu nennen: Wurde das Passwort des Postfachs vor Kurzem geändert?
agent-e-412 = Der Mailserver nimmt für das, was auf dem Gerät gespeichert ist, keine Mail. Nehmen wir einen anderen Weg; danach lässt es sich berichtigen.
    .ask = Welche anderen Wege zeigt der Bildschirm?
agent-e-413 = Es tut mir leid, dass niemand geantwortet hat. Jetzt bin ich da. Bitte nennen Sie mir die Anfragenummer und lassen Sie die Seite offen.
    .ask = Welche Anfragenummer zeigt der Bildschirm?
agent-e-414 = Jede Entsperrung sehen sich zwei von uns an, und dieser wurde nicht zugestimmt. Mit besseren Belegen können Sie noch einmal fragen.
    .ask = Was zeigt sonst noch, dass das Gerät Ihnen gehört: eine Rechnung, ein Schreiben des Installateurs?

## E-5xx: Speicher und Gerät

agent-e-501 = Das Gerät konnte nicht speichern. Das alte Passwort gilt weiter. Bitte versuchen Sie es noch einmal; danach schalten Sie es aus und ein.
    .ask = Ist beim zweiten Versuch dasselbe passiert?
agent-e-502 = Das Gerät konnte seine eigenen Notizen nicht lesen, darum ist es jetzt vorsichtig und langsam. Bitte warten Sie einige Minuten bei eingeschaltetem Gerät.
    .ask = Fiel der Strom aus, während das Gerät arbeitete?
agent-e-503 = Das Gerät kann nichts speichern. Bitte schalten Sie es aus, warten Sie zehn Sekunden und schalten Sie es ein. Bleibt es dabei, ist sein Speicher kaputt.
    .ask = Sagt der Bildschirm nach dem Aus- und Einschalten dasselbe?
agent-e-504 = Hier setzen gerade mehrere ein Passwort zurück, darum lässt das Gerät Sie warten. An seinem eigenen Bildschirm kommen Sie zuerst.
    .ask = Ist noch jemand am Gerät oder auf seiner Seite?
agent-e-505 = Der Code ließ sich diesmal nicht erzeugen. Nichts wurde geändert. Bitte versuchen Sie es einmal neu.
    .ask = Ist beim zweiten Versuch dasselbe passiert?
agent-e-506 = Dieses Modell hat dafür keine Taste. Nehmen wir einen anderen Weg.
    .ask = Welche anderen Wege zeigt der Bildschirm?
agent-e-507 = Das neue Passwort ließ sich nicht vorbereiten. Das alte gilt weiter. Bitte tippen Sie dasselbe noch einmal.
    .ask = Ging es auch mit einem anderen Passwort nicht?
agent-e-508 = Das neue Passwort ließ sich nicht setzen. Das alte gilt weiter. Bitte tippen Sie dasselbe noch einmal.
    .ask = Ging es auch beim zweiten Mal nicht?
agent-e-509 = Das Gerät konnte den Code nicht prüfen, ein Versuch ist verbraucht. Bitte tippen Sie ihn noch einmal.
    .ask = Wie viele Versuche zeigt der Bildschirm noch?
agent-e-510 = Eine Weile geschah nichts, darum hat das Gerät den Versuch beendet. Nichts wurde geändert. Bitte beginnen Sie neu; ich bleibe dran.
    .ask = Haben Sie jetzt alles zur Hand: Telefon, Postfach oder Blatt?
agent-e-511 = Das Gerät hat seine Anfragenummern verbraucht und kann bis zur neuen Anmeldung bei uns keine Codes mehr machen. Sehen wir, was ohne geht.
    .ask = Wie lauten die letzten vier Zeichen auf dem Etikett?
agent-e-512 = Dieser Bildschirm zeigt nur Text, also nicht das Bild. Bitte öffnen Sie die Seite des Geräts am Telefon oder Computer, oder nehmen Sie einen anderen Weg.
    .ask = Erreichen Sie die Seite des Geräts von einem Computer im selben Netz?
agent-e-513 = Aus Sicherheit geht das nur am Bildschirm des Geräts. Bitte gehen Sie hin und beginnen Sie dort neu.
    .ask = Kann jemand, dem Sie vertrauen, am Gerät stehen?
agent-e-514 = Das Gerät ist gerade erst gestartet. Bitte warten Sie eine Minute und beginnen Sie neu.
    .ask = Wie lange ist es schon eingeschaltet?
agent-e-515 = Bitte lassen Sie die Taste los: Eine andere Anfrage wartet auf sie, und Ihr Druck käme ihr zugute. Ist es nicht Ihre, verbinden Sie sich direkt mit dem Gerät und beginnen neu.
    .ask = Ist die andere Anfrage Ihre, etwa aus einem anderen Browserfenster?
agent-e-516 = Das Gerät sieht seine Taste die ganze Zeit gedrückt. Bitte sehen Sie nach, ob etwas darauf liegt, und beginnen Sie neu.
    .ask = Springt die Taste zurück, wenn Sie sie berühren?
agent-e-517 = Das Gerät kann seine Taste nicht mehr lesen. Vielleicht muss es repariert werden. Nehmen wir einen anderen Weg.
    .ask = Wurde das Gerät geöffnet, oder ist es heruntergefallen?
agent-e-518 = Das Gerät ließ sich nicht zurücksetzen. Bitte schalten Sie es aus und ein und sehen Sie, ob das alte Passwort noch gilt.
    .ask = Will das Gerät nach dem Einschalten neu eingerichtet werden?
agent-e-519 = Der Teil, der die Passwörter verwaltet, antwortet nicht. Das alte Passwort gilt weiter. Bitte warten Sie eine Minute und versuchen Sie es noch einmal.
    .ask = Ist nach dem Aus- und Einschalten dasselbe passiert?
agent-e-520 = Der Druck war zu kurz, zu lang oder zu spät. Bitte beginnen Sie noch einmal und lassen Sie los, wenn der Bildschirm es sagt; ich zähle mit.
    .ask = Sehen Sie den Balken, der beim Halten wächst?

## E-6xx: neues Passwort

agent-e-601 = Das neue Passwort ist zu kurz. Bitte hängen Sie Wörter an; vier in einer Reihe merkt man sich leicht. Nennen Sie es mir nicht.
    .ask = Wie viele Zeichen verlangt der Bildschirm?
agent-e-602 = Das neue Passwort ist länger, als das Gerät behalten kann. Bitte kürzen Sie es. Es wird nie heimlich etwas abgeschnitten.
    .ask = Wie viele Zeichen erlaubt der Bildschirm?
agent-e-603 = Dieses Passwort benutzen viele, und es wird zuerst probiert. Bitte wählen Sie ein paar eigene Wörter. Nennen Sie sie mir nicht.
    .ask = Soll ich erklären, wie man sich eines ausdenkt, das man sich leicht merkt?
agent-e-604 = In diesem Passwort steckt ein Name, den jeder am Gerät lesen kann. Bitte lassen Sie Marke, Modell, Seriennummer und Konto weg.
    .ask = Soll ich erklären, wie man sich eines ausdenkt, das man sich leicht merkt?
agent-e-605 = Das ist das alte Passwort. Bitte wählen Sie ein anderes.
    .ask = Kennen Sie das alte Passwort also noch und können sich einfach anmelden?
agent-e-606 = Ein Zeichen dieses Passworts kann das Gerät nicht behalten. Bitte lassen Sie es weg; Buchstaben und Leerzeichen gehen immer.
    .ask = Ist ein Emoji oder ein ungewöhnliches Zeichen darin?

## E-7xx: Relais und App

agent-e-700 = Unser Server nimmt diesen Code nicht an. Bitte lassen Sie das Gerät einen neuen machen und scannen Sie den. Bleibt es dabei, nehmen wir einen anderen Weg.
    .ask = Zeigt das Telefon den Code vom Bildschirm vor Ihnen und kein altes Foto?
agent-e-701 = Das Gerät hat etwas gesendet, das unser Server nicht lesen kann. Eine Aktualisierung des Geräts behebt das. Nehmen wir jetzt einen anderen Weg.
    .ask = Welche Firmware-Version zeigt das Etikett oder der Bildschirm?
agent-e-702 = Dieses Gerät darf keine Mail mehr anfordern. Ich sehe nach, warum. Am Gerät sind vielleicht andere Wege offen.
    .ask = Haben Sie das Gerät neu oder gebraucht gekauft?
agent-e-703 = Diese Anfragenummer wurde schon benutzt. Bitte lassen Sie das Gerät einen neuen Code machen und scannen Sie ihn.
    .ask = Haben Sie ein altes Foto gescannt?
agent-e-704 = Die Anfrage ist zu alt, oder das Gerät hat sich verzählt. Bitte versuchen Sie einmal einen neuen Code. Kommt es wieder, muss das Gerät neu angemeldet werden.
    .ask = Wurde das Gerät repariert oder auf einen älteren Stand gesetzt?
agent-e-705 = Für dieses Gerät gingen in dieser Stunde genug Mails heraus. Bitte suchen Sie die, die schon da ist, oder warten Sie.
    .ask = Ist eine Mail da, die die Anfragenummer des Bildschirms nennt?
agent-e-706 = Für dieses Gerät gingen heute genug Mails heraus. Am Bildschirm des Geräts geht es vielleicht früher weiter.
    .ask = Ist eine Mail da, die Sie noch nicht benutzt haben?
agent-e-707 = An dieses Postfach gingen in dieser Stunde genug Mails. Bitte suchen Sie die, die schon da ist, oder warten Sie.
    .ask = Setzen Sie mehrere Geräte auf einmal zurück?
agent-e-708 = In einer Mail für dieses Gerät hat jemand „Nicht ich“ gedrückt, darum ruhen die Mails einen Tag. Sonst ist alles beim Alten. Am Gerät sind vielleicht andere Wege offen.
    .ask = Könnte es jemand gedrückt haben, der das Postfach mitbenutzt?
agent-e-709 = Diese Mail wurde so oft geschickt, wie es geht. Bitte sehen Sie im Spam-Ordner nach oder lassen Sie das Gerät einen neuen Code machen.
    .ask = Sortiert eine Regel die Mails im Postfach?
agent-e-710 = Unser Server kennt für dieses Gerät kein Postfach. Am Gerät sind vielleicht andere Wege offen.
    .ask = Welche anderen Wege zeigt der Bildschirm des Geräts?
agent-e-711 = Unser Server tut nicht, was dieser Code verlangt. Bitte folgen Sie dem Bildschirm des Geräts.
    .ask = Was steht oben auf dem Bildschirm des Geräts?
agent-e-712 = Mail an das gespeicherte Postfach kommt zurück. Am Gerät sind vielleicht andere Wege offen; danach lässt es sich berichtigen.
    .ask = Wurde das Postfach aufgelöst oder verlegt?
agent-e-720 = Unser Server hat nicht bekommen, was er braucht. Bitte scannen Sie den Code auf dem Bildschirm noch einmal.
    .ask = Haben Sie gescannt oder die Adresse getippt?
agent-e-721 = Das Gesendete ist zu groß. Bitte scannen Sie den Code auf dem Bildschirm noch einmal.
    .ask = Haben Sie gescannt oder etwas eingefügt?
agent-e-722 = Aus Ihrem Netz kam zu viel auf einmal. Bitte warten Sie eine Minute oder nehmen Sie mobile Daten.
    .ask = Sind Sie in einem großen gemeinsamen Netz, etwa in einem Büro oder Hotel?
agent-e-723 = Unter dieser Adresse ist nichts. Bitte scannen Sie den Code auf dem Bildschirm des Geräts.
    .ask = Haben Sie die Adresse von Hand getippt?
agent-e-724 = Unser Server kann es gerade nicht annehmen. Bitte warten Sie eine Minute und scannen Sie denselben Code noch einmal; er bleibt gültig.
    .ask = Ist seit dem letzten Versuch eine Minute vergangen?
agent-e-740 = Das Telefon hat keine Verbindung. Bitte schalten Sie WLAN oder mobile Daten ein und versuchen Sie es noch einmal; nichts wurde gesendet.
    .ask = Öffnet sich auf dem Telefon irgendeine Webseite?
agent-e-741 = Unser Server antwortet dem Telefon nicht. Bitte warten Sie eine Minute und versuchen Sie es noch einmal; der Code am Gerät bleibt gültig.
    .ask = Öffnet sich auf dem Telefon eine andere Webseite?
agent-e-742 = Statt unseres Servers hat jemand anderes geantwortet, meist die Anmeldeseite eines WLANs. Bitte öffnen Sie irgendeine Webseite, melden Sie sich dort an und versuchen Sie es noch einmal.
    .ask = Sind Sie in einem WLAN mit Anmeldung, wie im Hotel?
agent-e-743 = Dieser Code gehört zu einem Gerät eines anderen Herstellers. Nichts wurde gesendet. Bitte nehmen Sie die App, die der Bildschirm nennt.
    .ask = Welche Marke steht auf dem Gerät?
agent-e-744 = Das ist eine andere Art von Code. Bitte wählen Sie am Gerät „Passwort vergessen“, drücken Sie OK und scannen Sie, was dann erscheint.
    .ask = Wo war der Code, den Sie gescannt haben?
agent-e-745 = Der Code wurde nur zum Teil gelesen. Bitte scannen Sie ihn noch einmal von vorn, ohne Spiegelungen.
    .ask = Ist der ganze Code im Bild?
agent-e-746 = Der Browser darf die Kamera nicht benutzen. Bitte erlauben Sie es für diese Seite, oder richten Sie die Kamera-App auf den Code.
    .ask = Hat der Browser nach der Kamera gefragt?
agent-e-747 = Es wurde keine Kamera gefunden. Bitte wählen Sie ein Foto des Codes, oder tippen Sie die Adresse darunter.
    .ask = Haben Sie ein anderes Telefon zur Hand?
agent-e-748 = Die Kamera startet nicht; vielleicht hält eine andere App sie fest. Bitte schließen Sie andere Apps und versuchen Sie es noch einmal.
    .ask = Ist ein Videoanruf oder eine andere Kamera-App offen?
agent-e-749 = Diese Datei ist kein Bild. Bitte wählen Sie ein Foto des Codes.
    .ask = Ist es ein Foto oder ein Dokument?
agent-e-750 = Auf diesem Foto wurde kein Code gefunden. Bitte machen Sie es von vorn, näher und ohne Spiegelungen.
    .ask = Ist der Code auf dem Bild scharf und ganz?
agent-e-760 = Einen Moment, ich melde mich neu an; das hat nichts mit Ihrem Gerät zu tun.
    .ask = Darf ich mich wieder melden, wenn es länger dauert?
agent-e-761 = Einen Moment, diesen Schritt muss jemand anderes hier tun. Das ist zu Ihrer Sicherheit.
    .ask = Darf ich Sie kurz in die Warteschleife legen?
agent-e-762 = Ich finde diese Nummer nicht. Bitte lesen Sie mir die Anfragenummer vom Bildschirm noch einmal vor.
    .ask = Welche Anfragenummer zeigt der Bildschirm?
agent-e-763 = Dieser Vorgang ist geschlossen, oder seine Zeit ist um. Bitte lassen Sie das Gerät eine neue Anfrage machen, dann eröffne ich einen neuen.
    .ask = Ist die Seite am Gerät noch offen?
agent-e-764 = Das zeigt noch nicht, dass das Gerät Ihnen gehört. Etwas anderes vielleicht: eine Rechnung, ein Schreiben des Installateurs.
    .ask = Was haben Sie, auf dem Seriennummer und Ihr Name stehen?
agent-e-765 = Geräte dieser Marke können wir nicht entsperren. Sehen wir nach, welcher Weg am Gerät offen ist.
    .ask = Welche Wege zeigt der Bildschirm?
agent-e-766 = Das ist keine Anfrage eines unserer Geräte. Bitte vergleichen Sie die Marke am Gerät und machen Sie dort die Anfrage noch einmal.
    .ask = Welche Marke steht auf dem Gerät, und welche Anfragenummer auf seinem Bildschirm?
agent-e-767 = Ich habe heute so viele Vorgänge eröffnet, wie ich darf. Jemand anderes übernimmt Ihren gleich.
    .ask = Darf ich Sie weitergeben?
agent-e-768 = Für dieses Gerät wurden heute genug Vorgänge eröffnet; das schützt seinen Besitzer. Morgen geht es wieder.
    .ask = Haben Sie oder jemand anderes sich heute schon wegen dieses Geräts gemeldet?
agent-e-769 = Jemand von uns hat schon zugestimmt; eine zweite Person muss es auch ansehen. Bitte lassen Sie die Seite offen.
    .ask = Ist die Seite am Gerät noch offen?
agent-e-770 = Einen Moment, ich gebe Ihrem Vorgang eine andere Nummer.
    .ask = Welche Anfragenummer zeigt der Bildschirm?
