# Screens of the device: web page and local screen. Keep the ids sorted. Method texts stand in the file of the method, errors in errors.ftl.

device-account = Account
device-address = E-mail on file
device-address-unconfirmed = This address was entered but never tried out. If no mail comes, another way is offered.
device-another-way = Try another way
device-back-to-live = Live view
device-back-to-login = Back to log-in
device-back-to-start = Back to start
device-banner-acknowledge = I know about it
device-banner-text = It happened { $lane }, request { $request }, { $hours ->
        [0] less than an hour of running time ago
        [one] about one hour of running time ago
       *[other] about { $hours } hours of running time ago
    }. If this was not you, change the password and the e-mail on file now and check who can reach this device.
device-banner-title = The password of this device was reset.
device-cancel = Cancel
device-cancelled-text = Nothing was changed. The old password still works, and a code that was already sent is void.
device-cancelled-title = The reset was cancelled
device-checking-text = The code is being checked …
device-choose-title = How do you want to prove that it is you?
device-code = Security code
device-code-help-digits = 13 digits from the mail. Spaces do not matter.
device-code-help-letters = 9 characters from the mail. Capitals and hyphens do not matter.
device-code-title = Scan, then type the code
device-confirm-address = Send a test code
device-confirm-notice-title = Try out your e-mail address
device-confirm-notice-what = A test code goes to this address in the same way as later, should you forget the password. You scan a QR code with { -app-name } or your phone's camera and type the code from the mail here.
device-confirmed-title = The address works
device-confirmed-what = A forgotten password can now be reset by way of { $address }.
device-continue = Continue
device-copied = Copied
device-copy = Copy
device-current-password = Current password
device-done-notice = The next log-in shows this reset on the screen, until somebody says that he knows about it.
device-done-sessions = Everybody was logged out, on every screen and app. Log in again with the new password.
device-done-title = The new password is set
device-done-what = The old password no longer works.
device-error-code = Error { $code }
device-error-title = That did not work
device-expired-text = The time for this reset is over. Nothing was changed, the old password still works.
device-expired-title = The time is over
device-fingerprint-title = Fingerprint of this device's certificate
device-forgot = Forgot password
device-forgot-title = Forgot password
device-go-to-login = Log in with the new password
device-hide = Hide
device-lane-button = with the button
device-lane-console = at the device's own screen
device-lane-network = on the web page
device-live-title = Live view
device-login = Log in
device-login-title = Log in
device-logout = Log out
device-minutes = Minutes left
device-more-time = I need more time
device-new-code = Ask for a new code
device-new-password = New password for { $account }
device-new-password-consequence = When you save, everybody is logged out and the old password stops working.
device-new-password-save = Save new password
device-new-password-title = Choose a new password
device-next = Next
device-no-mail = No mail came?
device-notice-leaves = This device sends nothing by itself. It shows a QR code that only the maker's server can read; it leaves the device when you scan it. The code comes by e-mail to the address on file and nowhere else. Until you save a new password, the old one keeps working.
device-ok = OK
device-password = Password
device-password-refused = This password cannot be used.
device-password-rules = { $min } to { $max } characters of any kind. A few words in a row are good. No well-known passwords, no names of this device.
device-payload-file = Save as file
device-payload-open = On this phone: open the link
device-payload-title = Without a camera: the same as text
device-pending-help = Somebody asked for a new password. Cancel is always safe; it changes nothing else.
device-pending-item = Request { $request }, { $lane }, { $minutes ->
        [one] one minute left
       *[other] { $minutes } minutes left
    }
device-pending-title = Open requests
device-preparing-text = The QR code is being made. This takes a moment.
device-preparing-title = One moment
device-readiness-amber = The e-mail address was never tried out. Send a test code now, so that it works on the day you need it.
device-readiness-red = There is no e-mail on file. A forgotten password could not be reset by e-mail.
device-readiness-title = Recovery is not ready.
device-ready-amber = Recovery is not tried out.
device-ready-amber-text = A test code shows whether mail really arrives at this address.
device-ready-green = Recovery is ready.
device-ready-green-text = A forgotten password can be reset by way of this address.
device-ready-red = Recovery is not ready.
device-ready-red-text = There is no e-mail on file. A forgotten password could not be reset by e-mail.
device-recording = Recording
device-request = Request number
device-reset-notice-title = Reset the password
device-reset-notice-what = You prove that you are the owner by a code that is mailed to the address on file. You need your phone with { -app-name } or its camera, and that mailbox.
device-retry-in = The next try is open in { $minutes ->
        [one] one minute
       *[other] { $minutes } minutes
    }.
device-saving-text = The new password is being saved. Please leave the device on.
device-saving-title = Saving
device-settings-email-add = Enter an e-mail
device-settings-email-change = New e-mail
device-settings-email-help = A code goes there if the password is ever forgotten. Codes that are under way to the old address end with the change.
device-settings-save = Save e-mail
device-settings-saved = The e-mail is saved.
device-settings-saved-next = Send a test code to it now: only then is it certain that it works on the day you need it.
device-settings-title = Settings
device-setup-email = E-mail for a forgotten password
device-setup-email-help = A code goes there if the password is ever forgotten. It is never shown in full on a screen.
device-setup-lead = Choose the administrator's password, and how you get back in should it be forgotten.
device-setup-password = New password for { $account }
device-setup-save = Save and continue
device-setup-skip = Go on without an e-mail
device-setup-skip-consequence = If the password is forgotten, no code can be mailed. Only the ways that need no e-mail remain; on some models that means factory settings or a visit by service.
device-setup-title = Set up this device
device-show = Show
device-show-steps = Show the steps again
device-skip-to-content = Skip to content
device-start-again = Start again
device-step-1 = Forgot password
device-step-2 = Notice
device-step-3 = QR code
device-step-4 = App
device-step-5 = Code
device-step-6 = New password
device-step-of = Step { $step } of 6 · { $name }
device-steps = Steps of the reset
device-support = Help: { -support-contact }
device-support-text = On this device no further way is open right now. Nothing was changed, and the old password still works.
device-support-title = We can still help
device-title = { -brand-name }
device-tries = Tries left
device-withheld-title = Not possible right now

## E-0xx: requests of pages and programs, in the order of their numbers

device-err-malformed-request = This request was not understood.
device-rec-malformed-request = Go back to the page and try again.
device-err-request-too-large = This request is too long.
device-rec-request-too-large = Type less than four thousand characters.
device-err-not-found = There is no such page, or it belongs to another browser.
device-rec-not-found = Go back to the start. If a reset was under way here, start it again.
device-err-not-logged-in = This needs a log-in.
device-rec-not-logged-in = Log in first. If the password is forgotten, choose Forgot password.
device-err-log-in-refused = Account or password is not right.
device-rec-log-in-refused = Try again, or choose Forgot password.
device-err-foreign-form = This page was open too long, or the request came from another page.
device-rec-foreign-form = Open the page again and repeat what you did. Cookies must be allowed for this device.
device-err-already-set-up = This device is set up already.
device-rec-already-set-up = Log in. If the password is forgotten, choose Forgot password.
device-err-bad-address = This is not an e-mail address.
device-rec-bad-address = Check the address for slips and type it again.
device-err-busy = The device has a lot to do right now.
device-rec-busy = Wait a moment and try again. Nothing was changed.
device-err-address-or-skip = Enter an e-mail, or say that you want to go on without one.
device-rec-address-or-skip = Without an e-mail, a forgotten password cannot be reset by mail. Decide for one of the two.
device-err-console-only = This is possible only at the device's own screen.
device-rec-console-only = Go to the device.
device-err-wrong-password = The current password is not right.
device-rec-wrong-password = Type it again. Nothing was changed.
