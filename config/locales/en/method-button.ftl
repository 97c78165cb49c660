# The method `button`: somebody holds the reset button. methods-hardware/src/texts.rs lists the ids.

button-name = Reset button on the device
button-title-password = Hold the reset button for a new password
button-title-factory = Hold the reset button to erase the device
button-does-password = Holding the button lets you choose a new password. Settings and recordings stay.
button-does-factory = Holding the button erases all settings and takes the device back to the state in which it left the factory. Do not press it if you want to keep them.
button-preparing = The button is being made ready.
button-do-hold = Press the reset button and hold it for { $seconds ->
        [one] one second
       *[other] { $seconds } seconds
    }.
button-do-release = Let go when you are told to, before { $longest ->
        [one] one second is
       *[other] { $longest } seconds are
    } over.
button-window = You have { $seconds ->
        [one] one second
       *[other] { $seconds } seconds
    } for this from now on.
button-waiting = Waiting for the button.
button-holding = Keep holding: { $seconds } of { $of } s
button-release-now = Release now.
button-too-long = Held too long, that one does not count: release the button and press again.
button-was-too-long = That was held too long and did not count. Press again and hold for { $seconds ->
        [one] one second
       *[other] { $seconds } seconds
    }.
button-was-too-short = Released after { $held ->
        [one] one second
       *[other] { $held } seconds
    }, that was too short. Press again and hold for { $of ->
        [one] one second
       *[other] { $of } seconds
    }.
button-stuck = The button seems to be pressed already: release it first.
button-seen = The press was seen. The device is checking it.
button-window-over = The time for the button is over. Nothing was changed.
