# What `resetkit case CODE` tells the support desk.
case-title = Case { $code }
case-device = device
case-failed = what failed
case-tried = what was tried
case-clock = clock
case-ready = ready
case-not-ready = not ready
case-ways = what this owner can still do
case-tell = tell the owner
case-firmware = firmware { $version }
case-unlisted-brand = a brand that is not in this registry (number { $number })
case-unlisted-model = a model that is not in this registry (number { $number })
case-unlisted-firmware = a firmware that is not in this registry (number { $number })
case-unlisted-method = a method that is not in this registry (number { $number })
case-no-failure = nothing: the code was read before anything failed
case-unknown-failure = a failure that this program does not know (number { $number }); use a newer one
case-no-method = no method was begun
case-method = method “{ $name }”
case-no-tries = no code was compared
case-tries = { $count ->
    [one] one code was compared
   *[other] { $count } codes were compared
}
case-tries-many = seven or more codes were compared
case-clock-never-set = never set; nothing depends on it
case-clock-untrusted = there, but the device does not trust it; nothing depends on it
case-clock-trusted = set and trusted
case-clock-unknown = not told
case-way-open = open
case-way-failed = begun, and failed (see above)
case-way-closed = closed: { $missing }
case-missing-not = not so: { $what }
case-none = nothing
case-fact-email-on-file = e-mail on file
case-fact-email-confirmed = e-mail tried and confirmed
case-fact-relay-key = key and address of the maker's relay
case-fact-network-up = the device reaches a network
case-fact-smtp-set = a mail server is set up for the device itself
case-fact-button-wired = reset button
case-fact-storage-writable = storage can be written
case-fact-recovery-codes = recovery codes were made
case-slip-short = This is too short for a case code: 12 letters and digits (4-4-4), or 18 digits (6-6-6).
case-slip-long = This has neither 12 letters and digits nor 18 digits. Ask for the case code again, in groups.
case-slip-character = This has a sign that no case code has. Ask for the case code again; it has only digits and letters, without U.
case-slip-check = A sign is mistyped or two are swapped. Ask for the case code again, in groups.
case-slip-version = This case code is of version { $version }, which this program does not know. Use a newer program.
