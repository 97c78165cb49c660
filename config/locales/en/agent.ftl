# What an agent on the telephone says, asks and never asks: one message for each code of the catalogue, in order. Short sentences to
# read out. They name no way, for the way may be closed; which are open is said beside them. Never an address, a code, a password.

## Never

agent-never-code = Never ask for a code from a mail, and never let one be read out to you.
agent-never-kept-code = Never ask for a code from the printed sheet.
agent-never-password = Never ask for a password, old or new.
agent-never-address = Never name the e-mail on file, and never say whether one that you hear is right.
agent-never-remote-access = Never ask for access to the owner's computer, mailbox or phone.

## Evidence of ownership; a brand names those that it accepts and may bring its own

evidence-delivery-note = delivery note
evidence-invoice = invoice with the serial number
evidence-letter-of-installer = letter of the installer who set the device up
evidence-photo-of-label = photo of the label, with today's request number beside it
evidence-police-report = report to the police
evidence-registration = registration with the maker in the owner's name
evidence-warranty-card = warranty card

## E-0xx: the device's pages and interface

agent-e-001 = The program that talks to the device sent something it cannot read. Nothing was changed. Please reload the page, or update the program.
    .ask = Which app or page did you use?
agent-e-002 = What was sent is too long for the device. Please type less and try again.
    .ask = Did you paste a longer text into one of the fields?
agent-e-003 = The page is gone, or it belongs to another browser. Please go back to the start page of the device and begin again there.
    .ask = Is it the same browser as before, and was the device switched off in between?
agent-e-004 = This page is for owners who are logged in. Please log in, or choose Forgot password if you cannot.
    .ask = Do you still have the password?
agent-e-005 = The device did not take the name and password. It never says which of the two. Please try once more slowly, then choose Forgot password.
    .ask = Is the keyboard set to your language, and is Caps Lock off?
agent-e-006 = The page was open too long, or it was opened from somewhere else. Please open it anew and allow cookies for the device.
    .ask = Did you come to the page through a link or a bookmark?
agent-e-007 = The device was set up before. If it was not you, it may be second-hand: the seller can hand it over properly.
    .ask = Did you buy the device new or used?
agent-e-008 = What was typed is not an e-mail address. Please check for blanks and a missing part, and type it again.
    .ask = Is there exactly one @ in it, and a dot behind it?
agent-e-009 = The device is busy. Nothing was changed. Please wait half a minute and try again.
    .ask = Is somebody else at the device or at its page right now?
agent-e-010 = At set-up the device wants an e-mail, or your word that you go on without one. I recommend an e-mail, or a printed sheet of codes.
    .ask = Do you have a mailbox that you will still have in some years?
agent-e-011 = For your safety this works only at the device's own screen. Please go there and do it again.
    .ask = Can somebody whom you trust stand at the device?
agent-e-012 = The current password was not right, so nothing was changed. Please type it once more.
    .ask = Did you change the password lately?
agent-e-013 = The program asks the device in a way that it does not know. Please update the program; the device itself is fine.
    .ask = Which program is it, and of which version?
agent-e-014 = The code typed back is not on the new sheet. Nothing was used up. Please compare it with the newest sheet.
    .ask = Is there an older sheet beside the new one?
agent-e-015 = There is no new sheet that waits for a code. Please make one in the settings, under Recovery codes.
    .ask = Did you print a sheet, and was the device switched off afterwards?
agent-e-016 = On this model the firmware keeps the accounts itself. Please use the factory reset in the device's own settings.
    .ask = Do you see a factory reset in the settings of the device?
agent-e-017 = The device sees no stick. Please plug a USB stick in and wait ten seconds, or scan the QR code with a phone instead.
    .ask = Is the stick formatted as FAT32 or exFAT?
agent-e-018 = The device is handed over, but its storage could not be written over completely. Please switch it off and on again before it is given away; it then tries once more.
    .ask = Does the device say, after it was switched on again, that its storage cannot be written?
agent-e-020 = No program is set up on this device that tells cameras and other clients the new password. Please enter it at each of them by hand.
    .ask = Which cameras or programs still ask for the old password?

## E-1xx: address and set-up

agent-e-101 = When this device was set up, no e-mail was entered, so a code cannot be mailed. Let us look which other way is open.
    .ask = Which other ways does the screen show below the message?
agent-e-102 = The e-mail of this device was never tried out, and this device mails codes only to one that was. Let us take another way.
    .ask = Which other ways does the screen show?
agent-e-103 = This device left the factory without what it needs to have codes mailed by us. That is not your fault. Let us take another way.
    .ask = What does the label on the device say as its model?
agent-e-104 = This device has no password yet. Please set it up: it asks for a new one straight away.
    .ask = Did somebody reset it to the factory state before?
agent-e-105 = The e-mail stored here is too long for the code on the screen. Let us take another way; afterwards a shorter one can be entered.
    .ask = Which other ways does the screen show?
agent-e-106 = No sheet of codes was made on this device. If you have a sheet, it is another device's. Let us take another way.
    .ask = Which other ways does the screen show?
agent-e-107 = What was typed cannot be the name of an account here. Please type it as you do at log-in.
    .ask = Is there a blank before or behind the name?
agent-e-108 = We cannot unlock this device from here: it was made without the keys for it. Let us look for a way at the device itself.
    .ask = Which other ways does the screen show?

## E-2xx: code

agent-e-201 = There is a slip in the code. That cost no try. Please compare it character by character and type it again.
    .ask = Does the code in front of you have the same length as the field?
agent-e-202 = That is not a whole code. It cost no try. Please type all of it; blanks and small letters do not matter.
    .ask = How many characters do you see, without telling me which?
agent-e-203 = The code is a real one, but of another request. Please look for the mail that names the request number on your screen.
    .ask = Which request number does the screen show, and which the mail?
agent-e-204 = All tries of that code are used. Nothing was changed. Please ask for a new code, and type it slowly.
    .ask = Were several mails there, and did you use the newest?
agent-e-205 = The time for that code is over. Nothing was changed. Please start again; the new code has its full time.
    .ask = How long did the mail take to arrive?
agent-e-206 = That request ended because somebody logged in, or another reset was finished. Please try to log in first.
    .ask = Could a colleague or somebody of the family have set a new password just now?
agent-e-207 = Too many codes were tried here lately, so the device makes you wait a little. Leave it switched on; switching it off does not help.
    .ask = Have you tried codes several times, or could it be somebody else?
agent-e-208 = This attempt gives no further code. Please type the newest one you have, or cancel and start again.
    .ask = Do you have a mail with the request number of the screen?
agent-e-209 = For safety the device takes no reset over the network now. Only somebody who stands at it gets on.
    .ask = Does the device have a screen of its own, or a button?
agent-e-210 = The proof was right, but the new password came too late. Nothing was changed. Please start again with a password ready.
    .ask = Do you have the new password written down already, for yourself only?
agent-e-211 = Too many codes were asked for here lately. Please wait some minutes with the device on. A code that you have still counts.
    .ask = Do you have a mail with a code that you have not typed yet?
agent-e-212 = That code of the sheet was used before. Each works once. Please cross it out and take another one.
    .ask = Are there codes on the sheet that are not crossed out?

## E-3xx: methods

agent-e-301 = This way stopped by itself. Nothing was changed. The device starts it once more; if that fails, we take another way.
    .ask = What stood on the screen just before?
agent-e-302 = This way took too long. Nothing was changed. The device starts it once more; if that fails, we take another way.
    .ask = Has the device been slow before?
agent-e-303 = This way failed twice, so the device leaves it alone until it is started anew. Let us take another way now.
    .ask = Which other ways does the screen show?
agent-e-304 = A part of the device's software is not signed by us, so the device does not run it. That protects you. Let us take another way.
    .ask = Was software from elsewhere installed on the device?
agent-e-305 = A part of the device's software does not fit the rest. An update mends it. For now we take another way.
    .ask = When was the device updated last?
agent-e-306 = This way gave an answer that makes no sense, and the device did not believe it. Nothing was changed. Let us take another way.
    .ask = Did the same thing happen when you tried again?
agent-e-307 = This way was stopped because it said far too much at once. Nothing was changed. Let us take another way.
    .ask = Did the same thing happen when you tried again?
agent-e-308 = This way does not exist on your model. Let us look at those that the screen shows.
    .ask = Which ways does the screen show?
agent-e-309 = This way was switched off in the settings, by you or whoever set the device up. Let us take another way.
    .ask = Who set the device up?
agent-e-310 = The device cannot run this way safely, so it does not run it at all. Let us take another way.
    .ask = Which firmware version does the screen or the label show?
agent-e-311 = The description of this way is damaged. An update mends it. For now we take another way.
    .ask = When was the device updated last?
agent-e-312 = A file of the device's software was changed after we signed it, so the device does not run it. That protects you. Let us take another way.
    .ask = Was software from elsewhere installed on the device?
agent-e-313 = This screen is too small to show the code. Please open the device's page on a phone or computer, or take another way.
    .ask = Can you reach the device's page from a computer in the same network?
agent-e-314 = This way cannot be used from where you are. At the device's own screen it may be open.
    .ask = Are you at the device itself, or at its page in a browser?
agent-e-315 = This way would erase more than the settings of this device allow, so it is closed. Let us take another way.
    .ask = Which other ways does the screen show?
agent-e-316 = This way is made for something else. Let us look at those that the screen shows.
    .ask = What were you about to do: set a new password, or try out an e-mail?
agent-e-317 = This way could not go on and said so. You can come back to it later; now we take another.
    .ask = What stood on the screen just before?
agent-e-318 = From where you are, the device has no way left. Nothing was changed, and nothing is lost. I go through this with you.
    .ask = Are you at the device itself, or at its page in a browser?
agent-e-319 = This device wants two different proofs, and only one can be given now. Nothing was changed. Let us see how to get the other.
    .ask = Which proof have you given already?
agent-e-320 = A part of the device's software is older than the device allows. An update mends it. For now we take another way.
    .ask = When was the device updated last?
agent-e-321 = Sending was cut off, so nobody knows whether that mail arrives. Its code does not work any more. Please use the newest mail only.
    .ask = Does the newest mail name the request number of the screen?
agent-e-322 = The rules of this device do not take that kind of proof. They were set by whoever manages it. Let us take another way.
    .ask = Is there somebody who manages the device for you?

## E-4xx: relay and network

agent-e-401 = Mails take up to two minutes. Please look into the spam folder. Scanning the same picture again sends the same code again.
    .ask = Is it the mailbox that you used when the device was set up?
agent-e-402 = The phone did not reach our server. Please check its connection and scan again; the picture stays good.
    .ask = Does any web page open on the phone?
agent-e-403 = Our server did not send a code. The note on the phone says why; please read its number to me.
    .ask = Which number, E and three digits, does the phone show?
agent-e-404 = The device has no network. Please check its cable and the router. There may be a way that needs none.
    .ask = Does a light blink at the network socket of the device?
agent-e-405 = No mail server is entered on this device, so it cannot send mail by itself. Let us take another way.
    .ask = Which other ways does the screen show?
agent-e-406 = The mail server did not take the mail. That can be mended only after log-in. Let us take another way.
    .ask = Was the mail provider changed lately?
agent-e-407 = The clock of the device is not set, and this way needs one. Ways that need no clock are open as before.
    .ask = Was the device without power for a while?
agent-e-408 = The mail server does not answer the device. Please check the network cable and try again.
    .ask = Do other devices in the same network reach the internet?
agent-e-409 = The connection to the mail server was not safe, so the device sent nothing over it. That protects you. Let us take another way.
    .ask = Was anything changed in the network, such as a new router?
agent-e-410 = The mailbox is full and takes no mail. Please make room, then ask for a new code.
    .ask = Can you open the mailbox and delete something?
agent-e-411 = The mail server does not let the device log in. Its log-in was probably changed. Let us take another way.
    .ask = Without telling me what it is: was the password of the mailbox changed lately?
agent-e-412 = The mail server takes no mail for what is stored on the device. Let us take another way; afterwards it can be corrected.
    .ask = Which other ways does the screen show?
agent-e-413 = I am sorry that nobody answered. I am here now. Please tell me the request number, and leave the page open.
    .ask = Which request number does the screen show?
agent-e-414 = Two of us look at every unlock, and this one was not agreed to. With better evidence you can ask again.
    .ask = What else shows that the device is yours: an invoice, a letter of the installer?

## E-5xx: storage and device

agent-e-501 = The device could not save. The old password still works. Please try again; after a second time switch it off and on.
    .ask = Did the same thing happen when you tried again?
agent-e-502 = The device could not read its own notes, so it is careful and slow now. Please wait some minutes with it switched on.
    .ask = Was the power cut while the device was working?
agent-e-503 = The device cannot save anything. Please switch it off, wait ten seconds, and switch it on. If it stays so, its storage is broken.
    .ask = Does the screen say the same after switching off and on?
agent-e-504 = Several people are resetting a password here at once, so the device makes you wait. At its own screen you come first.
    .ask = Is somebody else at the device or at its page?
agent-e-505 = The code could not be made this time. Nothing was changed. Please try again once.
    .ask = Did the same thing happen when you tried again?
agent-e-506 = This model has no button for this. Let us take another way.
    .ask = Which other ways does the screen show?
agent-e-507 = The new password could not be prepared. The old one still works. Please type the same one again.
    .ask = Did it fail with another password too?
agent-e-508 = The new password could not be set. The old one still works. Please type the same one again.
    .ask = Did it fail a second time?
agent-e-509 = The device could not check the code, and one try is used. Please type it once more.
    .ask = How many tries does the screen say are left?
agent-e-510 = Nothing was done for a while, so the device ended the attempt. Nothing was changed. Please start again; I stay on the line.
    .ask = Do you have everything at hand now: phone, mailbox, or sheet?
agent-e-511 = The device has used up its request numbers, so it can make no more codes until it is enrolled again. Let us see what works without one.
    .ask = What are the last four characters on the label?
agent-e-512 = This screen shows text only, so it cannot show the picture. Please open the device's page on a phone or computer, or take another way.
    .ask = Can you reach the device's page from a computer in the same network?
agent-e-513 = For safety this works only at the device's own screen. Please go there and start again.
    .ask = Can somebody whom you trust stand at the device?
agent-e-514 = The device has only just started. Please wait a minute and begin again.
    .ask = How long has it been switched on?
agent-e-515 = Please let go of the button: another request is waiting for it, and your hold would serve that one. If it is not yours, connect to the device directly and start again.
    .ask = Is the other request yours, for example from another browser window?
agent-e-516 = The device sees its button as pressed all the time. Please look whether something lies on it, and start again.
    .ask = Does the button spring back when you touch it?
agent-e-517 = The device cannot read its button any more. It may need repair. Let us take another way.
    .ask = Was the device opened or dropped?
agent-e-518 = The device could not be set back. Please switch it off and on, and see whether the old password still works.
    .ask = Does the device ask to be set up anew after switching on?
agent-e-519 = The part that keeps the passwords does not answer. The old password still works. Please wait a minute and try again.
    .ask = Did the same thing happen after switching off and on?
agent-e-520 = The hold was too short, too long, or too late. Please start it again and let go when the screen says so; I count along.
    .ask = Do you see the bar that grows while you hold?

## E-6xx: new password

agent-e-601 = The new password is too short. Please add words; a row of four is easy to keep. Do not tell me it.
    .ask = How many characters does the screen ask for?
agent-e-602 = The new password is longer than the device can keep. Please shorten it. Nothing is cut off behind your back.
    .ask = How many characters does the screen allow?
agent-e-603 = Many people use that password, and it is tried first. Please choose a few words of your own. Do not tell me them.
    .ask = Shall I explain how to make one that is easy to keep?
agent-e-604 = That password holds a name that anybody can read on the device. Please leave out brand, model, serial number and account.
    .ask = Shall I explain how to make one that is easy to keep?
agent-e-605 = That is the old password. Please choose another one.
    .ask = Do you know the old password after all, so that you can just log in?
agent-e-606 = One character of that password cannot be kept by this device. Please leave it out; letters and blanks always work.
    .ask = Is there an emoji or an unusual sign in it?

## E-7xx: relay and companion app

agent-e-700 = Our server does not take this code. Please ask the device for a new one and scan that. If it stays so, we take another way.
    .ask = Does the phone show the code of the screen in front of you, and not an old photograph?
agent-e-701 = The device sent something our server cannot read. An update of the device mends it. Let us take another way for now.
    .ask = Which firmware version does the label or the screen show?
agent-e-702 = This device may not ask for mail any more. I look into why. At the device other ways may be open.
    .ask = Did you buy the device new or used?
agent-e-703 = That request number was used before. Please ask the device for a new code and scan it.
    .ask = Did you scan an old photograph?
agent-e-704 = The request is too old, or the device lost count. Please try a new code once. If it comes again, the device must be enrolled anew.
    .ask = Was the device repaired, or set back to an older state?
agent-e-705 = Enough mails were sent for this device within the hour. Please look for the one that is there already, or wait.
    .ask = Is there a mail that names the request number of the screen?
agent-e-706 = Enough mails were sent for this device today. At the device's own screen it may go on sooner.
    .ask = Is there a mail that you have not used yet?
agent-e-707 = Enough mails were sent to that mailbox within the hour. Please look for the one that is there already, or wait.
    .ask = Do you reset several devices at once?
agent-e-708 = Somebody pressed Not me in a mail for this device, so mails rest for a day. Nothing else changed. At the device other ways may be open.
    .ask = Could somebody who shares the mailbox have pressed it?
agent-e-709 = That mail was sent as often as it may be. Please look into the spam folder, or ask the device for a new code.
    .ask = Does the mailbox filter mail by a rule?
agent-e-710 = Our server knows no mailbox for this device. At the device other ways may be open.
    .ask = Which other ways does the device's screen show?
agent-e-711 = Our server does not do what this code asks for. Please follow the device's screen.
    .ask = What does the device's screen say at the top?
agent-e-712 = Mail to the stored mailbox comes back. At the device other ways may be open; afterwards it can be corrected.
    .ask = Was the mailbox closed or moved?
agent-e-720 = Our server did not get what it needs. Please scan the code on the device's screen again.
    .ask = Did you scan, or did you type the address?
agent-e-721 = What was sent is too large. Please scan the code on the device's screen again.
    .ask = Did you scan, or did you paste something?
agent-e-722 = Too much came from your network at once. Please wait a minute, or use mobile data.
    .ask = Are you in a large shared network, such as an office or a hotel?
agent-e-723 = There is nothing at that address. Please scan the code on the device's screen.
    .ask = Did you type the address by hand?
agent-e-724 = Our server cannot take it this minute. Please wait a minute and scan the same code again; it stays good.
    .ask = Has a minute passed since the last try?
agent-e-740 = The phone has no connection. Please switch on Wi-Fi or mobile data and try again; nothing was sent.
    .ask = Does any web page open on the phone?
agent-e-741 = Our server does not answer the phone. Please wait a minute and try again; the code on the device stays good.
    .ask = Does another web page open on the phone?
agent-e-742 = Somebody else answered in place of our server, mostly the log-in page of a Wi-Fi. Please open any web page, log in there, and try again.
    .ask = Are you in a Wi-Fi that wants a log-in, as in a hotel?
agent-e-743 = That code belongs to a device of another maker. Nothing was sent. Please use the app that the device's screen names.
    .ask = Which brand stands on the device?
agent-e-744 = That is another kind of code. Please choose Forgot password at the device, press OK, and scan what appears then.
    .ask = Where did you find the code that you scanned?
agent-e-745 = The code was read only in part. Please scan it again from straight ahead, without reflections.
    .ask = Is all of the code inside the picture?
agent-e-746 = The browser may not use the camera. Please allow it for this page, or point the phone's own camera at the code.
    .ask = Did the browser ask about the camera?
agent-e-747 = No camera was found. Please choose a photograph of the code, or type the address below it.
    .ask = Do you have another phone at hand?
agent-e-748 = The camera does not start; perhaps another app holds it. Please close other apps and try again.
    .ask = Is a video call or another camera app open?
agent-e-749 = That file is not a picture. Please choose a photograph of the code.
    .ask = Is it a photograph, or a document?
agent-e-750 = No code was found in that photograph. Please take it from straight ahead, closer, and without reflections.
    .ask = Is the code sharp and whole in the picture?
agent-e-760 = One moment, I log in to the desk anew; this has nothing to do with your device.
    .ask = May I come back to you if it takes longer?
agent-e-761 = One moment, a colleague has to do this step. That is for your safety.
    .ask = May I put you on hold for a moment?
agent-e-762 = I do not find that number. Please read me the request number from the screen once more.
    .ask = Which request number does the screen show?
agent-e-763 = That ticket is closed, or its time is over. Please ask the device for a new request, and I open a new one.
    .ask = Is the page on the device still open?
agent-e-764 = That does not show yet that the device is yours. Something else may: an invoice, a letter of the installer.
    .ask = What do you have that shows the serial number and your name?
agent-e-765 = Devices of this brand cannot be unlocked by us. Let us look which way is open at the device.
    .ask = Which ways does the screen show?
agent-e-766 = That is not a request of a device of ours. Please compare the brand on the device, and make the request there once more.
    .ask = Which brand stands on the device, and which request number on its screen?
agent-e-767 = I have opened as many tickets as I may today. A colleague takes yours at once.
    .ask = May I hand you over to a colleague?
agent-e-768 = For this device enough tickets were opened today; that protects its owner. Tomorrow it is possible again.
    .ask = Have you, or somebody else, asked about this device before today?
agent-e-769 = One of us has agreed already; a second person has to look at it too. Please leave the page open.
    .ask = Is the page on the device still open?
agent-e-770 = One moment, I give your ticket another number.
    .ask = Which request number does the screen show?
