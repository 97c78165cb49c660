# Was jeder Weg hat: was er zerstört, und wer behebt, was ihm im Weg steht. Die eigenen Texte der Wege stehen in method-<id>.ftl.

fixable-after-login = Das können Sie beheben, wenn Sie wieder angemeldet sind.
fixable-by-maker = Das kann nur der Hersteller beheben.
fixable-now = Das können Sie jetzt beheben.

loss-all-settings = Alle Einstellungen des Geräts werden gelöscht.
loss-network-too = Passwort und Netzwerkeinstellungen werden gelöscht.
loss-password-only = Nur das alte Passwort geht verloren. Einstellungen und Aufnahmen bleiben.
loss-recordings = Alle Einstellungen und alle Aufnahmen werden gelöscht.
