# Der Weg `recovery-codes`: Ein Code von dem Blatt, das der Besitzer aufhebt. methods-recovery-codes/src/texts.rs zählt die Kennungen auf.

recovery-codes-name = Wiederherstellungscode von Ihrem Blatt
recovery-codes-title = Geben Sie einen Ihrer Wiederherstellungscodes ein
recovery-codes-preparing = Das Gerät bereitet sich darauf vor, einen Wiederherstellungscode anzunehmen.
recovery-codes-step-sheet = Holen Sie das Blatt mit Ihren Wiederherstellungscodes. Es wurde beim Einrichten des Geräts gedruckt oder gespeichert.
recovery-codes-step-choose = Wählen Sie irgendeinen Code, der nicht durchgestrichen ist. Jeder gilt einmal.
recovery-codes-step-type = Geben Sie ihn hier ein. Auf Leerzeichen, Bindestriche und Kleinbuchstaben kommt es nicht an.
recovery-codes-step-cross-out = Streichen Sie den Code danach auf dem Blatt durch.
recovery-codes-left = { $left } Codes Ihres neuesten Blatts sind noch nicht benutzt. Ältere Blätter gelten nicht mehr.
recovery-codes-last = Das ist der letzte Code Ihres Blatts. Drucken Sie ein neues, sobald Sie wieder angemeldet sind.
recovery-codes-never-tell = Sagen Sie diese Codes niemandem. Der Support fragt nie danach.
