# Der Weg `email`: Das Gerät sendet den Code selbst. methods-email/src/texts.rs zählt die Kennungen auf.

## Unterwegs

email-name = Code per E-Mail, vom Gerät gesendet
email-title-reset = Ein Code ist unterwegs an Ihre E-Mail
email-title-confirm = Ein Testcode ist unterwegs an Ihre E-Mail
email-step-connecting = Verbindung zum Mailserver wird aufgebaut.
email-step-securing = Verbunden. Es wird geprüft, ob es wirklich der Mailserver ist.
email-step-secured = Die Verbindung zu { $host } ist sicher. Anmeldung läuft.
email-step-code = Angemeldet. Der Code wird erstellt.
email-step-handing = Die E-Mail wird an { $host } übergeben.
email-old-counts = Der Code aus der früheren E-Mail gilt, bis der neue erstellt ist.

## Die E-Mail ist gesendet

email-title-sent = Sehen Sie in Ihre E-Mail
email-accepted-after = { $host } hat die E-Mail { $seconds ->
        [one] innerhalb einer Sekunde
       *[other] nach { $seconds } Sekunden
    } angenommen.
email-accepted-at = { $host } hat die E-Mail um { $time } angenommen.
email-do-open = Öffnen Sie das Postfach der hier angezeigten Adresse und suchen Sie die E-Mail mit Anfrage { $request }.
email-do-type = Geben Sie den Code aus der E-Mail hier ein.

## Keine E-Mail gekommen?

email-title-no-mail = Keine E-Mail gekommen?
email-mail-folder = Sehen Sie im Spam-Ordner nach. Zwei Minuten Wartezeit sind normal.
email-mail-address = Vergleichen Sie die hier angezeigte Adresse mit dem Postfach, das Sie geöffnet haben.
email-mail-server = { $host } hat die E-Mail angenommen, das Gerät hat also seinen Teil getan. Was danach mit ihr geschieht, sieht das Gerät nicht.
email-mail-new-code = Sie können noch { $left ->
        [one] einmal
        [2] zweimal
       *[other] { $left }-mal
    } einen neuen Code senden lassen. Der alte gilt dann nicht mehr.
email-mail-no-more = Jetzt kann kein weiterer Code gesendet werden. Der Code aus der neuesten E-Mail gilt noch.
email-not-again = Die neue E-Mail wurde nicht gesendet. Der Code aus der früheren E-Mail gilt noch.
email-action-new-code = Neuen Code senden
email-action-show-again = Zurück zur Eingabe des Codes

## Die E-Mail ging nicht hinaus

email-title-not-sent = Die E-Mail wurde nicht gesendet
email-why-no-network = Das Gerät hat kein Netz.
email-why-not-set = Auf diesem Gerät ist kein Mailserver eingetragen, der funktioniert.
email-why-no-answer = Der Mailserver hat nicht geantwortet.
email-why-not-secure = Die Verbindung zum Mailserver war nicht sicher, darum wurde nichts gesendet.
email-why-login = Der Mailserver hat die Anmeldung des Geräts abgelehnt.
email-why-address = Abgelehnt: Der Mailserver kennt diese Adresse nicht.
email-why-full = Abgelehnt: Das Postfach ist voll.
email-why-later = Der Mailserver nimmt gerade keine E-Mail an. Versuchen Sie es in einigen Minuten noch einmal.
email-why-refused = Der Mailserver hat die E-Mail abgelehnt.
