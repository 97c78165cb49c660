# Pages and answers of the relay.
relay-page-title = { -brand-name } password reset
relay-confirm-question = Send the code for request { $request }?
relay-confirm-reset = The code goes to the e-mail address on file for this device. With it, the person at the device can choose a new password.
relay-confirm-address = The code goes to the e-mail address that was just entered on the device, to prove that mail arrives there.
relay-confirm-compare = Go on only if the device’s screen shows the same request number.
relay-confirm-button = Send the code
relay-again-button = Send the same mail again
relay-device = Device
relay-label = Label ends in
relay-request = Request number
relay-sent-title = The code is on its way
relay-sent-again-title = The same mail is on its way again
relay-sent-body = The code is on its way to the address on file. Go back to the device and type it there.
relay-sent-next = Go back to the device and type the code that arrives by e-mail. Check that it names request { $request }.
relay-sent-no-mail = No mail after two minutes? Look into the spam folder, then press “No mail came?” on the device.
relay-not-sent-title = Not sent
relay-next-step = What you can do
relay-code-label = Error
relay-not-me-title = This was not you?
relay-not-me-body = Press the button and no more mails are sent for this device for 24 hours. Nothing else changes: the device and its password stay as they are.
relay-not-me-button = Stop mails for 24 hours
relay-not-me-done-title = Mails are stopped
relay-not-me-done-body = No more mails for this device for 24 hours. Nobody can use the code without standing at the device.
relay-not-me-done-next = If you know of nobody at the device, go and look at it. The code in the mail is of no use elsewhere. Questions: { -support-contact }
relay-not-me-unknown-title = This link is no longer valid
relay-not-me-unknown-body = It may be older than seven days. Open the newest mail and press “Not me” there.
relay-support = Help: { -support-contact }

err-relay-not-accepted = This code is not accepted
rec-relay-not-accepted = Go back to the device, ask for a new code and scan it. If that does not help, choose “Try another way” there, or ask { -support-contact }.
err-relay-malformed = The device sent something this service cannot read
rec-relay-malformed = Choose “Try another way” at the device, or ask { -support-contact } about an update of the device.
err-relay-revoked = This device may no longer ask for mail
rec-relay-revoked = Choose “Try another way” at the device, or ask { -support-contact }.
err-relay-counter-used = This request number was already used
rec-relay-counter-used = Go back to the device, ask for a new code and scan it.
err-relay-enrol-again = This request is too old, or the device has lost count
rec-relay-enrol-again = Ask for a new code at the device and scan it. If this appears again, the device must be enrolled anew: choose “Try another way” there, or ask { -support-contact }.
err-relay-too-many-this-hour = Too many mails for this device within the hour
rec-relay-too-many-this-hour = Look for the mail that is already there. Otherwise scan the same code again in { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
 }.
err-relay-too-many-today = Too many mails for this device today
rec-relay-too-many-today = Look for a mail that is already there, or choose “Try another way” at the device. Mail is possible again in { $hours ->
    [one] one hour
   *[other] { $hours } hours
 }; at the device’s own screen perhaps sooner.
err-relay-too-many-to-address = Too many mails to this address within the hour
rec-relay-too-many-to-address = Look for a mail that is already there. Otherwise scan the same code again in { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
 }.
err-relay-suppressed = Mails for this device are stopped
rec-relay-suppressed = Somebody pressed “Not me” in a mail. Mail is possible again in { $hours ->
    [one] one hour
   *[other] { $hours } hours
 }. Until then choose “Try another way” at the device.
err-relay-resend-limit = This mail was already sent several times
rec-relay-resend-limit = Look into the spam folder. If it is not there, ask for a new code at the device, or choose “Try another way”.
err-relay-no-address = There is no e-mail address on file for this device
rec-relay-no-address = Choose “Try another way” at the device, or ask { -support-contact }.
err-relay-purpose-not-served = This service does not handle requests of this kind
rec-relay-purpose-not-served = Follow the device’s screen, or ask { -support-contact }.
err-relay-bounced = Mail to the address on file comes back
rec-relay-bounced = Choose “Try another way” at the device, or ask { -support-contact }.
err-relay-bad-request = This request is not of the form asked for
rec-relay-bad-request = Scan the code on the device’s screen again, with the phone’s camera or the { -app-name }.
err-relay-too-large = This request is too large
rec-relay-too-large = Scan the code on the device’s screen again, with the phone’s camera or the { -app-name }.
err-relay-too-many-from-here = Too many requests from this network
rec-relay-too-many-from-here = Wait a minute and try again.
err-relay-not-found = There is nothing here
rec-relay-not-found = Scan the code on the device’s screen, with the phone’s camera or the { -app-name }.
err-relay-unavailable = This service cannot take the request now
rec-relay-unavailable = Wait a minute and scan the same code again; it stays valid.
