# What went wrong (err-) and what to do next (rec-), one pair for each failure of the catalogue, in the order of its numbers.
# Short, calm, next step first. No text says whether an account or an address exists.

## E-1xx: address and set-up

err-no-address = This device was set up without an e-mail for a forgotten password.
rec-no-address = Use another way if one stands below, or contact the support named here. Once you are back in, enter an e-mail in the settings, and this way is open next time.
err-address-unconfirmed = The e-mail of this device was never tried out, and its settings allow only one that was.
rec-address-unconfirmed = Choose another way below. Once you are back in, send yourself a test code.
err-relay-not-set-up = This device has not been prepared for codes by e-mail.
rec-relay-not-set-up = Choose another way below, or contact { -support-contact }.
err-not-initialised = This device has no password yet.
rec-not-initialised = Set it up now. There is nothing to reset.
err-address-does-not-fit = The e-mail of this device is too long for the code on the screen.
rec-address-does-not-fit = Choose another way below. Once you are back in, enter a shorter e-mail.
err-no-recovery-codes = No recovery codes were made on this device.
rec-no-recovery-codes = Choose another way below. Once you are back in, print recovery codes and keep them safe.
err-bad-account-name = This cannot be the name of an account.
rec-bad-account-name = Type the name as you do when you log in, without spaces around it.
err-no-support-keys = This device was not prepared to be unlocked by support.
rec-no-support-keys = Choose another way below.

## E-2xx: code

err-code-slip = There is a slip in the code. No try was used.
rec-code-slip = Compare it with the mail, character by character, and type it again.
err-code-malformed = This is not a whole code. No try was used.
rec-code-malformed = Type the whole code from the mail. Spaces, hyphens and small letters are fine.
err-code-wrong = This is not the code of this request. One try was used.
rec-code-wrong = Look for the mail with the request number on this screen, and type its code.
err-code-used-up = All tries for this code were used. Nothing was changed.
rec-code-used-up = Ask for a new code, or choose another way.
err-code-expired = The time for this code is over. Nothing was changed.
rec-code-expired = Start again and you get a new code.
err-code-superseded = This request was ended, because somebody logged in or another reset was finished.
rec-code-superseded = Try to log in. If you still need a new password, start again.
err-try-later = Too many codes were tried on this device lately.
rec-try-later = Wait a few minutes with the device switched on, then type the code. Switching it off does not help.
err-too-many-codes = No further code can be made in this attempt.
rec-too-many-codes = Type the newest code you have, or cancel and start again.
err-lane-closed = Resetting over the network is closed on this device for now.
rec-lane-closed = Go to the device's own screen. The way is open there.
err-proof-expired = The new password was not chosen in time. Nothing was changed.
rec-proof-expired = Start again and have a new password ready.
err-codes-try-later = Too many codes were asked for on this device lately.
rec-codes-try-later = Wait a few minutes with the device switched on, then ask again. A code that you already have still counts.
err-kept-code-used = This code of your sheet was used before. One try was used.
rec-kept-code-used = Cross it out and type another code of the same sheet.

## E-3xx: methods

err-method-crashed = This way stopped unexpectedly.
rec-method-crashed = It is started once more by itself. If it stops again, choose another way.
err-method-hung = This way did not answer in time.
rec-method-hung = It is started once more by itself. If nothing comes, choose another way.
err-method-quarantined = This way failed twice and is not tried again now.
rec-method-quarantined = Choose another way below. After you are back in, look for an update.
err-method-bad-signature = This way is not signed by the maker, so the device does not run it.
rec-method-bad-signature = Choose another way below, and tell { -support-contact }.
err-method-wrong-contract = This way was made for another version of the device's software.
rec-method-wrong-contract = Choose another way below. An update brings it back.
err-method-garbage = This way gave an answer that makes no sense.
rec-method-garbage = It is started once more by itself. If that does not help, choose another way.
err-method-flood = This way said too much at once and was stopped.
rec-method-flood = It is started once more by itself. If that does not help, choose another way.
err-method-not-installed = This way is not installed on this device.
rec-method-not-installed = Choose another way below.
err-method-switched-off = This way was switched off in the settings.
rec-method-switched-off = Choose another way below. Once you are back in, you can switch it on.
err-method-no-sandbox = This device cannot run this way safely.
rec-method-no-sandbox = Choose another way below, and tell { -support-contact }.
err-method-bad-manifest = The description of this way cannot be read.
rec-method-bad-manifest = Choose another way below. An update mends it.
err-method-file-changed = A file of this way is not the one the maker signed, so the device does not run it.
rec-method-file-changed = Choose another way below, and tell { -support-contact }.
err-screen-too-small = This screen is too small to show the code.
rec-screen-too-small = Open the device's page on a phone or a computer, or choose another way below.
err-method-wrong-lane = This way cannot be used from here.
rec-method-wrong-lane = Go to the device's own screen, or choose another way below.
err-method-loses-too-much = This way would erase more than this device's settings allow.
rec-method-loses-too-much = Choose another way below.
err-method-wrong-purpose = This way is not made for this.
rec-method-wrong-purpose = Choose another way below.
err-method-gave-up = This way could not go on.
rec-method-gave-up = Choose another way below. You can come back to this one later.
err-nothing-left = No way is open on this device right now. Nothing was changed.
rec-nothing-left = Contact { -support-contact } and have the case code on this screen and the label of the device at hand.
err-second-proof-missing = A second proof is needed, and no way left can give it.
rec-second-proof-missing = Contact { -support-contact } and have the request number and the label of the device at hand.
err-method-too-old = This way is older than this device allows.
rec-method-too-old = Choose another way below. An update brings it back.
err-delivery-cut = Sending stopped before it was clear whether the mail had been taken. That code does not work any more.
rec-delivery-cut = Use the code of the newest mail only: it shows the request number of this screen. If none comes, choose another way.
err-proof-not-allowed = The rules of this device do not take what this way proves.
rec-proof-not-allowed = Choose another way below.

## E-4xx: relay and network

err-no-mail-came = The mail has not arrived yet.
rec-no-mail-came = Look into the spam folder and wait two minutes. Then scan the same picture again: it sends the same code once more. If none comes, take another way or ask { -support-contact }.
err-relay-unreachable = The phone could not reach the server that sends the code.
rec-relay-unreachable = Check the phone's connection and scan again. The picture stays good.
err-relay-refused = The server did not send a code.
rec-relay-refused = Read the note on the phone. It says whether to wait or to choose another way.
err-no-network = This device has no network.
rec-no-network = Plug in the cable or check the router, or choose a way that needs none.
err-smtp-not-set = No mail server is entered on this device.
rec-smtp-not-set = Choose another way below. Once you are back in, enter a mail server.
err-smtp-refused = The mail server did not take the mail.
rec-smtp-refused = Choose another way below. Once you are back in, check the mail settings.
err-clock-not-trusted = The clock of this device cannot be trusted.
rec-clock-not-trusted = Choose a way that needs no clock.
err-smtp-unreachable = The mail server does not answer.
rec-smtp-unreachable = Check the network cable of the device and try again, or choose another way.
err-smtp-not-secure = The connection to the mail server is not safe, so nothing was sent over it.
rec-smtp-not-secure = Choose another way below. Once you are back in, check the name and the certificate of the mail server.
err-mailbox-full = The mailbox is full and takes no mail.
rec-mailbox-full = Make room in the mailbox, then ask for a new code, or choose another way below.
err-smtp-login-refused = The mail server does not let this device log in.
rec-smtp-login-refused = Choose another way below. Once you are back in, enter the log-in of the mail server anew.
err-mail-address-refused = The mail server does not take mail for the stored address.
rec-mail-address-refused = Choose another way below. Once you are back in, check the address.
err-support-silent = Support has not answered yet.
rec-support-silent = Leave this page open and contact { -support-contact } again in their hours. The request stays good as long as the time below says. Or choose another way.
err-support-refused = Support did not agree to unlock this device.
rec-support-refused = Choose another way below, or ask { -support-contact } which evidence they need, such as an invoice.

## E-5xx: storage and device

err-store-failed = The device could not save. Nothing was changed, the old password still works.
rec-store-failed = Try again. If it happens again, switch the device off and on and start over.
err-state-unreadable = The device could not read its notes and starts with few tries.
rec-state-unreadable = Wait a few minutes with the device switched on, then go on at its own screen.
err-storage-read-only = The device cannot save anything at the moment.
rec-storage-read-only = Switch it off and on once. If it stays so, contact { -support-contact }.
err-too-many-sessions = Too many people are resetting a password here at once.
rec-too-many-sessions = Wait a few minutes and start again, or go to the device's own screen.
err-seal-failed = The code could not be made.
rec-seal-failed = Try again, or choose another way below.
err-no-button = This device has no reset button.
rec-no-button = Choose another way below.
err-prepare-failed = The new password could not be prepared. The old one still works.
rec-prepare-failed = Try again with the same password.
err-commit-failed = The new password could not be set. The old one still works.
rec-commit-failed = Try again with the same password.
err-derive-failed = The code could not be checked. One try was used.
rec-derive-failed = Type the code once more.
err-session-idle = Nothing was done for a while, so this attempt was ended. Nothing was changed.
rec-session-idle = Start again when you are ready.
err-counters-spent = This device has no request numbers left.
rec-counters-spent = Choose another way below, and tell { -support-contact } that it must be enrolled again.
err-no-pictures = This screen cannot show a picture.
rec-no-pictures = Open the device's page on a phone or a computer, or choose another way below.
err-not-at-console = This can be done at the device itself only.
rec-not-at-console = Go to the device's own screen and start again there.
err-no-randomness = The device has only just started and is not ready to make a code.
rec-no-randomness = Wait a minute and start again.
err-button-busy = Another request is waiting for the reset button right now.
rec-button-busy = Do not hold the reset button now: it would serve the other request. Is that not yours? Connect to the device directly, with no other network on it, and start again. Or choose another way.
err-button-stuck = The button reads as pressed all the time.
rec-button-stuck = Check that nothing lies on the reset button and that it springs back, then start again. Or choose another way below.
err-button-lost = The button cannot be read any more.
rec-button-lost = Choose another way below. If this happens again, tell support.
err-erase-failed = The device could not be set back to how it left the factory.
rec-erase-failed = Switch the device off and on. If the old password still works, start again and hold the reset button once more; otherwise set the device up anew.
err-accounts-unavailable = The part of the device that keeps the passwords does not answer. The old password still works.
rec-accounts-unavailable = Wait a minute and try again. If this happens again, switch the device off and on, then start again.
err-press-not-seen = The button was not held as long as it should be within the time.
rec-press-not-seen = Choose the reset button again, hold it down until the screen tells you to let go, and then let go. Or choose another way.

## E-6xx: new password

err-password-too-short = This password is too short.
rec-password-too-short = Add words until it is long enough. Four words in a row are easy to keep.
err-password-too-long = This password is longer than the device can keep.
rec-password-too-long = Shorten it. Nothing is ever cut off behind your back.
err-password-common = Many people use this password, or one made like it.
rec-password-common = Choose a few words that belong to nobody but you.
err-password-guessable = This password holds a name that stands on the device or in its account.
rec-password-guessable = Leave out the brand, the model, the serial number and the account's name.
err-password-unchanged = This is the old password.
rec-password-unchanged = Choose another one.
err-password-character = This password holds a character that the device cannot keep.
rec-password-character = Leave that character out and try again.

## Why a password is refused, in the words of the blocklist

password-flaw-account-name = It is little more than the name of the account.
password-flaw-common = It is one of the passwords that people try first, or made of them.
password-flaw-device-name = It is little more than a name that anybody can read on the device.
password-flaw-old = It is the old password.
password-flaw-pattern = It is a row of keys or one piece over and over.
