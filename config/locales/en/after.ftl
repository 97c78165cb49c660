# After the reset: notices by mail, and who still has the old password.

notice-reset-subject = Notice { $request }: the password of { $model }, label ending { $label }, was reset
notice-reset-intro = The password of this device was reset. The old password does not work any more, and everybody who was logged in is logged out.
notice-address-changed-subject = Notice: another recovery address for { $model }, label ending { $label }
notice-address-changed-intro = Another e-mail address was entered on this device for resetting its password. This notice goes to the old and to the new address; the old one still gets notices for 30 days.
notice-address-changed-after-reset-subject = Notice: recovery address changed after a reset of { $model }, label ending { $label }
notice-address-changed-after-reset-intro = The password of this device was reset not long ago, and now the recovery address was changed too. If you did not do both, somebody else may be taking the device over. This address still gets notices for 30 days.
notice-codes-made-subject = Notice: recovery codes for { $model }, label ending { $label }
notice-codes-made-intro = A sheet of recovery codes was made for this device. Each of its codes lets whoever holds it choose a new password at the device.
notice-codes-renewed-subject = Notice: new recovery codes for { $model }, label ending { $label }
notice-codes-renewed-intro = A new sheet of recovery codes was made for this device. The sheet before it is void.
notice-codes-removed-subject = Notice: no more recovery codes for { $model }, label ending { $label }
notice-codes-removed-intro = The recovery codes of this device were made void.

notice-row-when = When
notice-row-way = By
notice-row-where = Where
notice-lane-console = at the device itself
notice-lane-network = over the network
notice-lane-button = at the device’s button
notice-minutes-ago =
    { $minutes ->
        [one] about one running minute before this mail
       *[other] about { $minutes } running minutes before this mail
    }
notice-hours-ago =
    { $hours ->
        [one] about one running hour before this mail
       *[other] about { $hours } running hours before this mail
    }
notice-was-you = If it was you, there is nothing to do.
notice-not-you = If it was not you: go to the device and reset its password yourself. Then look at the recovery address, switch off ways back in that you do not want, and make new recovery codes. If you cannot get in any more, ask support.
notice-never = This mail has no code and no address to follow. Nobody from support will ever ask you for a password or a code.

after-title = Who still has the old password?
after-intro =
    { $left ->
        [0] All of them have the new password (reset { $request }).
        [one] One camera or program still logs in with the old password (reset { $request }).
       *[other] { $left } cameras or programs still log in with the old password (reset { $request }).
    }
after-link = Who still has the old password?
after-banner-title = The password was reset, but not everybody knows.
after-banner-text =
    { $left ->
        [one] One camera or program still has the old password and may have stopped working.
       *[other] { $left } cameras or programs still have the old password and may have stopped working.
    }
after-banner-look = Show them
after-quiet =
    { $minutes ->
        [0] The quiet time is over: whoever still comes with the old password is turned away like anybody else.
       *[other] Quiet time: for about { $hours ->
            [0] { $minutes } minutes
           *[other] { $hours } hours
        } of running time nobody of this list is locked out for coming with the old password.
    }
after-state-waiting = has the old password
after-state-updated = has the new password
after-state-failed = could not be told
after-state-by-hand = you did it
after-came-with-old =
    { $times ->
        [one] It came with the old password since the reset.
       *[other] It came with the old password { $times } times since the reset.
    }
after-by-hand = I did it myself
after-by-hand-of = I did it myself: { $name }
after-update = Tell them the new password
after-update-help = The device’s firmware gives them the new password, one after the other. Type it once more.
after-updating = They are being told now. This page shows how far it is.
after-reload = Look again
after-no-hook = This firmware has no program that tells them: enter the new password at each of them, then tick them off here.
after-acknowledge = I know about it
after-acknowledged = You have said that you know about it. This list stays until the next reset.

device-err-no-hook = This firmware has no program that tells cameras and programs the new password.
device-rec-no-hook = Enter the new password at each of them, then tick them off in the list.
