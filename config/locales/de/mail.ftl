mail-device = { $model }, Etikett endet auf { $label }
mail-device-named = { $nickname } ({ $model }, Etikett endet auf { $label })

mail-reset-subject = Anfrage { $request }: Passwort von { $model } zurücksetzen, Etikett endet auf { $label }
mail-reset-title = Passwort zurücksetzen
mail-reset-intro = Jemand am Gerät möchte dessen Passwort zurücksetzen.
mail-reset-purpose = Mit dem Code unten kann die Person am Gerät ein neues Passwort wählen.
mail-reset-how = Vergleichen Sie am Gerät die Anfragenummer, geben Sie den Code unter „Passwort vergessen“ ein und drücken Sie „Weiter“.

mail-confirm-subject = Anfrage { $request }: diese Adresse für { $model } bestätigen, Etikett endet auf { $label }
mail-confirm-title = Adresse bestätigen
mail-confirm-intro = Diese E-Mail-Adresse wurde am Gerät eingetragen, um dessen Passwort zurücksetzen zu können.
mail-confirm-purpose = Der Code unten beweist, dass Post des Geräts hier ankommt. Das Passwort ändert er nicht.
mail-confirm-how = Vergleichen Sie am Gerät die Anfragenummer und geben Sie den Code ein.

mail-row-device = Gerät
mail-row-request = Anfragenummer
mail-row-purpose = Wofür
mail-row-life = Gültig
mail-request-hint = wie auf dem Bildschirm des Geräts
mail-life =
    { $minutes ->
        [one] etwa eine Minute
        [60] etwa eine Stunde
       *[other] etwa { $minutes } Minuten
    }, solange das Gerät eingeschaltet bleibt; die übrige Zeit steht auf seinem Bildschirm.
mail-warning = Lesen Sie diesen Code niemandem vor, weder am Telefon noch im Chat, wer auch immer danach fragt.
mail-not-me = Wenn Sie das nicht waren, tun Sie nichts, und drücken Sie „Nicht ich“, um solche Mails 24 Stunden lang anzuhalten:
mail-not-me-button = Nicht ich
mail-not-me-direct = Wenn Sie das nicht waren, tun Sie nichts: Ohne diesen Code kommt niemand hinein.
mail-code-title = Code
mail-support = Hilfe: { -support-contact }
