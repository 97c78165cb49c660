# Der Weg `button`: Jemand hält die Reset-Taste. methods-hardware/src/texts.rs zählt die Kennungen auf.

button-name = Reset-Taste am Gerät
button-title-password = Reset-Taste halten für ein neues Passwort
button-title-factory = Reset-Taste halten, um das Gerät zu löschen
button-does-password = Wenn Sie die Taste halten, können Sie ein neues Passwort wählen. Einstellungen und Aufnahmen bleiben.
button-does-factory = Wenn Sie die Taste halten, werden alle Einstellungen gelöscht und das Gerät ist wieder im Werkszustand. Drücken Sie nicht, wenn Sie die Einstellungen behalten wollen.
button-preparing = Die Taste wird bereit gemacht.
button-do-hold = Drücken Sie die Reset-Taste und halten Sie sie { $seconds ->
        [one] eine Sekunde
       *[other] { $seconds } Sekunden
    } lang.
button-do-release = Lassen Sie los, wenn es hier steht, und bevor { $longest ->
        [one] eine Sekunde
       *[other] { $longest } Sekunden
    } um sind.
button-window = Sie haben dafür ab jetzt { $seconds ->
        [one] eine Sekunde
       *[other] { $seconds } Sekunden
    } Zeit.
button-waiting = Es wird auf die Taste gewartet.
button-holding = Weiter halten: { $seconds } von { $of } s
button-release-now = Jetzt loslassen.
button-too-long = Zu lange gehalten, das zählt nicht: Lassen Sie die Taste los und drücken Sie noch einmal.
button-was-too-long = Das war zu lange und hat nicht gezählt. Drücken Sie noch einmal und halten Sie { $seconds ->
        [one] eine Sekunde
       *[other] { $seconds } Sekunden
    } lang.
button-was-too-short = Nach { $held ->
        [one] einer Sekunde
       *[other] { $held } Sekunden
    } losgelassen, das war zu kurz. Drücken Sie noch einmal und halten Sie { $of ->
        [one] eine Sekunde
       *[other] { $of } Sekunden
    } lang.
button-stuck = Die Taste scheint schon gedrückt zu sein: Lassen Sie sie zuerst los.
button-seen = Der Druck wurde gesehen. Das Gerät prüft ihn.
button-window-over = Die Zeit für die Taste ist um. Es wurde nichts geändert.
