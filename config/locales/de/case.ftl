# Was `resetkit case CODE` dem Kundendienst sagt.
case-title = Fall { $code }
case-device = Gerät
case-failed = was nicht ging
case-tried = was versucht wurde
case-clock = Uhr
case-ready = bereit
case-not-ready = nicht bereit
case-ways = was dieser Besitzer noch tun kann
case-tell = dem Besitzer sagen
case-firmware = Firmware { $version }
case-unlisted-brand = eine Marke, die nicht in diesem Verzeichnis steht (Nummer { $number })
case-unlisted-model = ein Modell, das nicht in diesem Verzeichnis steht (Nummer { $number })
case-unlisted-firmware = eine Firmware, die nicht in diesem Verzeichnis steht (Nummer { $number })
case-unlisted-method = eine Methode, die nicht in diesem Verzeichnis steht (Nummer { $number })
case-no-failure = nichts: Der Code wurde gelesen, bevor etwas fehlschlug
case-unknown-failure = ein Fehler, den dieses Programm nicht kennt (Nummer { $number }); ein neueres benutzen
case-no-method = keine Methode wurde begonnen
case-method = Methode „{ $name }“
case-no-tries = kein Code wurde verglichen
case-tries = { $count ->
    [one] ein Code wurde verglichen
   *[other] { $count } Codes wurden verglichen
}
case-tries-many = sieben oder mehr Codes wurden verglichen
case-clock-never-set = nie gestellt; nichts hängt davon ab
case-clock-untrusted = vorhanden, das Gerät traut ihr aber nicht; nichts hängt davon ab
case-clock-trusted = gestellt und vertraut
case-clock-unknown = nicht gesagt
case-way-open = offen
case-way-failed = begonnen und gescheitert (siehe oben)
case-way-closed = geschlossen: { $missing }
case-missing-not = trifft nicht zu: { $what }
case-none = nichts
case-fact-email-on-file = E-Mail hinterlegt
case-fact-email-confirmed = E-Mail ausprobiert und bestätigt
case-fact-relay-key = Schlüssel und Adresse des Relais
case-fact-network-up = Gerät erreicht ein Netz
case-fact-smtp-set = Mailserver für das Gerät selbst eingerichtet
case-fact-button-wired = Rücksetztaste
case-fact-storage-writable = Speicher beschreibbar
case-fact-recovery-codes = Wiederherstellungscodes angelegt
case-slip-short = Das ist zu kurz für einen Fallcode: 12 Buchstaben und Ziffern (4-4-4) oder 18 Ziffern (6-6-6).
case-slip-long = Das sind weder 12 Buchstaben und Ziffern noch 18 Ziffern. Den Fallcode noch einmal in Gruppen ansagen lassen.
case-slip-character = Das hat ein Zeichen, das kein Fallcode hat. Den Fallcode noch einmal ansagen lassen; er hat nur Ziffern und Buchstaben ohne U.
case-slip-check = Ein Zeichen ist vertippt oder zwei sind vertauscht. Den Fallcode noch einmal in Gruppen ansagen lassen.
case-slip-version = Dieser Fallcode ist von Version { $version }, die dieses Programm nicht kennt. Ein neueres Programm benutzen.
