# How ready recovery is, way by way: the page, the reminder on the live view, the interface.

ready-title = Is recovery ready?
ready-intro = What would work today if you forgot the password, and what to do about the rest.
ready-link = Is recovery ready?
ready-light-green = would work
ready-light-amber = may fail
ready-light-red = would not work
ready-all-green = At least one way back in would work today.
ready-all-amber = Recovery is not tried out.
ready-all-red = No way back in would work today.
ready-works = Nothing is in its way.
ready-address-not-tried = The e-mail address was entered, but no test code was ever typed back.
ready-address-not-tried-todo = Send a test code and type it in here.
ready-mail-failed = The last mail of this device did not leave.
ready-codes-run-low = Only a few recovery codes are left.
ready-codes-run-low-todo = Make a new sheet while you are logged in.
ready-loses-more = It would work, at a price:
ready-loses-more-todo = Keep another way ready that costs the password only: an e-mail address, or a sheet of recovery codes.
ready-switched-off = You have switched it off.
ready-switched-off-todo = Switch it on in the settings if you want to have it.
ready-mend-test-code = Send a test code
ready-mend-address = Enter an e-mail address
ready-mend-recovery-codes = Recovery codes
ready-mend-switch-on = Settings
ready-mend-doctor = Ask the doctor
ready-reminder-title = A forgotten password could cost you more than a minute.
ready-reminder-no-way = No way back in would work today: whoever forgets the password stays locked out.
ready-reminder-only-lossy = The only way back in that would work today erases more than the password.
ready-reminder-not-tried = None of the ways back in was ever tried out.
ready-reminder-look = See what to do
ready-continue = Continue to the device

why-not-title = Why not this way?
