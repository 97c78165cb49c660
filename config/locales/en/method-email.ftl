# The method `email`: the device mails the code itself. methods-email/src/texts.rs lists the ids.

## On its way

email-name = Code by e-mail, sent by the device
email-title-reset = A code is on its way to your e-mail
email-title-confirm = A test code is on its way to your e-mail
email-step-connecting = Connecting to the mail server.
email-step-securing = Connected. Checking that it really is the mail server.
email-step-secured = The connection to { $host } is secure. Logging in.
email-step-code = Logged in. The code is being made.
email-step-handing = Handing the mail over to { $host }.
email-old-counts = The code from the earlier mail counts until the new one is made.

## The mail is out

email-title-sent = Look into your e-mail
email-accepted-after = { $host } took the mail { $seconds ->
        [one] within one second
       *[other] after { $seconds } seconds
    }.
email-accepted-at = { $host } took the mail at { $time }.
email-do-open = Open the mailbox of the address shown here and find the mail with request { $request }.
email-do-type = Type the code from the mail here.

## No mail came?

email-title-no-mail = No mail came?
email-mail-folder = Look into the spam folder. Two minutes of waiting are normal.
email-mail-address = Compare the address shown here with the mailbox you opened.
email-mail-server = { $host } took the mail, so the device did its part. What happens to it after that the device cannot see.
email-mail-new-code = You may have a new code sent { $left ->
        [one] once more
        [2] twice more
       *[other] { $left } more times
    }. The old code stops working then.
email-mail-no-more = No further code can be sent now. The code from the newest mail still counts.
email-not-again = The new mail was not sent. The code from the earlier mail still counts.
email-action-new-code = Send a new code
email-action-show-again = Back to entering the code

## The mail did not leave

email-title-not-sent = The mail was not sent
email-why-no-network = The device has no network.
email-why-not-set = No mail server that works is entered on this device.
email-why-no-answer = The mail server gave no answer.
email-why-not-secure = The connection to the mail server was not secure, so nothing was sent.
email-why-login = The mail server did not let the device log in.
email-why-address = Refused: the mail server does not know this address.
email-why-full = Refused: the mailbox is full.
email-why-later = The mail server takes no mail right now. Try again in a few minutes.
email-why-refused = The mail server refused the mail.
