# Nach dem Zurücksetzen: Mitteilungen per Mail, und wer das alte Passwort noch hat.

notice-reset-subject = Mitteilung { $request }: Passwort von { $model }, Etikett endet auf { $label }, wurde zurückgesetzt
notice-reset-intro = Das Passwort dieses Geräts wurde zurückgesetzt. Das alte gilt nicht mehr, und alle Angemeldeten wurden abgemeldet.
notice-address-changed-subject = Mitteilung: andere Wiederherstellungsadresse für { $model }, Etikett endet auf { $label }
notice-address-changed-intro = Auf diesem Gerät wurde eine andere E-Mail-Adresse zum Zurücksetzen des Passworts eingetragen. Diese Mitteilung geht an die alte und an die neue Adresse; die alte bekommt noch 30 Tage lang Mitteilungen.
notice-address-changed-after-reset-subject = Mitteilung: Wiederherstellungsadresse nach dem Zurücksetzen geändert, { $model }, Etikett endet auf { $label }
notice-address-changed-after-reset-intro = Das Passwort dieses Geräts wurde vor Kurzem zurückgesetzt, und nun wurde auch die Wiederherstellungsadresse geändert. Wenn nicht Sie beides getan haben, übernimmt vielleicht jemand anderes das Gerät. Diese Adresse bekommt noch 30 Tage lang Mitteilungen.
notice-codes-made-subject = Mitteilung: Wiederherstellungscodes für { $model }, Etikett endet auf { $label }
notice-codes-made-intro = Für dieses Gerät wurde ein Blatt mit Wiederherstellungscodes gemacht. Mit jedem davon kann, wer ihn hat, am Gerät ein neues Passwort setzen.
notice-codes-renewed-subject = Mitteilung: neue Wiederherstellungscodes für { $model }, Etikett endet auf { $label }
notice-codes-renewed-intro = Für dieses Gerät wurde ein neues Blatt mit Wiederherstellungscodes gemacht. Das Blatt davor gilt nicht mehr.
notice-codes-removed-subject = Mitteilung: keine Wiederherstellungscodes mehr für { $model }, Etikett endet auf { $label }
notice-codes-removed-intro = Die Wiederherstellungscodes dieses Geräts wurden ungültig gemacht.

notice-row-when = Wann
notice-row-way = Womit
notice-row-where = Wo
notice-lane-console = am Gerät selbst
notice-lane-network = über das Netz
notice-lane-button = an der Taste des Geräts
notice-minutes-ago =
    { $minutes ->
        [one] etwa eine Betriebsminute vor dieser Mail
       *[other] etwa { $minutes } Betriebsminuten vor dieser Mail
    }
notice-hours-ago =
    { $hours ->
        [one] etwa eine Betriebsstunde vor dieser Mail
       *[other] etwa { $hours } Betriebsstunden vor dieser Mail
    }
notice-was-you = Wenn Sie das waren, ist nichts zu tun.
notice-not-you = Wenn Sie das nicht waren: Gehen Sie zum Gerät und setzen Sie sein Passwort selbst zurück. Prüfen Sie dann die Wiederherstellungsadresse, schalten Sie Wege aus, die Sie nicht wollen, und machen Sie neue Wiederherstellungscodes. Kommen Sie nicht mehr hinein, fragen Sie den Support.
notice-never = Diese Mail enthält keinen Code und keine Adresse zum Anklicken. Niemand vom Support wird Sie je nach einem Passwort oder Code fragen.

after-title = Wer hat noch das alte Passwort?
after-intro =
    { $left ->
        [0] Alle haben das neue Passwort (Anfrage { $request }).
        [one] Eine Kamera oder ein Programm meldet sich noch mit dem alten Passwort an (Anfrage { $request }).
       *[other] { $left } Kameras oder Programme melden sich noch mit dem alten Passwort an (Anfrage { $request }).
    }
after-link = Wer hat noch das alte Passwort?
after-banner-title = Das Passwort wurde zurückgesetzt, aber nicht alle wissen davon.
after-banner-text =
    { $left ->
        [one] Eine Kamera oder ein Programm hat noch das alte Passwort und arbeitet vielleicht nicht mehr.
       *[other] { $left } Kameras oder Programme haben noch das alte Passwort und arbeiten vielleicht nicht mehr.
    }
after-banner-look = Zeigen
after-quiet =
    { $minutes ->
        [0] Die Schonzeit ist vorbei: Wer noch mit dem alten Passwort kommt, wird abgewiesen wie jeder andere.
       *[other] Schonzeit: Etwa { $hours ->
            [0] { $minutes } Betriebsminuten
           *[other] { $hours } Betriebsstunden
        } lang wird niemand aus dieser Liste gesperrt, weil er mit dem alten Passwort kommt.
    }
after-state-waiting = hat das alte Passwort
after-state-updated = hat das neue Passwort
after-state-failed = war nicht zu erreichen
after-state-by-hand = von Ihnen erledigt
after-came-with-old =
    { $times ->
        [one] Kam seit dem Zurücksetzen mit dem alten Passwort.
       *[other] Kam seit dem Zurücksetzen { $times }-mal mit dem alten Passwort.
    }
after-by-hand = Selbst erledigt
after-by-hand-of = Selbst erledigt: { $name }
after-update = Das neue Passwort weitergeben
after-update-help = Die Firmware des Geräts gibt ihnen das neue Passwort, einem nach dem anderen. Tippen Sie es noch einmal ein.
after-updating = Sie bekommen es gerade. Diese Seite zeigt, wie weit es ist.
after-reload = Noch einmal nachsehen
after-no-hook = Diese Firmware hat kein Programm, das es ihnen sagt: Tragen Sie das neue Passwort bei jedem ein und haken Sie ihn hier ab.
after-acknowledge = Das weiß ich
after-acknowledged = Sie haben gesagt, dass Sie davon wissen. Diese Liste bleibt bis zum nächsten Zurücksetzen.

device-err-no-hook = Diese Firmware hat kein Programm, das Kameras und Programmen das neue Passwort weitergibt.
device-rec-no-hook = Tragen Sie das neue Passwort bei jedem ein und haken Sie ihn dann in der Liste ab.
