# Was `resetkit explain` ausgibt, und was auf der Seite „Warum nicht dieser Weg?“ des Geräts neben errors.ftl und methods.ftl steht.

explain-title = { $model } · { $lane } · Richtlinie { $policy } · Marke { $brand }
explain-lane-console = am eigenen Bildschirm
explain-lane-network = im Browser
explain-lane-button = an der Taste
explain-facts = Angenommene Fakten
explain-facts-hint = Einen ändern mit --fact, zum Beispiel --fact { $fact }=no
explain-quirk = Eigenheit ({ $models }): { $reason }
explain-rule = Nachweise
explain-rule-required = alle von: { $kinds }
explain-rule-optional = { $count ->
    [one] eines von: { $kinds }
   *[other] { $count } verschiedene von: { $kinds }
}
explain-rule-and = { $first }, und { $second }
explain-rule-strength = mindestens einer davon { $strength }
explain-rule-one = Ein Nachweis genügt.
explain-rule-two = { $count } Nachweise sind nötig.
explain-column-way = Weg
explain-column-reason = Grund
explain-column-fix = Behebbar
explain-column-loss = Verliert
explain-column-proof = Nachweis
explain-yes = ja
explain-no = nein
explain-fix-now = jetzt, vom Besitzer
explain-fix-after-login = nach der Anmeldung, vom Besitzer
explain-fix-by-maker = vom Hersteller
explain-owner = Besitzer liest
explain-agent = Support sagt
explain-requires = Braucht
explain-unknown = nicht bekannt
explain-nothing = Hier ist kein Weg offen: Der Bildschirm zeigt den Support.
explain-not-enough = Die offenen Wege können die Nachweise nicht geben, die diese Richtlinie verlangt.
explain-summary = { $offered ->
    [0] Kein Weg wird angeboten
    [one] Ein Weg wird angeboten
   *[other] { $offered } Wege werden angeboten
} von { $all }.

explain-loss-password-only = nur das Passwort
explain-loss-network-too = auch Netzwerkeinstellungen
explain-loss-all-settings = alle Einstellungen
explain-loss-recordings = Einstellungen und Aufnahmen

explain-kind-mailbox = Postfach
explain-kind-telephone = Telefon
explain-kind-kept-code = aufbewahrter Code
explain-kind-presence = Druck am Gerät
explain-kind-support = Support
explain-proof-mailbox = liest das hinterlegte Postfach
explain-proof-telephone = hat das hinterlegte Telefon
explain-proof-kept-code = hat einen Code aufbewahrt
explain-proof-presence = berührt das Gerät
explain-proof-support = zwei beim Support stimmten zu
explain-strength-low = gering
explain-strength-medium = mittel
explain-strength-high = hoch

explain-offered-any = Dieser Weg ist offen. Der Bildschirm führt hindurch.
explain-offered-erases = Sagen Sie zuerst, was dabei gelöscht wird; nur weiter, wenn der Besitzer zustimmt.
explain-offered-mailbox = Dieser Weg ist offen. Der Besitzer braucht das Postfach von der Einrichtung; seinen Namen brauchen Sie nie.
explain-offered-telephone = Dieser Weg ist offen. Der Besitzer braucht das Telefon von der Einrichtung.
explain-offered-kept-code = Dieser Weg ist offen. Der Besitzer braucht das Blatt von der Einrichtung; nie wird Ihnen ein Code davon vorgelesen.
explain-offered-presence = Dieser Weg ist offen. Der Besitzer oder jemand, dem er vertraut, muss am Gerät stehen.
explain-offered-support = Dieser Weg ist offen. Sie brauchen die Anfragenummer, Belege für das Eigentum und zwei, die zustimmen.

## `resetkit error` und docs/errors.md

errors-title = Fehlercodes
errors-intro = Jeder Code, dem ein Besitzer, der Support oder ein Programm begegnen kann, in einer Tabelle. Ein Code wird nie zweimal vergeben und ändert nie seine Bedeutung. `resetkit error E-101` zeigt einen davon, mit `--lang en` auf Englisch, mit `--json` für Programme.
errors-fault = Art
errors-fault-means = Was hilft
errors-fault-wrong = Das Getippte oder Gesendete stimmt nicht: noch einmal.
errors-fault-try-later = Zu oft: nach einer Wartezeit noch einmal.
errors-fault-unavailable = Es ginge anderswo oder später: ein anderer Weg.
errors-fault-missing = Etwas wurde nie eingerichtet: einrichten, oder ein anderer Weg.
errors-fault-refused = Eine Regel sagt nein: ein anderer Weg.
errors-fault-broken = Auf unserer Seite ist etwas kaputt: ein anderer Weg, und dem Support sagen.
errors-word-wrong = falsch
errors-word-try-later = später
errors-word-unavailable = gerade nicht möglich
errors-word-missing = nie eingerichtet
errors-word-refused = abgelehnt
errors-word-broken = kaputt
errors-never = Was der Support nie fragt, bei keinem Code
errors-series-0 = E-0xx: Seiten und Schnittstelle des Geräts
errors-series-1 = E-1xx: Adresse und Einrichtung
errors-series-2 = E-2xx: Code
errors-series-3 = E-3xx: Methoden
errors-series-4 = E-4xx: Relais und Netz
errors-series-5 = E-5xx: Speicher und Gerät
errors-series-6 = E-6xx: neues Passwort
errors-series-7 = E-7xx: Relais, App, Support
errors-since = seit { $version }
errors-place-recovery = bei einem Zurücksetzen
errors-place-device = Seiten und API des Geräts
errors-place-relay = Seiten und API des Relais
errors-place-app = App
errors-next = Nächster Schritt:
errors-say = Support sagt:
errors-ask = Support fragt:
