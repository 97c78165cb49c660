# The method `companion`: QR code, phone, code by e-mail. methods-dmss/src/texts.rs lists the ids.

## The picture and what to do with it

companion-name = Code by e-mail, with your phone
companion-title-reset = Scan this with your phone
companion-title-confirm = Scan this to try out your e-mail
companion-preparing = The QR code is being made. This takes a moment.
companion-step-app = Open { $app } and go to { $menu }, then point it at the code.
companion-step-camera = Or use the camera of any phone: point it at the code and open the link.
companion-step-confirm = On the phone, press “{ relay-confirm-button }”. The mail is sent only then.
companion-step-mail = Open the mailbox of the address shown here and find the mail with request { $request }.
companion-step-type = Come back here and type the code from the mail.
companion-qr-label = QR code of request { $request }. The same as text stands below it.

## No mail came?

companion-title-no-mail = No mail came?
companion-mail-folder = Look into the spam folder. Two minutes of waiting are normal.
companion-mail-address = Compare the address shown here with the mailbox you opened.
companion-mail-scan-again = Check that the phone has a network and scan the code once more. It sends the same mail again.
companion-mail-new-code = You may ask for a new code { $left ->
        [one] once more
        [2] twice more
       *[other] { $left } more times
    }. The old code stops working then.
companion-mail-no-more = No further code can be made now. The code from the newest mail still counts.
companion-action-new-code = Ask for a new code
companion-action-show-again = Back to the QR code
