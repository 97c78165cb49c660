# What `resetkit explain` prints, and the page "Why not this way?" of the device beside the texts of errors.ftl and methods.ftl.

explain-title = { $model } · { $lane } · policy { $policy } · brand { $brand }
explain-lane-console = at its own screen
explain-lane-network = in the browser
explain-lane-button = at its button
explain-facts = Facts assumed
explain-facts-hint = Change one with --fact, for example --fact { $fact }=no
explain-quirk = Quirk ({ $models }): { $reason }
explain-rule = Proofs
explain-rule-required = all of: { $kinds }
explain-rule-optional = { $count ->
    [one] one of: { $kinds }
   *[other] { $count } different ones of: { $kinds }
}
explain-rule-and = { $first }, and { $second }
explain-rule-strength = at least one of them { $strength }
explain-rule-one = One proof is enough.
explain-rule-two = { $count } proofs are needed.
explain-column-way = Way
explain-column-reason = Reason
explain-column-fix = Can be mended
explain-column-loss = Loses
explain-column-proof = Proof
explain-yes = yes
explain-no = no
explain-fix-now = now, by the owner
explain-fix-after-login = after log-in, by the owner
explain-fix-by-maker = by the maker
explain-owner = Owner reads
explain-agent = Agent says
explain-requires = Requires
explain-unknown = not known
explain-nothing = No way is open here: the screen shows the support contact.
explain-not-enough = The ways that are open cannot give the proofs that this policy asks for.
explain-summary = { $offered ->
    [0] No way is offered
    [one] One way is offered
   *[other] { $offered } ways are offered
} of { $all }.

explain-loss-password-only = password only
explain-loss-network-too = network settings too
explain-loss-all-settings = all settings
explain-loss-recordings = settings and recordings

explain-kind-mailbox = mailbox
explain-kind-telephone = telephone
explain-kind-kept-code = kept code
explain-kind-presence = touch of the device
explain-kind-support = support
explain-proof-mailbox = reads the mailbox on file
explain-proof-telephone = has the phone on file
explain-proof-kept-code = kept a code
explain-proof-presence = touches the device
explain-proof-support = two people at support agreed
explain-strength-low = low
explain-strength-medium = medium
explain-strength-high = high

explain-offered-any = This way is open. The screen leads through it.
explain-offered-erases = Say first what it erases, and go on only if the owner agrees.
explain-offered-mailbox = This way is open. The owner needs the mailbox from set-up; you never need its name.
explain-offered-telephone = This way is open. The owner needs the phone from set-up.
explain-offered-kept-code = This way is open. The owner needs the sheet from set-up; no code of it is ever read to you.
explain-offered-presence = This way is open. The owner, or somebody trusted, must stand at the device.
explain-offered-support = This way is open. You need the request number and evidence of ownership, and two approvers.

## `resetkit error` and docs/errors.md

errors-title = Error codes
errors-intro = Every code that an owner, an agent or a program can meet, in one table. A code is never given twice and never changes its meaning. `resetkit error E-101` prints one of them, with `--lang de` in German, with `--json` for programs.
errors-fault = Fault
errors-fault-means = What helps
errors-fault-wrong = What was typed or sent is not right: again.
errors-fault-try-later = Too often: again after a wait.
errors-fault-unavailable = It would work elsewhere or later: another way.
errors-fault-missing = Something was never set up: set it up, or another way.
errors-fault-refused = A rule says no: another way.
errors-fault-broken = Our side is broken: another way, and tell support.
errors-word-wrong = wrong
errors-word-try-later = try later
errors-word-unavailable = unavailable
errors-word-missing = missing
errors-word-refused = refused
errors-word-broken = broken
errors-never = What an agent never asks, whatever the code
errors-series-0 = E-0xx: the device's pages and interface
errors-series-1 = E-1xx: address and set-up
errors-series-2 = E-2xx: code
errors-series-3 = E-3xx: methods
errors-series-4 = E-4xx: relay and network
errors-series-5 = E-5xx: storage and device
errors-series-6 = E-6xx: new password
errors-series-7 = E-7xx: relay, companion app, support desk
errors-since = since { $version }
errors-place-recovery = during a recovery
errors-place-device = pages and API of the device
errors-place-relay = pages and API of the relay
errors-place-app = companion app
errors-next = Next step:
errors-say = Agent says:
errors-ask = Agent asks:
