# Anleitungen, die `resetkit guide` schreibt: Hilfeartikel, Leitfaden für den Support, Blatt für Integratoren. Namen von Tasten
# und Titeln kommen per Verweis aus den Texten der Bildschirme, Zahlen sind Argumente.
# Auszeichnung: **Beschriftung**, `Code`, [Wörter](#kapitel).

## Alle Anleitungen

guide-contents = Auf dieser Seite
guide-step = Schritt
guide-yes = Ja
guide-no = Nein
guide-tree-as-text = Dasselbe als Text
guide-made-from = Erzeugt mit `resetkit guide` aus Marke `{ $brand }` Version { $version }, Gerät `{ $profile }`, Richtlinie `{ $policy }`. Neu erzeugen, wenn sich davon etwas ändert.
guide-some = einigen
guide-hours =
    { $count ->
        [one] eine Stunde
       *[other] { $count } Stunden
    }
guide-minutes =
    { $count ->
        [one] eine Minute
       *[other] { $count } Minuten
    }
guide-head-code = Code
guide-head-says = Der Bildschirm sagt
guide-head-do = Was zu tun ist
guide-head-say = Was Sie sagen
guide-head-fault = Woran es liegt
guide-head-what = Was
guide-head-value = An diesem Gerät
guide-head-way = Weg
guide-head-lanes = Wo
guide-head-requires = Braucht (Fakten)
guide-head-proof = Beweist
guide-head-loss = Verliert
guide-head-cost = Kostet
guide-head-when = Wann
guide-head-fact = Fakt
guide-head-source = Kommt von
guide-head-used-by = Gebraucht von
guide-fault-wrong = ein Versehen des Besitzers
guide-fault-unavailable = an niemandem hier
guide-fault-try-later = zu oft, warten
guide-fault-missing = nie eingerichtet
guide-fault-broken = an uns
guide-fault-refused = eine Regel verbietet es
guide-lane-console = Am Bildschirm des Geräts
guide-lane-network = Auf seiner Webseite
guide-lane-button = An seiner Taste

## Besitzer: vorher

guide-owner-title = Passwort vergessen? { $device }
guide-owner-lead = Gehen Sie mit Ihrem Telefon zum Gerät, und Sie sind in { $proofs ->
        [1] zwei Minuten
       *[other] wenigen Minuten
    } wieder drin. Verloren geht nur das alte Passwort. Alle Namen und Zahlen auf dieser Seite sind die Ihres Geräts.

guide-before-title = Bevor Sie anfangen
guide-before-lead = Sie brauchen drei Dinge:
guide-before-device-both = **Das Gerät** ({ $device }): seinen eigenen Bildschirm mit Maus, oder seine Webseite in einem Browser.
guide-before-device-console = **Das Gerät** ({ $device }): seinen eigenen Bildschirm mit Maus.
guide-before-device-network = **Das Gerät** ({ $device }): seine Webseite im Browser eines Telefons oder Computers, der es erreicht.
guide-before-phone = **Ein Telefon** mit Internet. Am besten mit { -app-name }; die gewöhnliche Kamera jedes Telefons genügt aber auch. Das Gerät selbst braucht kein Internet.
guide-before-mailbox = **Das Postfach**, dessen Adresse beim Einrichten eingegeben wurde. Der Sicherheitscode geht dorthin und nirgendwohin sonst.
guide-before-email = Dafür muss beim Einrichten eine E-Mail eingegeben worden sein. Gibt es keine? Dann meldet der Bildschirm **E-101**: „{ err-no-address }“ Sie sitzen nicht fest: Nehmen Sie einen [anderen Weg](#ways).
guide-before-first = Der erste Weg an diesem Gerät heißt „{ $name }“. Er steht unten, mit allem, was er braucht.
guide-before-proofs = **Dieses Gerät verlangt zwei Nachweise, dass Sie es sind**, und zwar von verschiedener Art. Einer allein öffnet nichts: Nach dem ersten fragt der Bildschirm nach dem zweiten. Sehen Sie nach, ob Sie beide haben, bevor Sie anfangen.
guide-pairs-caption = Zwei Nachweise, die zusammen genügen
guide-pairs-first = Zuerst
guide-pairs-second = Als zweiter geht
guide-second = Dann der zweite Nachweis: { $names }.
guide-or = { $first } oder { $last }
guide-then-password =
    { $proofs ->
        [1] wählen Sie das neue Passwort
       *[other] geben Sie den zweiten Nachweis und wählen Sie danach das neue Passwort
    }
guide-stays-title = Was bleibt und was das Gerät verlässt
guide-stays = { loss-password-only } Bis Sie ein neues Passwort speichern, gilt das alte. **{ device-cancel }** ist in jedem Schritt gefahrlos.
guide-leaves = Das Gerät sendet nichts, bevor Sie es wollen. Der QR-Code enthält kein Passwort; nur der Dienst von { -brand-name } kann ihn öffnen, und er schickt den Code an die hinterlegte Adresse. Das Telefon erfährt weder Adresse noch Code.

## Besitzer: die sechs Schritte

guide-steps-title = In sechs Schritten zum neuen Passwort
guide-step-1-title = Am Gerät: „{ device-forgot }“
guide-step-1-console = **Am eigenen Bildschirm.** Drücken Sie im Livebild die rechte Maustaste. Die Anmeldung öffnet sich. Wählen Sie **{ device-forgot }**.
guide-step-1-network = **Auf der Webseite.** Geben Sie die Adresse des Geräts in einen Browser ein. Wählen Sie bei der Anmeldung **{ device-forgot }**.
guide-step-2-title = Hinweis lesen, dann { device-ok }
guide-step-2-notice = Der Hinweis sagt, was geschehen wird, was das Gerät verlässt und welche E-Mail hinterlegt ist. Mit **{ device-ok }** geht es weiter.
guide-step-2-leaves = Dort steht: „{ device-notice-leaves }“
guide-step-3-title = Der Bildschirm zeigt einen QR-Code
guide-step-3-shows = Daneben stehen die **hinterlegte E-Mail**, teilweise verdeckt (ist es das Postfach, das Sie öffnen können?), die **Anfragenummer**, die **übrige Zeit** ({ $life } Minuten) und die **übrigen Versuche** ({ $tries }).
guide-step-3-stay = Lassen Sie den Bildschirm so stehen und nehmen Sie Ihr Telefon.
guide-step-4-title = Mit dem Telefon: scannen
guide-step-4-app = Öffnen Sie { -app-name } und gehen Sie zu **{ -app-menu-path }**. Drücken Sie **{ app-scan-button }** und halten Sie das Telefon auf den Bildschirm.
guide-step-4-camera = **Keine App?** Halten Sie die Kamera eines beliebigen Telefons auf den Code. Er ist eine Web-Adresse: Öffnen Sie den Link.
guide-step-4-none = **Keine Kamera?** „{ device-payload-title }“ unter dem Code zeigt ihn als Text, zum Kopieren oder als Datei. Wählen Sie in der App **{ app-text-button }**.
guide-step-5-title = Bestätigen, dann zurück zum Gerät
guide-step-5-confirm = Das Telefon zeigt eine Nummer. Ist es die vom Bildschirm des Geräts? Dann drücken Sie **{ relay-confirm-button }**. Erst jetzt wird eine E-Mail gesendet.
guide-step-5-sent = Das Telefon bestätigt: „{ relay-sent-body }“ Es zeigt die Nummer noch einmal.
guide-step-5-mail = Der **Sicherheitscode** kommt an die hinterlegte E-Mail, meist binnen einer Minute. In der Mail stehen zuerst Ihr Gerät und dieselbe Nummer, zuletzt der Code.
guide-code-letters = Der Code hat neun Zeichen in Dreiergruppen, etwa `4F7-K2M-9XC`. Groß oder klein, Leerzeichen und Bindestriche sind egal.
guide-code-digits = Der Code hat dreizehn Ziffern in Gruppen, etwa `4071-8826-50319`. Leerzeichen sind egal.
guide-step-6-title = Am Gerät: Code, dann neues Passwort
guide-step-6-code = Tippen Sie den Code unter „{ device-forgot-title }“ ein und drücken Sie **{ device-next }**. Ein Tippfehler wird sofort bemerkt und kostet keinen Versuch.
guide-step-6-second = **Der Bildschirm fragt jetzt nach dem zweiten Nachweis** und zeigt, was geht: { $names }. Wählen Sie davon eines und folgen Sie dem Bildschirm.
guide-step-6-password = Wählen Sie ein neues Passwort von { $min } bis { $max } Zeichen: am besten ein paar Wörter hintereinander. Drücken Sie **{ device-new-password-save }**.
guide-step-6-done = Fertig. { device-done-what } { device-done-sessions }
guide-steps-time = Der Code gilt { $life } Minuten, in denen das Gerät eingeschaltet ist. **{ device-more-time }** gibt Ihnen mehr, bis zu { $cap }. Aus- und Einschalten hilft nicht: Jeder Start kostet { $checkpoint } Minuten.

guide-steps-time-fixed = Der Code gilt { $life } Minuten, in denen das Gerät eingeschaltet ist. Aus- und Einschalten hilft nicht: Jeder Start kostet { $checkpoint } Minuten.

guide-picture-screen-live = Der Bildschirm am Gerät: Livebild. Unten steht: „{ screen-live-hint }“.
guide-picture-screen-log-in = Der Bildschirm am Gerät: Anmeldung mit „{ device-forgot }“.
guide-picture-screen-qr = Der Bildschirm am Gerät: QR-Code, Schritte und das Feld für den Code.
guide-picture-log-in = Die Webseite: Anmeldung, „{ device-forgot }“ ist markiert.
guide-picture-notice = Der Hinweis, „{ device-ok }“ ist markiert.
guide-picture-qr = QR-Code, hinterlegte E-Mail (teilweise verdeckt), Anfragenummer, übrige Versuche und Minuten.
guide-picture-app-1 = Die App, erste Seite des Menüs.
guide-picture-app-2 = Die App, zweite Seite des Menüs.
guide-picture-app-3 = Die App, die Seite des Scanners mit „{ app-scan-button }“.
guide-picture-app-confirm = Das Telefon fragt, „{ relay-confirm-button }“ ist markiert.
guide-picture-app-sent = Das Telefon sagt, dass der Code unterwegs ist.
guide-picture-mail = Die Mail: zuerst Gerät und Nummer, zuletzt der Code.
guide-picture-code = Der Code ist eingetippt, „{ device-next }“ ist markiert.
guide-picture-new-password = Das neue Passwort, „{ device-new-password-save }“ ist markiert.
guide-picture-done = Das neue Passwort gilt.
guide-picture-no-email = Ein Gerät ohne E-Mail: Code E-101, darunter die Wege, die gehen.
guide-picture-ways = „{ device-choose-title }“ Jeder Weg sagt, was er braucht und was verloren geht.
guide-picture-email = Das Gerät hat den Code selbst gemailt.
guide-picture-button = Die Taste wird gehalten; der Balken zählt die Sekunden.
guide-picture-recovery-codes = Einer der Wiederherstellungscodes wird eingetippt.
guide-picture-support = Der QR-Code für den Support, mit der Anfragenummer.
guide-picture-sheet = Das gedruckte Blatt: acht Codes, und zu welchem Gerät sie gehören.
guide-picture-ready = „{ ready-title }“ Die markierte Zeile sagt es im Ganzen, darunter steht jeder Weg mit dem, was zu tun ist.
guide-picture-doctor = „{ doctor-title }“: was das Gerät findet, und markiert der Fallcode.
guide-picture-set-up = Einrichten: Die E-Mail für ein vergessenes Passwort ist markiert.

## Besitzer: danach

guide-after-title = Danach
guide-after-log-in = **Melden Sie sich** mit dem neuen Passwort an. Auf allen Telefonen, Computern und Apps wurden Sie abgemeldet, also auch dort.
guide-after-banner = Die nächste Anmeldung zeigt „{ device-banner-title }“ Drücken Sie **{ device-banner-acknowledge }**.
guide-after-clients = **Programme und Geräte, die sich selbst anmelden** (ein Rekorder, der das Bild einer Kamera holt, ein Videoprogramm), haben noch das alte Passwort. Geben Sie dort das neue ein.
guide-after-codes = Haben Sie einen **Wiederherstellungscode** benutzt? Er ist verbraucht. Streichen Sie ihn durch, und machen Sie ein neues Blatt, wenn nur noch wenige übrig sind.
guide-after-not-you = **Das waren nicht Sie?** Ändern Sie sofort Passwort und E-Mail und sehen Sie nach, wer an das Gerät kommt. Eine Mail, um die Sie nicht gebeten haben: Drücken Sie darin **{ mail-not-me-button }** und sonst nichts.

## Besitzer: Probleme

guide-trouble-title = Es hat nicht geklappt
guide-trouble-lead = Jede Meldung hat eine Nummer, etwa E-203, und sagt, was als Nächstes zu tun ist. Geändert wird nichts, bevor Sie ein neues Passwort speichern; Sie dürfen also jederzeit neu anfangen.
guide-trouble-tree = Was ist passiert? Folgen Sie dem ersten „Ja“.
guide-if-no-email = Meldet der Bildschirm E-101: keine E-Mail hinterlegt?
guide-then-no-email = Nehmen Sie einen der Wege unter der Meldung; siehe [andere Wege](#ways).
guide-if-no-phone = Kein Telefon zur Hand?
guide-then-no-phone = Drücken Sie „{ device-no-phone }“ und wählen Sie einen anderen Weg.
guide-if-no-mail = Gescannt, aber keine Mail da?
guide-then-no-mail = Siehe [{ device-no-mail }](#no-mail): Spam-Ordner, noch einmal scannen, anderer Weg.
guide-if-code = Wird der Code nicht angenommen?
guide-then-code = Vergleichen Sie die Nummer in der Mail mit dem Bildschirm, und nehmen Sie den neuesten Code. Sie haben { $tries } Versuche; danach fordern Sie einen neuen an.
guide-if-wait = Sollen Sie warten?
guide-then-wait = Lassen Sie das Gerät einige Minuten eingeschaltet. Es geht von selbst weiter; Ausschalten dauert länger.
guide-trouble-otherwise = Etwas anderes? Schlagen Sie die [Nummer](#codes) nach. Keine Nummer und kein Weg mehr? Der Bildschirm zeigt einen Fallcode: Wenden Sie sich damit an { -support-contact }.
guide-no-mail-folder = Sehen Sie in den **Spam-Ordner** und warten Sie zwei Minuten.
guide-no-mail-address = Vergleichen Sie die **Adresse auf dem Bildschirm** mit dem geöffneten Postfach. Zwei Postfächer verwechselt man leicht.
guide-no-mail-again = Prüfen Sie, ob das Telefon Verbindung hat, und **scannen Sie denselben Code noch einmal**: Das schickt dieselbe Mail erneut. Der Code darin bleibt gleich.
guide-no-mail-new = **{ device-new-code }**, höchstens { $challenges } Codes je Anlauf. Der vorige gilt dann nicht mehr.
guide-no-mail-other = Immer noch nichts? **{ device-another-way }**, unten auf dem Bildschirm.
guide-codes-title = Jede Nummer, und was zu tun ist
guide-codes-lead = Es sind die Worte vom Bildschirm. Eine Nummer ändert nie ihre Bedeutung.
guide-trouble-start = Am Anfang: E-Mail und Einrichtung
guide-trouble-code = Der Code
guide-trouble-way = Der Weg selbst, das Netz, die Mail
guide-trouble-device = Das Gerät und seine Taste
guide-trouble-password = Das neue Passwort
guide-trouble-phone = Am Telefon

## Besitzer: andere Wege

guide-ways-title = Andere Wege an diesem Gerät
guide-ways-lead = Wählen Sie am Gerät **{ device-another-way }**. Es zeigt, was jetzt ginge, zuerst den Weg mit dem kleinsten Verlust; bei jedem anderen steht, warum er nicht geht.
guide-ways-tree = Welcher Weg passt? Folgen Sie dem ersten „Ja“.
guide-tree-otherwise = Nichts davon? Verloren ist nichts, und das alte Passwort gilt noch. Schreiben Sie den Fallcode vom Bildschirm ab und wenden Sie sich an { -support-contact }.

guide-way-any-ask = Können Sie „{ $name }“ benutzen?
guide-way-any-go = Wählen Sie „{ $name }“ und folgen Sie dem Bildschirm.
guide-way-any-say = „Wählen Sie ‚{ $name }‘ und lesen Sie mir vor, was auf dem Bildschirm steht.“
guide-way-any-needs = Was „{ $name }“ braucht, sagt der Bildschirm.

guide-way-companion-ask = Ein Telefon und das hinterlegte Postfach?
guide-way-companion-go = Die [sechs Schritte](#steps): scannen, bestätigen, Code aus der Mail eintippen.
guide-way-companion-say = „Wählen Sie ‚{ $name }‘. Scannen Sie den Code mit { -app-name } oder der Kamera, drücken Sie ‚{ relay-confirm-button }‘, und tippen Sie am Gerät den Code aus der Mail ein.“
guide-way-companion-needs = Braucht ein Telefon mit Verbindung und das hinterlegte Postfach. Das Gerät braucht kein Netz.
guide-way-companion-step-1 = Am Gerät: **{ device-forgot }**, dann **{ device-ok }**. Ein QR-Code erscheint.
guide-way-companion-step-2 = Am Telefon: { -app-name }, **{ -app-menu-path }**, **{ app-scan-button }**. Oder die Kamera des Telefons.
guide-way-companion-step-3 = Dieselbe Nummer auf beiden? **{ relay-confirm-button }**.
guide-way-companion-step-4 = Am Gerät: Tippen Sie den Code aus der Mail ein, drücken Sie **{ device-next }**, und { guide-then-password }.

guide-way-email-ask = Das hinterlegte Postfach, aber kein Telefon?
guide-way-email-go = [{ email-name }](#way-email): Das Gerät schickt die Mail selbst.
guide-way-email-say = „Wählen Sie ‚{ $name }‘. Das Gerät mailt den Code selbst. Öffnen Sie das Postfach an irgendeinem Computer und tippen Sie den Code am Gerät ein.“
guide-way-email-needs = Braucht das hinterlegte Postfach, an irgendeinem Computer. Das Gerät muss Netz haben und in den Einstellungen einen Mailserver.
guide-way-email-step-1 = Wählen Sie **{ email-name }**. Das Gerät schickt eine Mail an die hinterlegte Adresse.
guide-way-email-step-2 = Öffnen Sie das Postfach und suchen Sie die Mail mit der Nummer vom Bildschirm.
guide-way-email-step-3 = Tippen Sie den Code ein, drücken Sie **{ device-next }**, und { guide-then-password }.

guide-way-recovery-codes-ask = Das Blatt mit den Wiederherstellungscodes?
guide-way-recovery-codes-go = [{ $name }](#way-recovery-codes): einen davon eintippen. Kein Netz, keine Mail.
guide-way-recovery-codes-say = „Wählen Sie ‚{ $name }‘ und tippen Sie einen Code ein, der nicht durchgestrichen ist. Lesen Sie ihn mir nicht vor.“
guide-way-recovery-codes-needs = Braucht das Blatt, das beim Einrichten gedruckt wurde. Weder Telefon noch Netz noch Mail.
guide-way-recovery-codes-step-1 = Nehmen Sie das Blatt und wählen Sie **{ $name }**.
guide-way-recovery-codes-step-2 = Tippen Sie einen Code ein, den Sie nicht durchgestrichen haben. Jeder gilt einmal.
guide-way-recovery-codes-step-3 = Streichen Sie ihn durch, und { guide-then-password }.

guide-way-button-ask = Können Sie das Gerät anfassen?
guide-way-button-go = [{ button-name }](#way-button): { $seconds } Sekunden halten. Kein Netz, keine Mail.
guide-way-button-say = „Wählen Sie ‚{ $name }‘, lesen Sie mir vor, was verloren geht, und halten Sie dann die Taste { $seconds } Sekunden, bis der Bildschirm sagt, dass Sie loslassen sollen.“
guide-way-button-needs = { device-needs-presence } Weder Telefon noch Netz noch Mail.
guide-way-button-step-1 = Wählen Sie **{ button-name }** und lesen Sie, was verloren geht. Es geschieht nichts, bevor Sie die Taste halten.
guide-way-button-step-2 = Drücken Sie die Taste binnen { $window } Sekunden und halten Sie sie { $seconds } Sekunden. Der Bildschirm zählt mit.
guide-way-button-step-3 = Lassen Sie los, wenn der Bildschirm es sagt, und bevor { $longest } Sekunden um sind. Kürzer oder länger bewirkt nichts.
guide-way-button-step-4 = Der Bildschirm geht von selbst weiter; { guide-then-password }.

guide-way-support-ask = Erreichen Sie den Support ({ $line })?
guide-way-support-go = [{ $name }](#way-support): Zwei Leute vom Support stimmen zu, und man liest Ihnen einen Code vor.
guide-way-support-say = „Wählen Sie ‚{ $name }‘ und sagen Sie mir die Anfragenummer. Schicken Sie uns dann den QR-Code mit dem Telefon oder auf einem USB-Stick.“ Eröffnen Sie mit `resetkit support open` einen Vorgang; zwei müssen zustimmen.
guide-way-support-needs = Braucht jemanden vom Support und etwas, das zeigt, dass das Gerät Ihnen gehört, etwa die Rechnung. Geht ohne jedes Netz am Gerät.
guide-way-support-step-1 = Wählen Sie **{ $name }**. Ein QR-Code und eine Anfragenummer erscheinen.
guide-way-support-step-2 = Scannen Sie den Code mit einem Telefon und geben Sie ihn an den Support weiter, oder speichern Sie ihn auf einen USB-Stick.
guide-way-support-step-3 = Wenden Sie sich an den Support ({ $line }) und nennen Sie die Anfragenummer. Man bittet Sie zu zeigen, dass das Gerät Ihnen gehört.
guide-way-support-step-4 = Der Support liest **Ihnen** einen Code vor. Tippen Sie ihn ein, und { guide-then-password }. Niemand im Support sieht oder wählt Ihr Passwort.

## Besitzer: nie, Support, nächstes Mal

guide-never-title = Was Sie niemandem geben
guide-never-code = **Den Sicherheitscode aus der Mail.** Er wird am Gerät eingetippt und nirgends sonst. Niemand muss ihn hören, sehen oder geschickt bekommen.
guide-never-password = **Das alte oder das neue Passwort.** Der Support kann es nicht sehen und braucht es nicht.
guide-never-sheet = **Einen Wiederherstellungscode oder ein Foto des Blatts.**
guide-never-photo = **Ein Foto des ganzen Bildschirms** in einem Chat oder Forum. Scannen Sie den QR-Code selbst.
guide-never-remote = **Fernzugriff auf Ihr Telefon oder Ihren Computer** für jemanden, der Sie angerufen hat.
guide-never-ask = { -brand-name } fragt nur nach zweierlei: dem Fallcode auf dem Bildschirm und den letzten vier Zeichen des Etiketts. Beides ist nicht geheim.
guide-never-support = { -brand-name } fragt nur nach dreierlei: dem Fallcode, der Anfragenummer und den letzten vier Zeichen des Etiketts. Nichts davon ist geheim. Einen Code zum Entsperren liest der Support **Ihnen** vor, nie Sie dem Support. { support-never-tell }
guide-support-title = Wenn nichts hilft
guide-support-lead = Wenden Sie sich an { -support-contact }. Man hilft Ihnen in Sekunden, wenn Sie das hier bereit haben:
guide-support-case = **Den Fallcode** vom Bildschirm („{ device-case-help-short }“), Gruppe für Gruppe. Er sagt, was war und was noch geht, und enthält kein Geheimnis.
guide-support-label = Die **letzten vier Zeichen des Etiketts** am Gerät.
guide-support-seen = Was Sie auf dem Bildschirm sehen: die Nummer der Meldung, wenn es eine gibt.
guide-next-title = Damit es nächstes Mal klappt
guide-next-lead = Zwei Minuten jetzt ersparen Ihnen das alles. Melden Sie sich an und öffnen Sie **{ device-settings-title }**.
guide-next-email = **Geben Sie eine E-Mail ein** für ein vergessenes Passwort. Nehmen Sie ein Postfach, das Sie in fünf Jahren noch haben.
guide-next-test = Drücken Sie **{ device-confirm-address }**: Nur ein Testcode, der ankam, zeigt, dass es geht.
guide-next-smtp = **Geben Sie einen Mailserver ein**, damit das Gerät einen Code auch ohne Ihr Telefon mailen kann.
guide-next-codes = **Drucken Sie die Wiederherstellungscodes** und legen Sie das Blatt zur Rechnung, nicht neben das Gerät.
guide-next-button = **Wissen Sie, wo die Taste ist**, und lesen Sie, was das Halten an diesem Gerät bewirkt.
guide-next-ready = **Sehen Sie unter „{ ready-title }“ nach.** Dort steht für jeden Weg, ob er heute geht und was sonst zu tun ist.

## Besitzer: Zahlen

guide-figures-title = Die Zahlen dieses Geräts
guide-figures-caption = Worauf Ihr Gerät ({ $device }) eingestellt ist
guide-figure-proofs = Nachweise für ein neues Passwort
guide-figure-proofs-value =
    { $proofs ->
        [1] einer
       *[other] { $proofs }, verschiedener Art
    }
guide-figure-life = Ein Code gilt
guide-figure-life-value = { $life } Minuten bei eingeschaltetem Gerät
guide-figure-cap = Mit „{ device-more-time }“ höchstens
guide-figure-cap-value = { $cap }
guide-figure-tries = Versuche für einen Code
guide-figure-tries-value = { $tries }
guide-figure-session-tries = Versuche je Anlauf, über alle seine Codes
guide-figure-challenges = Codes je Anlauf
guide-figure-challenges-value = { $challenges }
guide-figure-boots = Neustarts, die ein Code übersteht
guide-figure-boots-value = { $boots }, jeder kostet { $checkpoint } Minuten
guide-figure-choose = Zeit, das neue Passwort zu wählen
guide-figure-choose-value = { $choose } Minuten
guide-figure-password = Länge eines Passworts
guide-figure-password-value = { $min } bis { $max } Zeichen jeder Art
guide-figure-code = Ein Sicherheitscode hat
guide-figure-code-letters = 9 Zeichen, gezeigt als 3-3-3
guide-figure-code-digits = 13 Ziffern, gezeigt als 4-4-5
guide-figure-hold = Halten der Reset-Taste
guide-figure-hold-value = { $seconds } bis { $longest } Sekunden, binnen { $window } Sekunden
guide-figure-console = Versuche am Bildschirm des Geräts
guide-figure-network = Versuche auf der Webseite
guide-figure-button = Versuche durch Drücken der Taste
guide-figure-odds-session = Aussicht, in einem Anlauf zu raten
guide-figure-odds-year = Aussicht, in einem Jahr Angriff zu raten

## Support

guide-agent-title = Leitfaden: vergessenes Passwort, { $device }
guide-agent-lead = Sie helfen einem Besitzer zurück an sein Gerät, ohne je ein Geheimnis zu erfahren. Holen Sie zuerst den Fallcode: Er sagt, was war und was noch geht. Der Rest dieser Seite ist für das Gespräch.
guide-call-title = Die erste Minute
guide-call-1-title = Nach dem Fallcode fragen
guide-call-1 = „Stehen Sie am Gerät? Drücken Sie bitte **{ device-forgot }** und lesen Sie mir den **Fallcode** vor, Gruppe für Gruppe.“ Er steht unter „{ device-case-help-short }“; am Bildschirm des Geräts sind die Zeichen buchstabiert.
guide-call-2-title = Eintippen
guide-call-2 = Die Antwort nennt Marke, Modell und Firmware, was nicht ging, und welche Wege noch offen sind. Ein Hörfehler wird bemerkt: Lassen Sie sich die Gruppe noch einmal sagen.
guide-call-3-title = Sagen, was ginge
guide-call-3 = Nehmen Sie den ersten offenen Weg der Antwort, oder den Baum unten. Sagen Sie **vor** dem Anfangen, was verloren geht.
guide-call-3-two = Hier braucht es **zwei Nachweise**, also zwei offene Wege: [welche zusammen gehen](#tree).
guide-call-4-title = Dranbleiben, bis das neue Passwort gilt
guide-call-4 = „Melden Sie sich jetzt mit dem neuen Passwort an.“ Erst dann ist der Fall erledigt.
guide-call-command = Am Terminal: `resetkit case CODE`. Im Browser: die Seite `/case` bei { $host }. Beide speichern nicht, was Sie eintippen.
guide-agent-tree-title = Was Sie fragen, in dieser Reihenfolge
guide-agent-tree = Eine Frage nach der anderen. Folgen Sie dem ersten „Ja“.
guide-agent-proofs = **Dieses Gerät verlangt zwei Nachweise von verschiedener Art.** Sagen Sie das gleich, und klären Sie, welche zwei der Besitzer geben kann, bevor er anfängt. Nach dem ersten fragt sein Bildschirm nach dem zweiten.
guide-agent-if-old = Weiß der Besitzer vielleicht das alte Passwort noch?
guide-agent-then-old = „Versuchen Sie es einmal. Bis ein neues gespeichert ist, gilt das alte.“ Großschreibung, Tastatursprache und Konto (`{ $account }`) sind die üblichen Gründe.
guide-agent-if-wait = Meldet der Bildschirm E-207, E-211 oder E-504?
guide-agent-then-wait = „Es wurde zu oft versucht. Lassen Sie das Gerät einige Minuten an.“ Ausschalten dauert länger. Abkürzen kann das niemand, auch Sie nicht.
guide-agent-otherwise = Nichts davon: Notieren Sie den Fallcode, die letzten vier Zeichen des Etiketts und was versucht wurde. Versprechen Sie nichts. Geben Sie es an die zweite Linie weiter.
guide-agent-never-title = Was Sie nie fragen und nie sagen
guide-agent-never-interrupt = Fängt der Besitzer an, einen Code vorzulesen, unterbrechen Sie: „Sagen Sie ihn mir bitte nicht. Tippen Sie ihn am Gerät ein.“
guide-agent-never-exists = Sagen Sie nie, ob es ein **Konto oder eine Adresse gibt**.
guide-agent-never-lost = Sagen Sie nie „Es geht nichts verloren“ von einem Weg, dessen Hinweis etwas anderes sagt.
guide-agent-never-unlock = Der Code zum Entsperren ist der einzige, der über das Telefon geht, und zwar **von Ihnen zum Besitzer**. Er braucht einen Vorgang, einen Nachweis des Eigentums und zwei Zustimmungen. Ein Passwort sehen Sie nie, und einen Generalcode gibt es nicht.
guide-agent-ways-title = Die Wege, Schritt für Schritt
guide-agent-evidence = Als Nachweis des Eigentums gilt eines davon:
guide-agent-codes-title = Jeder Code, den dieses Gerät zeigen kann
guide-agent-codes-caption = Was dort steht, woran es liegt, was Sie sagen
guide-agent-after-title = Bevor Sie auflegen
guide-agent-after-log-in = „Sind Sie mit dem neuen Passwort angemeldet?“
guide-agent-after-email = „Öffnen Sie bitte { device-settings-title } und drücken Sie { device-confirm-address }, damit es nächstes Mal klappt.“
guide-agent-after-ready = „Öffnen Sie dort bitte **{ ready-title }** und lesen Sie mir vor, welche Wege scheitern könnten.“ Bei jedem steht, was hilft: Lassen Sie es gleich tun, solange der Besitzer angemeldet ist.
guide-agent-after-doctor = Klappt es mit der Mail oder der Taste nicht? „Drücken Sie bitte **{ doctor-link-to }** und lesen Sie mir vor, was dort steht, und den Fallcode darunter.“
guide-agent-after-note = Notieren Sie Fallcode, Weg und Ergebnis. Sonst nichts: keine Adresse, keinen Code, keine Seriennummer.

## Integrator

guide-sheet-title = Blatt für Integratoren: { $device } ({ $model })
guide-sheet-lead = Was das Gerät ({ $device }) anbietet, wann, zu welchem Preis und in welchen Grenzen. Jede Zeile ist aus Profil, Richtlinie, Markenpaket und Manifesten berechnet, von derselben Maschine, die auf dem Gerät läuft.
guide-sheet-methods = Wege an diesem Modell
guide-sheet-methods-caption = In der Reihenfolge, in der sie angeboten werden, kleinster Verlust zuerst
guide-sheet-cost = { $memory } MiB; bereit in { $start } s; blockiert höchstens { $block } ms
guide-sheet-absent = Installiert, an diesem Modell aber nie angeboten: { $names }. Warum, sagt `resetkit error CODE`.
guide-sheet-proofs = Die Richtlinie `{ $policy }` verlangt **zwei Nachweise** verschiedener Art. Diese Wege zusammen geben sie.
guide-sheet-offered = Was wann angeboten wird
guide-sheet-offered-lead = Es fällt immer eines aus. ✔ mit dem Platz in der Auswahl, oder der Code, den der Besitzer mit dem Grund sieht.
guide-sheet-all = Alles ist eingerichtet
guide-sheet-without = ohne { $fact }
guide-sheet-limits = Grenzen
guide-sheet-limits-caption = Richtlinie `{ $policy }` mit diesem Profil
guide-sheet-bucket = { $burst } auf einmal, { $per_hour } je Stunde
guide-sheet-facts = Fakten
guide-sheet-facts-caption = Worauf die Auswahl beruht
guide-fact-initialised = Sonde: Ein Konto hat ein Passwort
guide-fact-email-on-file = Besitzer, beim Einrichten oder in den Einstellungen
guide-fact-email-confirmed = Besitzer: Ein Testcode kam zurück
guide-fact-relay-key = signiertes Markenpaket
guide-fact-network-up = Sonde; das Profil darf sie überstimmen
guide-fact-smtp-set = Installation (`[connections.smtp]`)
guide-fact-button-wired = Profil (`[button]`) und Sonde der Leitung
guide-fact-clock-trusted = Profil und Zeitquelle
guide-fact-storage-writable = Sonde: Das letzte Schreiben gelang
guide-fact-console-lane = Spur des Lauschers
guide-fact-recovery-codes = Besitzer: Ein Blatt wurde gemacht und ein Code zurückgetippt
guide-fact-pictures = Profil (`[screen]`), Spur
guide-fact-support-keys = signiertes Markenpaket (`[support]`)
guide-sheet-identity = Namen auf den Bildschirmen
guide-sheet-identity-caption = Aus Markenpaket und Profil
guide-sheet-brand = Marke
guide-sheet-app = App
guide-sheet-menu = Weg zum Scanner
guide-sheet-relay = Relais
guide-sheet-languages = Sprachen
guide-sheet-contact = Support
guide-sheet-model = Modell
guide-sheet-account = Konto
guide-sheet-tools = Befehle
guide-sheet-tool-explain = jede Methode, angeboten oder nicht, mit Grund
guide-sheet-tool-lint = beweist, dass kein Besitzer dieses Modells in einer Sackgasse endet
guide-sheet-tool-error = was ein Code bedeutet
guide-sheet-tool-case = was der Fallcode eines Besitzers sagt
guide-sheet-tool-guide = der Artikel für den Besitzer dieses Geräts
guide-sheet-note = Die Aussichten rechnet der Lader aus diesen Zahlen; eine Richtlinie über der Schranke (1e-11 je Anlauf, 2e-7 im Jahr) wird abgelehnt.

## Die Seite des Relais für Fallcodes

relay-case-title = Fallcode
relay-case-label = Fallcode, wie der Besitzer ihn vorliest
relay-case-help = Zwölf Buchstaben und Ziffern, oder achtzehn Ziffern. Groß oder klein, Leerzeichen und Bindestriche sind egal.
relay-case-language = Sprache
relay-case-button = Was kann dieser Besitzer noch tun?
relay-case-kept = Was Sie eintippen, wird weder gespeichert noch protokolliert. Es nennt niemanden und enthält kein Geheimnis.
relay-case-brand = Marke
relay-case-firmware = Firmware
relay-case-happened = Was geschehen ist
relay-case-say = Sagen Sie zuerst
relay-case-open = Wege zurück
relay-case-now = Dann, Schritt für Schritt
relay-case-ask = Fragen Sie
relay-case-never = Nie
