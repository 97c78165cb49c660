# The doctor: everything that recovery stands on, in plain words.

doctor-title = Doctor
doctor-intro = The device looks at everything that recovery stands on. It changes nothing.
doctor-link-to = Ask the doctor
doctor-again = Look again
doctor-case = If you contact support, tell them this code:
doctor-green = All is well.
doctor-amber = Something is worth a look.
doctor-red = Something does not work.
doctor-any-ok = Works.
doctor-any-none = This device does not need it.
doctor-any-not-reached = Not looked at: what comes before it failed.

doctor-link = Network
doctor-link-ok = The device is connected.
doctor-link-down = No network. Your telephone can still reset the password; only mail from the device itself cannot leave.
doctor-link-down-next = Plug in the network cable or set up the wireless network, then look again.

doctor-names = Names in the network
doctor-names-unknown = The name of the mail server is not known in this network.
doctor-names-unknown-next = Look at the DNS server in the network settings, and at the name of the mail server.
doctor-names-slow = Nobody answers when the device asks for a name.
doctor-names-slow-next = Look at the DNS server in the network settings.

doctor-time = Clock
doctor-time-ok = The clock is set and believed.
doctor-time-untrusted = The clock is set, but nobody vouches for it. Recovery does not need it.
doctor-time-never-set = The clock was never set. Recovery does not need it.

doctor-relay = Key of the mail service
doctor-relay-no-key = The firmware has no usable key of the service that mails codes.
doctor-relay-no-key-next = Ask the maker for a firmware that has it; until then use another way.

doctor-mail-server = Mail server
doctor-mail-server-ok = It answers.
doctor-mail-server-unusable = A mail server is set, but a file with its password or its certificate cannot be used.
doctor-mail-server-unusable-next = Look at the files that the settings name; nobody but the device may be able to read the password.
doctor-mail-server-failed = It does not answer.
doctor-mail-server-failed-next = Look at its name and port in the settings, and whether the network lets the device out.

doctor-mail-tls = Mail encryption
doctor-mail-tls-ok = The mail server is who it says, and nobody can listen.
doctor-mail-tls-failed = The mail server did not encrypt, or cannot prove who it is.
doctor-mail-tls-failed-next = Look at its name in the settings, and whether its certificate is valid and its authority is known to the device.

doctor-mail-log-in = Mail log-in
doctor-mail-log-in-ok = The mail server lets the device in.
doctor-mail-log-in-failed = The mail server does not take the device’s user name and password.
doctor-mail-log-in-failed-next = Enter them once more; many providers want a password made for this device alone.

doctor-button = Reset button
doctor-button-ok = It was pressed a moment ago.
doctor-button-lost = The device cannot read its button.
doctor-button-lost-next = Switch the device off and on. If that does not help, use another way and ask support.
doctor-button-stuck = It has been down for minutes: it is stuck.
doctor-button-stuck-next = Free the button, then look again.
doctor-button-not-looked = Not looked at: a running service holds its line. Try it on the device’s page, or stop the service and add --press 20.
doctor-button-waiting = Press it now, briefly, and look again within a minute.
doctor-button-waiting-next = Press the button briefly, then choose “Look again”.

doctor-qr = QR code on this screen
doctor-qr-ok = Large enough for any telephone.
doctor-qr-browser = It is shown in a browser, as large as it has to be.
doctor-qr-small = Small for this screen: hold the telephone close.
doctor-qr-small-next = Try it once now, before you need it: choose “Forgot password” and scan.
doctor-qr-too-small = Too small for this screen.
doctor-qr-too-small-next = Open the device’s web page on a computer or a telephone instead.
doctor-qr-too-long = The address of the mail service is too long for a QR code.
doctor-qr-too-long-next = Ask the maker; until then use another way.

doctor-storage = Storage
doctor-storage-ok = What is decided can be kept.
doctor-storage-failed = It cannot be written: no password can be set.
doctor-storage-failed-next = Switch the device off and on. If that does not help, the storage is worn out; ask support.
doctor-storage-slow = It takes very long to write.
doctor-storage-slow-next = The storage may be wearing out; save your settings and ask support.

doctor-cli-heading = { $brand }, { $model }
doctor-cli-next = Next step
doctor-cli-case = Case code for support
