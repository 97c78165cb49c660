# Mails of the relay, in the order of their lines. The device, the purpose and the request number stand first and the code
# last, so that nobody reads the code before he knows what it is for (F16). No address to follow but "not me" (R69).

mail-device = { $model }, label ending { $label }
mail-device-named = { $nickname } ({ $model }, label ending { $label })

mail-reset-subject = Request { $request }: password reset of { $model }, label ending { $label }
mail-reset-title = Password reset
mail-reset-intro = Someone at the device asked to reset its password.
mail-reset-purpose = The code below lets the person at the device choose a new password.
mail-reset-how = At the device, compare the request number, type the code into “Forgot password” and press Next.

mail-confirm-subject = Request { $request }: confirm this address for { $model }, label ending { $label }
mail-confirm-title = Confirm this address
mail-confirm-intro = This e-mail address was entered on the device for resetting its password.
mail-confirm-purpose = The code below proves that mail from the device arrives here. It does not change the password.
mail-confirm-how = At the device, compare the request number and type the code.

mail-row-device = Device
mail-row-request = Request number
mail-row-purpose = What for
mail-row-life = Valid
mail-request-hint = as on the device’s screen
mail-life =
    { $minutes ->
        [one] for about one minute
        [60] for about one hour
       *[other] for about { $minutes } minutes
    } while the device stays switched on; the time left stands on its screen.
mail-warning = Never read this code to anyone, on the telephone or in a chat, whoever they say they are.
mail-not-me = If this was not you, do nothing, and press “Not me” to stop such mails for 24 hours:
mail-not-me-button = Not me
mail-not-me-direct = If this was not you, do nothing: without this code nobody gets in.
mail-code-title = Code
mail-support = Help: { -support-contact }
