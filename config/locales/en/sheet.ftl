# Recovery codes: the printed sheet, and the pages on which it is made. Handing a device over to a new owner.

sheet-how-1 = At the device, choose “Forgot password” and then “Recovery code”.
sheet-how-2 = Type one of these codes. Capitals, blanks and hyphens do not matter.
sheet-how-3 = Choose a new password, and cross the code out: it is used up.
sheet-how-title = When the password is forgotten
sheet-lead = Each of these codes sets a new password once: without a phone, without a mailbox, without a network.
sheet-qr-label = All codes of sheet { $sheet }, to be read by a camera
sheet-row-label = Label ending
sheet-row-made = Made on
sheet-row-model = Model
sheet-row-number = Sheet
sheet-title = Recovery codes
sheet-warning = Keep this sheet like a key, and not beside the device. Whoever has it and stands at the device can set a new password.

## Pages

device-code-help-digits-support = The 13 digits that support reads out. Spaces do not matter.
device-code-help-kept-digits = 21 digits from your sheet. Spaces do not matter.
device-code-help-kept-letters = 17 characters from your sheet. Capitals and hyphens do not matter.
device-code-help-letters-support = The 9 characters that support reads out. Capitals and hyphens do not matter.
device-code-kept = Recovery code
device-code-kept-title = Type a recovery code
device-codes-banner-low = { $left ->
        [0] All recovery codes are used up.
        [one] Only one recovery code is left.
       *[other] Only { $left } recovery codes are left.
    } Make a new sheet before you need it.
device-codes-banner-title = Recovery codes.
device-codes-still-count = Sheet { $sheet } of recovery codes still counts: make a new one or remove it if it is not in your hands.
device-codes-banner-waiting = The new recovery codes do not count yet: type one of them back.
device-codes-check = Check
device-codes-later = Not now
device-codes-left = Sheet { $sheet }: { $left } of { $of } codes are left.
device-codes-low = Make a new sheet before you need it.
device-codes-make = Make recovery codes
device-codes-make-new = Make a new sheet
device-codes-new-title = Your recovery codes
device-codes-none = There are none yet on this device.
device-codes-once = These codes are shown this once. Print them or write them down now, and keep them like a key, not beside the device.
device-codes-picture = As a picture
device-codes-print = Print (PDF)
device-codes-remove = Void all codes
device-codes-renew-help = Sheet { $sheet } goes on working until a code of the new one was typed back. Then it is void.
device-codes-saved = The codes of sheet { $sheet } work now: { $left } of them.
device-codes-saved-next = Each sets a new password once. When few are left, the device says so after log-in.
device-codes-title = Recovery codes
device-codes-type-back = Type one of the codes back
device-codes-type-back-help = Only then do they work, for only then is it certain that you have them. It is not used up by this.
device-codes-waiting = Nobody has typed back a code of sheet { $sheet } yet, so they do not work. Type one of them, or make a new sheet.
device-codes-what = Eight codes on a sheet of paper. Each of them sets a new password once, on the day you have no phone, no mailbox and no network.
device-further-first = This device wants more than one proof that it is you: { $helps }.
device-further-next = Given so far: { $given }. This device wants one more: { $helps }.
device-hand-over-do = Erase everything of mine
device-hand-over-goes = Your password, your e-mail, recovery codes, settings of recovery, every request, notice and line of the log are erased. This cannot be undone.
device-hand-over-link = Hand over to a new owner
device-hand-over-stays = What the maker put in stays: the key and the number by which its server knows this device, and the counters that keep guessing expensive. Recordings, cameras and the network are the business of the device's own settings: erase them there first.
device-hand-over-title = Hand over to a new owner
device-hand-over-what = For a device that is sold or given away. Afterwards it is as it left the factory, and whoever has it sets it up with a password of their own.
device-handed-over-enrolment = The maker's server may still know to which mailbox a code went. Send this line to the maker's support: with it the device is enrolled anew, and the server forgets that.
device-handed-over-enrolment-label = Line for the maker's support
device-handed-over-next = Switch it off and hand it over. Whoever has it now sets it up.
device-handed-over-title = Ready for its new owner
device-handed-over-what = Nothing of yours is left on this device.
device-needs-kept = You need your sheet of recovery codes.
device-needs-support = You need to reach support, and something that shows that the device is yours, such as the receipt.
device-no-support = Does support not answer?
device-notice-leaves-kept = Nothing leaves this device. Until you save a new password, the old one keeps working.
device-notice-leaves-support = This device sends nothing by itself. It shows a QR code that only two people at support can open together; it leaves the device when you scan it or save it. Until you save a new password, the old one keeps working.
device-preparing-kept-text = One moment, then type a code of your sheet.
device-preparing-support-text = The QR code is being made. This takes a moment.
device-proof-kept-code = a recovery code
device-proof-mailbox = the code from the mailbox
device-proof-presence = the reset button on the device
device-proof-support = unlocking by support
device-proof-telephone = the telephone on file
device-reset-notice-what-kept = You prove that you are the owner by one of the recovery codes on your sheet. You need neither a phone nor a mailbox.
device-reset-notice-what-support = Support lets you in: two people there look at what shows that the device is yours, and one reads a code out to you. You need a phone, neither a mailbox nor a network here.
device-save-to-stick = Save to a stick
device-saved-to-stick = Saved as { $file }. Take the stick to a computer and send the file to support.
device-sheet-number = Sheet
device-step-sheet = Recovery code

device-err-code-not-on-sheet = This is none of the codes of the new sheet.
device-rec-code-not-on-sheet = Compare it with the sheet and type it again. Nothing was used up.
device-err-no-sheet = No sheet of recovery codes waits for a code.
device-rec-no-sheet = Make a new sheet in the settings, under Recovery codes.
device-err-firmware-keeps-accounts = The accounts of this device are kept by its own firmware, so they cannot be erased from here.
device-rec-firmware-keeps-accounts = Use the factory reset in the device's own settings.
device-err-hand-over-unfinished = The device is handed over, but something of you may still lie in its storage: it could not be written over.
device-rec-hand-over-unfinished = Switch the device off and on again before you give it away. It then tries once more. If it says that its storage cannot be written, ask support.
device-err-no-stick = No stick was found to save to.
device-rec-no-stick = Plug a USB stick into the device and try again, or scan the QR code with a phone.
