# Der Weg `support`: Zwei Menschen beim Support des Herstellers sind einverstanden. methods-support/src/texts.rs zählt die Kennungen auf.

support-name = Entsperren durch den Support
support-title = Dieses Gerät vom Support entsperren lassen
support-preparing = Die Anfrage an den Support wird erstellt. Das dauert einen Moment.
support-step-call-hours = Wenden Sie sich an den Support: { $contact } ({ $hours }).
support-step-call = Wenden Sie sich an den Support: { $contact }.
support-step-call-anybody = Wenden Sie sich an den, der Ihnen das Gerät verkauft hat, und bitten Sie um eine Entsperrung.
support-step-tell = Nennen Sie Anfrage { $request }. Man wird Sie nach etwas fragen, das zeigt, dass das Gerät Ihnen gehört, etwa nach der Rechnung.
support-step-pass-on = Scannen Sie den QR-Code mit einem beliebigen Telefon, öffnen Sie den Link und geben Sie die Anfrage weiter. Ohne Netz speichern Sie die Anfrage auf einem USB-Stick und senden die Datei von anderswo.
support-step-wait = Zwei Menschen beim Support entscheiden darüber. Lassen Sie diese Seite so lange offen.
support-step-type = Geben Sie hier den Code ein, den der Support Ihnen nennt.
support-qr-label = QR-Code zu Anfrage { $request } für den Support. Dasselbe steht darunter als Text.
support-never-tell = Der Support fragt nie nach einem Passwort, nach einem Code aus einer E-Mail oder nach einem von Ihrem Blatt. Brechen Sie ab, wenn es jemand tut.
support-title-silent = Niemand meldet sich?
support-silent-advice = Die Anfrage gilt so lange, wie es unten steht. Versuchen Sie es noch einmal, oder nehmen Sie einen anderen Weg.
support-action-refused = Der Support hat abgelehnt
