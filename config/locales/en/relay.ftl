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

# An unlock by support (R89): the page that a phone opens.
relay-unlock-question = Pass request { $request } on to support?
relay-unlock-what = The code on the screen is for { -brand-name } support. Nothing is sent by e-mail, and this page cannot see the code or your password.
relay-unlock-button = Pass it on
relay-unlock-done-title = Support has your request
relay-unlock-done-body = Now contact support ({ $contact }) and name request { $request }. Stay at the device: the code is read out to you, and you type it there.
relay-unlock-done-next = Now contact support ({ $contact }) and name request { $request }. Stay at the device: the code is read out to you, and you type it there.
relay-unlock-hours = Somebody answers: { $hours }
relay-unlock-asks-title = What support will ask
relay-unlock-asks-number = The request number and the last characters of the device’s label.
relay-unlock-asks-proof = Proof that the device is yours:
relay-unlock-never-title = What support never asks
relay-unlock-never-password = A password, old or new. You choose the new one yourself, at the device.
relay-unlock-never-code = A code from an e-mail, or remote access to your computer.
relay-unlock-never-pay = Money, or to call another number.

# The desk's page for people with a token.
relay-desk-title = Support desk
relay-desk-login-title = Log in to the support desk
relay-desk-login-label = Your token
relay-desk-login-button = Log in
relay-desk-login-hint = It is the line that the administrator gave you. Nothing of it is kept in this browser’s history.
relay-desk-login-wrong = This token is not known.
relay-desk-login-wrong-next = Copy the whole line, without blanks. If it was renewed, ask the administrator for the new one.
relay-desk-who = { $name } · { $brand }
relay-desk-logout = Log out
relay-desk-reload = Load again
relay-desk-waiting-title = Passed on by owners
relay-desk-waiting-none = Nothing is waiting.
relay-desk-waiting-how = Open a ticket when the owner asks: resetkit support open --request { $request } --ticket NUMBER --evidence KIND
relay-desk-tickets-title = Tickets
relay-desk-tickets-none = No ticket was opened yet.
relay-desk-column-request = Request
relay-desk-column-device = Device
relay-desk-column-at = Since
relay-desk-column-ticket = Ticket
relay-desk-column-agent = Agent
relay-desk-column-evidence = Evidence
relay-desk-column-approvers = Approved by
relay-desk-column-state = State
relay-desk-minutes = { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
 }
relay-desk-hours = { $hours ->
    [one] one hour
   *[other] { $hours } hours
 }
relay-desk-state-open = waits for { $count ->
    [one] one approver
   *[other] { $count } approvers
 }
relay-desk-state-ready = ready to be read out
relay-desk-state-over = over
relay-desk-state-unlocked = unlocked
relay-desk-state-refused = refused
relay-desk-state-abandoned = given up
relay-desk-state-suspicious = suspicious

err-relay-staff-unknown = This token is not known to the support desk
rec-relay-staff-unknown = Copy the whole token, without blanks. If it was renewed, ask the administrator; `reset-relay staff new` makes one.
err-relay-staff-role = Your role does not allow this
rec-relay-staff-role = Agents open, read and close tickets; approvers approve them. Ask somebody who has the other role.
err-relay-ticket-unknown = No ticket has this number
rec-relay-ticket-unknown = See the numbers with `resetkit support list`.
err-relay-ticket-closed = This ticket is closed, or older than a day
rec-relay-ticket-closed = Ask the owner for a new code on the screen, and open a new ticket for it.
err-relay-evidence-not-accepted = This evidence is not accepted
rec-relay-evidence-not-accepted = Name at least one kind of the brand’s list; `resetkit support list` prints it. If the owner has none of them, close the ticket as refused.
err-relay-no-approvers = This brand has no approvers, so support cannot unlock its devices
rec-relay-no-approvers = Use another way: `resetkit case` says which are open. The brand’s maker adds approvers under `[support]` in the brand pack.
err-relay-unlock-not-known = This is not an unlock of a device of your brand
rec-relay-unlock-not-known = Compare the request number and the label with the owner’s screen. The owner may have to choose “Unlocking by support” there again.
err-relay-too-many-by-agent = You have opened as many tickets as one agent may within a day
rec-relay-too-many-by-agent = Let a colleague take the ticket, or wait { $hours ->
    [one] one hour
   *[other] { $hours } hours
 }.
err-relay-too-many-for-device = As many tickets as one device may have were opened within a day
rec-relay-too-many-for-device = Wait { $hours ->
    [one] one hour
   *[other] { $hours } hours
 }, or use another way. If the owner did not ask before, tell your supervisor: somebody may be trying.
err-relay-already-approved = This half is approved already, or you have approved this ticket
rec-relay-already-approved = The other approver must be somebody else, with the other key.
err-relay-ticket-taken = Another ticket has this number
rec-relay-ticket-taken = Take the next number of your own ticket system, or add the date to it.
