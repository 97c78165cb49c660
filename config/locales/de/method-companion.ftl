# Der Weg `companion`: QR-Code, Telefon, Code per E-Mail. methods-dmss/src/texts.rs zählt die Kennungen auf.

## Das Bild und was damit zu tun ist

companion-name = Code per E-Mail, mit Ihrem Telefon
companion-title-reset = Mit dem Telefon scannen
companion-title-confirm = Scannen, um die E-Mail auszuprobieren
companion-preparing = Der QR-Code wird erstellt. Das dauert einen Moment.
companion-step-app = Öffnen Sie { $app }, gehen Sie zu { $menu } und halten Sie das Telefon auf den Code.
companion-step-camera = Oder nehmen Sie die Kamera eines beliebigen Telefons: Auf den Code halten und den Link öffnen.
companion-step-confirm = Drücken Sie am Telefon auf „{ relay-confirm-button }“. Erst dann wird die E-Mail gesendet.
companion-step-mail = Öffnen Sie das Postfach der hier angezeigten Adresse und suchen Sie die E-Mail mit Anfrage { $request }.
companion-step-type = Kommen Sie hierher zurück und geben Sie den Code aus der E-Mail ein.
companion-qr-label = QR-Code zu Anfrage { $request }. Dasselbe steht darunter als Text.

## Keine E-Mail gekommen?

companion-title-no-mail = Keine E-Mail gekommen?
companion-mail-folder = Sehen Sie im Spam-Ordner nach. Zwei Minuten Wartezeit sind normal.
companion-mail-address = Vergleichen Sie die hier angezeigte Adresse mit dem Postfach, das Sie geöffnet haben.
companion-mail-scan-again = Prüfen Sie, ob das Telefon Netz hat, und scannen Sie den Code noch einmal. Er sendet dieselbe E-Mail erneut.
companion-mail-new-code = Sie können noch { $left ->
        [one] einmal
        [2] zweimal
       *[other] { $left }-mal
    } einen neuen Code anfordern. Der alte gilt dann nicht mehr.
companion-mail-no-more = Jetzt kann kein weiterer Code erstellt werden. Der Code aus der neuesten E-Mail gilt noch.
companion-action-new-code = Neuen Code anfordern
companion-action-show-again = Zurück zum QR-Code
