# The method `support`: two people at the maker's support agree. methods-support/src/texts.rs lists the ids.

support-name = Unlocking by support
support-title = Have support unlock this device
support-preparing = The request to support is being made. This takes a moment.
support-step-call-hours = Contact support: { $contact } ({ $hours }).
support-step-call = Contact support: { $contact }.
support-step-call-anybody = Ask whoever sold you this device for an unlock.
support-step-tell = Tell them request { $request }. They will ask for something that shows that the device is yours, such as the receipt.
support-step-pass-on = Scan the QR code with any phone, open the link and pass the request on. Without a network, save the request to a USB stick and send the file from another place.
support-step-wait = Two people at support decide on it. Leave this page open while they do.
support-step-type = Type the code here that support tells you.
support-qr-label = QR code of request { $request } to support. The same as text stands below it.
support-never-tell = Support never asks for a password, for a code from a mail or for one from your sheet. Break it off if somebody does.
support-title-silent = Nobody answers?
support-silent-advice = The request stays good as long as the time below says. Try again, or take another way.
support-action-refused = Support said no
