# Guides that `resetkit guide` writes: help article, agent's script, integrator's sheet. Names of buttons and titles are taken
# from the screens' own texts by reference, figures are arguments: a guide cannot say anything but what the device says.
# Marks: **label**, `code`, [words](#chapter).

## All guides

guide-contents = On this page
guide-step = Step
guide-yes = Yes
guide-no = No
guide-tree-as-text = The same as text
guide-made-from = Made by `resetkit guide` from brand `{ $brand }` version { $version }, device `{ $profile }`, policy `{ $policy }`. Make it again when one of them changes.
guide-some = some
guide-hours =
    { $count ->
        [one] one hour
       *[other] { $count } hours
    }
guide-minutes =
    { $count ->
        [one] one minute
       *[other] { $count } minutes
    }
guide-head-code = Code
guide-head-says = The screen says
guide-head-do = What to do
guide-head-say = What to say
guide-head-fault = Whose fault
guide-head-what = What
guide-head-value = On this device
guide-head-way = Way
guide-head-lanes = Where
guide-head-requires = Needs (facts)
guide-head-proof = Proves
guide-head-loss = Loses
guide-head-cost = Costs
guide-head-when = When
guide-head-fact = Fact
guide-head-source = Comes from
guide-head-used-by = Used by
guide-fault-wrong = a slip of the owner
guide-fault-unavailable = nobody's here
guide-fault-try-later = too often, wait
guide-fault-missing = never set up
guide-fault-broken = ours
guide-fault-refused = a rule says no
guide-lane-console = At the device's own screen
guide-lane-network = On its web page
guide-lane-button = At its button

## Owner: before

guide-owner-title = Forgot the password of your { $device }?
guide-owner-lead = Stand at the device with your phone and you are back in within { $proofs ->
        [1] two minutes
       *[other] a few minutes
    }. Nothing is lost but the old password. All names and figures on this page are those of your device.

guide-before-title = Before you begin
guide-before-lead = You need three things:
guide-before-device-both = **The { $device }**: its own screen and mouse, or its web page in a browser.
guide-before-device-console = **The { $device }**: its own screen and mouse.
guide-before-device-network = **The { $device }**: its web page in the browser of any phone or computer that reaches it.
guide-before-phone = **A phone** with an Internet connection. { -app-name } on it is best; the ordinary camera of any phone will do as well. The device itself needs no Internet.
guide-before-mailbox = **The mailbox** whose address was entered when the device was set up. The security code goes there and nowhere else.
guide-before-email = It needs an e-mail that was entered when the device was set up. Was there none? Then the screen says **E-101**, “{ err-no-address }” You are not stuck: go to [another way](#ways).
guide-before-first = The first way on this device is “{ $name }”. It is told below, with what it needs.
guide-before-proofs = **This device wants two proofs that it is you**, of two different kinds. One alone opens nothing: after the first, the screen asks for the second. Make sure that you have both before you begin.
guide-pairs-caption = Two proofs that are enough together
guide-pairs-first = Begin with
guide-pairs-second = The second is one of
guide-second = Then the second proof: { $names }.
guide-or = { $first } or { $last }
guide-then-password =
    { $proofs ->
        [1] choose the new password
       *[other] go on to the second proof and the new password
    }
guide-stays-title = What stays, and what leaves the device
guide-stays = { loss-password-only } Until you save a new password, the old one keeps working. **{ device-cancel }** is safe at every step.
guide-leaves = The device sends nothing until you say so. The QR code holds no password; only the service of { -brand-name } can open it, and it mails the code to the address on file. The phone learns neither the address nor the code.

## Owner: the six steps

guide-steps-title = Six steps to a new password
guide-step-1-title = At the device: “{ device-forgot }”
guide-step-1-console = **At its own screen.** Press the right mouse button in the live view. The log-in prompt opens. Choose **{ device-forgot }**.
guide-step-1-network = **On its web page.** Type the device's address into a browser. At the log-in prompt choose **{ device-forgot }**.
guide-step-2-title = Read the notice, then press { device-ok }
guide-step-2-notice = The notice tells you what will happen, what leaves the device, and which e-mail is on file. Press **{ device-ok }** to go on.
guide-step-2-leaves = It says: “{ device-notice-leaves }”
guide-step-3-title = The screen shows a QR code
guide-step-3-shows = Beside it stand the **e-mail on file**, partly hidden (is it the mailbox that you can open?), the **request number**, the **time left** ({ $life } minutes) and the **tries left** ({ $tries }).
guide-step-3-stay = Leave the screen as it is and take your phone.
guide-step-4-title = With the phone: scan it
guide-step-4-app = Open { -app-name } and go to **{ -app-menu-path }**. Press **{ app-scan-button }** and point the phone at the screen.
guide-step-4-camera = **No app?** Point the camera of any phone at the code. It is a web address: open the link.
guide-step-4-none = **No camera?** “{ device-payload-title }” below the code gives it as text, to copy or to save as a file. In the app choose **{ app-text-button }**.
guide-step-5-title = Confirm, then go back to the device
guide-step-5-confirm = The phone shows a request number. Is it the one on the device's screen? Then press **{ relay-confirm-button }**. Only now is a mail sent.
guide-step-5-sent = The phone confirms: “{ relay-sent-body }” It shows the request number once more.
guide-step-5-mail = The **security code** arrives at the e-mail on file, mostly within a minute. The mail names your device and the same request number first, and the code last.
guide-code-letters = The code has nine characters in groups of three, such as `4F7-K2M-9XC`. Capitals, blanks and hyphens do not matter.
guide-code-digits = The code has thirteen digits in groups, such as `4071-8826-50319`. Blanks do not matter.
guide-step-6-title = At the device: code, then new password
guide-step-6-code = Type the code at the “{ device-forgot-title }” screen and press **{ device-next }**. A slip of the finger is noticed at once and costs no try.
guide-step-6-second = **The screen now asks for the second proof** and shows what would do: { $names }. Choose one and follow the screen.
guide-step-6-password = Choose a new password of { $min } to { $max } characters: a few words in a row are best. Press **{ device-new-password-save }**.
guide-step-6-done = Done. { device-done-what } { device-done-sessions }
guide-steps-time = The code works for { $life } minutes in which the device is switched on. **{ device-more-time }** gives you more, up to { $cap }. Switching the device off and on does not help: every start costs { $checkpoint } minutes.

guide-steps-time-fixed = The code works for { $life } minutes in which the device is switched on. Switching the device off and on does not help: every start costs { $checkpoint } minutes.

guide-picture-screen-live = The local screen: live view. The bottom line says: “{ screen-live-hint }”.
guide-picture-screen-log-in = The local screen: log-in prompt with “{ device-forgot }”.
guide-picture-screen-qr = The local screen: QR code, steps, and the field for the code.
guide-picture-log-in = The web page: log-in prompt, “{ device-forgot }” is marked.
guide-picture-notice = The notice, “{ device-ok }” is marked.
guide-picture-qr = QR code, e-mail on file (partly hidden), request number, tries and minutes left.
guide-picture-app-1 = The app, first page of the menu.
guide-picture-app-2 = The app, second page of the menu.
guide-picture-app-3 = The app, the scanner's page with “{ app-scan-button }”.
guide-picture-app-confirm = The phone asks, “{ relay-confirm-button }” is marked.
guide-picture-app-sent = The phone says that the code is on its way.
guide-picture-mail = The mail: device and request number first, the code last.
guide-picture-code = The code is typed, “{ device-next }” is marked.
guide-picture-new-password = The new password, “{ device-new-password-save }” is marked.
guide-picture-done = The new password is set.
guide-picture-no-email = A device without an e-mail: code E-101, and below it the ways that work.
guide-picture-ways = “{ device-choose-title }” Each way says what it needs and what is lost.
guide-picture-email = The device has mailed the code by itself.
guide-picture-button = The button is being held; the bar counts the seconds.
guide-picture-recovery-codes = One of the recovery codes is typed.
guide-picture-support = The QR code for support, with the request number.
guide-picture-sheet = The printed sheet: eight codes, and which device they are for.
guide-picture-ready = “{ ready-title }” The marked line sums it up; below it each way with what to do.
guide-picture-doctor = “{ doctor-title }”: what the device finds, and the case code, marked.
guide-picture-set-up = Setting up: the e-mail for a forgotten password is marked.

## Owner: afterwards

guide-after-title = After that
guide-after-log-in = **Log in** with the new password. On every phone, computer and app you were logged out, so log in there too.
guide-after-banner = The next log-in shows “{ device-banner-title }” Press **{ device-banner-acknowledge }**.
guide-after-clients = **Programs and devices that log in by themselves** (a recorder that fetches a camera's picture, a video program) still hold the old password. Enter the new one there.
guide-after-codes = Did you use a **recovery code**? It is used up. Cross it out, and make a new sheet when only a few are left.
guide-after-not-you = **That was not you?** Change password and e-mail at once and look who can reach the device. A mail that you did not ask for: do nothing but press **{ mail-not-me-button }** in it.

## Owner: trouble

guide-trouble-title = It did not work
guide-trouble-lead = Every message has a number, such as E-203, and says what to do next. Nothing is changed before you save a new password, so you may always start again.
guide-trouble-tree = What went wrong? Follow the first “yes”.
guide-if-no-email = Does the screen say E-101: no e-mail on file?
guide-then-no-email = Choose one of the ways shown below the message; see [other ways](#ways).
guide-if-no-phone = No phone at hand?
guide-then-no-phone = Press “{ device-no-phone }” and choose another way.
guide-if-no-mail = Scanned, but no mail came?
guide-then-no-mail = See [{ device-no-mail }](#no-mail): spam folder, scan again, another way.
guide-if-code = Is the code not accepted?
guide-then-code = Compare the request number of the mail with the screen, and type the newest code. You have { $tries } tries; then ask for a new code.
guide-if-wait = Does the screen ask you to wait?
guide-then-wait = Leave the device switched on for some minutes. It goes on by itself; switching it off makes it longer.
guide-trouble-otherwise = Something else? Look up the [number](#codes). No number, and no way left? The screen shows a case code: contact { -support-contact }.
guide-no-mail-folder = Look into the **spam folder**, and wait two minutes.
guide-no-mail-address = Compare the **address on the screen** with the mailbox that you opened. Two mailboxes are easily mixed up.
guide-no-mail-again = Check that the phone has a connection and **scan the same code again**: it sends the same mail once more. The code in it stays the same.
guide-no-mail-new = **{ device-new-code }**, at most { $challenges } codes in one attempt. The one before stops working then.
guide-no-mail-other = Still nothing? **{ device-another-way }**, at the bottom of the screen.
guide-codes-title = Every number, and what to do
guide-codes-lead = The words are those on the screen. A number never changes its meaning.
guide-trouble-start = At the start: e-mail and set-up
guide-trouble-code = The code
guide-trouble-way = The way itself, the network, the mail
guide-trouble-device = The device and its button
guide-trouble-password = The new password
guide-trouble-phone = On the phone

## Owner: other ways

guide-ways-title = Other ways on this device
guide-ways-lead = Choose **{ device-another-way }** on the device. It shows what would work right now, the way that loses least first; for each other one it says why not.
guide-ways-tree = Which way suits you? Follow the first “yes”.
guide-tree-otherwise = None of these? Nothing is lost and the old password still works. Write down the case code from the screen and contact { -support-contact }.

guide-way-any-ask = Can you use “{ $name }”?
guide-way-any-go = Choose “{ $name }” and follow the screen.
guide-way-any-say = “Choose ‘{ $name }’ and read to me what the screen says.”
guide-way-any-needs = The screen says what “{ $name }” needs.

guide-way-companion-ask = A phone, and the mailbox on file?
guide-way-companion-go = The [six steps](#steps): scan, confirm, type the code from the mail.
guide-way-companion-say = “Choose ‘{ $name }’. Scan the code with { -app-name } or the camera, press ‘{ relay-confirm-button }’, and type the code from the mail at the device.”
guide-way-companion-needs = Needs a phone with a connection and the mailbox on file. The device needs no network.
guide-way-companion-step-1 = At the device: **{ device-forgot }**, then **{ device-ok }**. A QR code appears.
guide-way-companion-step-2 = On the phone: { -app-name }, **{ -app-menu-path }**, **{ app-scan-button }**. Or the phone's camera.
guide-way-companion-step-3 = Same request number on both? **{ relay-confirm-button }**.
guide-way-companion-step-4 = At the device: type the code from the mail, **{ device-next }**, { guide-then-password }.

guide-way-email-ask = The mailbox on file, but no phone?
guide-way-email-go = [{ email-name }](#way-email): the device sends the mail by itself.
guide-way-email-say = “Choose ‘{ $name }’. The device mails the code by itself. Open the mailbox on any computer and type the code at the device.”
guide-way-email-needs = Needs the mailbox on file, on any computer. The device must have a network and a mail server in its settings.
guide-way-email-step-1 = Choose **{ email-name }**. The device sends one mail to the address on file.
guide-way-email-step-2 = Open the mailbox and look for the mail with the request number on the screen.
guide-way-email-step-3 = Type the code, press **{ device-next }** and { guide-then-password }.

guide-way-recovery-codes-ask = The sheet with the recovery codes?
guide-way-recovery-codes-go = [{ $name }](#way-recovery-codes): type one of them. No network, no mail.
guide-way-recovery-codes-say = “Choose ‘{ $name }’ and type any code that is not crossed out. Do not read it to me.”
guide-way-recovery-codes-needs = Needs the sheet that was printed when the device was set up. Neither phone, network nor mail.
guide-way-recovery-codes-step-1 = Take the sheet and choose **{ $name }**.
guide-way-recovery-codes-step-2 = Type any code that you have not crossed out. Each works once.
guide-way-recovery-codes-step-3 = Cross it out, and { guide-then-password }.

guide-way-button-ask = Can you touch the device?
guide-way-button-go = [{ button-name }](#way-button): hold it for { $seconds } seconds. No network, no mail.
guide-way-button-say = “Choose ‘{ $name }’, read me what will be lost, then hold the button for { $seconds } seconds until the screen tells you to let go.”
guide-way-button-needs = { device-needs-presence } Neither phone, network nor mail.
guide-way-button-step-1 = Choose **{ button-name }** and read what is lost. Nothing happens before you hold the button.
guide-way-button-step-2 = Within { $window } seconds press the button and hold it for { $seconds } seconds. The screen counts along.
guide-way-button-step-3 = Let go when the screen tells you to, before { $longest } seconds are over. A shorter or longer press does nothing.
guide-way-button-step-4 = The screen goes on by itself. Then { guide-then-password }.

guide-way-support-ask = Can you reach support ({ $line })?
guide-way-support-go = [{ $name }](#way-support): two people of support agree, and you are read a code.
guide-way-support-say = “Choose ‘{ $name }’ and tell me the request number. Then send us the QR code with your phone, or on a USB stick.” Open a ticket with `resetkit support open`; two approvers must agree.
guide-way-support-needs = Needs somebody of support, and something that shows that the device is yours, such as the invoice. Works without any network at the device.
guide-way-support-step-1 = Choose **{ $name }**. A QR code and a request number appear.
guide-way-support-step-2 = Scan the code with a phone and pass it on to support, or save it to a USB stick.
guide-way-support-step-3 = Contact support ({ $line }) and tell the request number. You are asked to show that the device is yours.
guide-way-support-step-4 = Support reads a code **to you**. Type it and { guide-then-password }. Nobody at support sees or chooses your password.

## Owner: never, support, next time

guide-never-title = What you never give to anybody
guide-never-code = **The security code from the mail.** It is typed at the device and nowhere else. Nobody needs to hear it, see it or be sent it.
guide-never-password = **The old or the new password.** Support cannot see it and does not need it.
guide-never-sheet = **A recovery code, or a photo of the sheet.**
guide-never-photo = **A photo of the whole screen** in a chat or a forum. Scan the QR code yourself.
guide-never-remote = **Remote control of your phone or computer** to somebody who called you.
guide-never-ask = { -brand-name } asks for two things only: the case code on the screen and the last four characters of the label. Neither is secret.
guide-never-support = { -brand-name } asks for three things only: the case code, the request number and the last four characters of the label. None is secret. A code for unlocking is read by support **to you**, never by you to support. { support-never-tell }
guide-support-title = When nothing helps
guide-support-lead = Contact { -support-contact }. You are helped within seconds if you have this at hand:
guide-support-case = **The case code** on the screen (“{ device-case-help-short }”), in groups. It says what happened and what still works, and holds no secret.
guide-support-label = The **last four characters of the label** on the device.
guide-support-seen = What you see on the screen: the error's number if there is one.
guide-next-title = So that it works the next time
guide-next-lead = Two minutes now save you all of this. Log in and open **{ device-settings-title }**.
guide-next-email = **Enter an e-mail** for a forgotten password. Take a mailbox that you will still have in five years.
guide-next-test = Press **{ device-confirm-address }**: only a test code that arrived shows that it works.
guide-next-smtp = **Enter a mail server**, so that the device can mail a code without your phone.
guide-next-codes = **Print the recovery codes** and keep the sheet where you keep the invoice, not beside the device.
guide-next-button = **Know where the button is**, and read what holding it does on this device.
guide-next-ready = **Look at “{ ready-title }”** there. It says, way by way, what would work today and what to do about the rest.

## Owner: figures

guide-figures-title = The figures of this device
guide-figures-caption = What your { $device } is set to
guide-figure-proofs = Proofs for a new password
guide-figure-proofs-value =
    { $proofs ->
        [1] one
       *[other] { $proofs }, of different kinds
    }
guide-figure-life = A code works for
guide-figure-life-value = { $life } minutes with the device switched on
guide-figure-cap = With “{ device-more-time }” at most
guide-figure-cap-value = { $cap }
guide-figure-tries = Tries for one code
guide-figure-tries-value = { $tries }
guide-figure-session-tries = Tries of one attempt, over all its codes
guide-figure-challenges = Codes in one attempt
guide-figure-challenges-value = { $challenges }
guide-figure-boots = Restarts that a code outlives
guide-figure-boots-value = { $boots }, each costs { $checkpoint } minutes
guide-figure-choose = Time to choose the new password
guide-figure-choose-value = { $choose } minutes
guide-figure-password = Length of a password
guide-figure-password-value = { $min } to { $max } characters of any kind
guide-figure-code = A security code is
guide-figure-code-letters = 9 characters, shown 3-3-3
guide-figure-code-digits = 13 digits, shown 4-4-5
guide-figure-hold = Hold of the reset button
guide-figure-hold-value = { $seconds } to { $longest } seconds, within { $window } seconds
guide-figure-console = Tries at the device's own screen
guide-figure-network = Tries on the web page
guide-figure-button = Tries by pressing the button
guide-figure-odds-session = Odds of guessing in one attempt
guide-figure-odds-year = Odds of guessing in a year of attack

## Agent

guide-agent-title = Script: forgotten password, { $device }
guide-agent-lead = You help an owner back in without ever learning a secret. Get the case code first: it says what happened and what still works, and the rest of this page is for the conversation.
guide-call-title = The first minute
guide-call-1-title = Ask for the case code
guide-call-1 = “Do you stand at the device? Please press **{ device-forgot }**, and read me the **case code**, group by group.” It stands below “{ device-case-help-short }”; on the local screen the letters are spelt out.
guide-call-2-title = Type it in
guide-call-2 = The answer names brand, model and firmware, what failed, and which ways are still open. A slip of the tongue is noticed: ask for that group again.
guide-call-3-title = Say what would work
guide-call-3 = Take the first open way of the answer, or the tree below. Say what is lost **before** the owner begins.
guide-call-3-two = It takes **two proofs** here, so take two open ways: [which go together](#tree).
guide-call-4-title = Stay on the line until the new password works
guide-call-4 = “Log in with the new password now.” Only then is the case closed.
guide-call-command = At a terminal: `resetkit case CODE`. In a browser: the page `/case` at { $host }. Neither stores what you type.
guide-agent-tree-title = What to ask, in this order
guide-agent-tree = Ask one question after the other. Follow the first “yes”.
guide-agent-proofs = **This device wants two proofs, of two different kinds.** Say so at once, and find out which two the owner can give before he begins. After the first, his screen asks for the second.
guide-agent-if-old = Does the owner perhaps still know the old password?
guide-agent-then-old = “Try it once. Until a new one is saved, the old one works.” Capitals, keyboard language and account (`{ $account }`) are the usual reasons.
guide-agent-if-wait = Does the screen say E-207, E-211 or E-504?
guide-agent-then-wait = “Somebody tried too often. Leave it switched on for some minutes.” Switching off makes it longer. Nobody can shorten this, not you either.
guide-agent-otherwise = None of these: note the case code, the last four characters of the label and what the owner tried. Do not promise anything. Pass it on to your second line.
guide-agent-never-title = What you never ask, and never say
guide-agent-never-interrupt = Should the owner begin to read out a code, interrupt: “Please do not tell me. Type it at the device.”
guide-agent-never-exists = Never say whether an **account or an address exists**.
guide-agent-never-lost = Never say “you will lose nothing” of a way whose label says otherwise.
guide-agent-never-unlock = The unlock code is the one code that goes by telephone, and it goes **from you to the owner**. It needs a ticket, evidence that the device is his, and two approvers. You never see a password, and there is no universal code.
guide-agent-ways-title = The ways, step by step
guide-agent-evidence = Accepted as evidence that the device is his, one of:
guide-agent-codes-title = Every code that this device can show
guide-agent-codes-caption = What it says, whose fault it is, what to say
guide-agent-after-title = Before you hang up
guide-agent-after-log-in = “Are you logged in with the new password?”
guide-agent-after-email = “Please open { device-settings-title } and press { device-confirm-address }, so that it works the next time.”
guide-agent-after-ready = “Please open **{ ready-title }** there, and read me which ways may fail.” Each names its remedy: have it done now, while the owner is logged in.
guide-agent-after-doctor = Does mail or the button fail? “Please press **{ doctor-link-to }**, and read me what it finds, and the case code below.”
guide-agent-after-note = Note case code, way and outcome. Nothing else: no address, no code, no serial number.

## Integrator

guide-sheet-title = Integrator's sheet: { $device } ({ $model })
guide-sheet-lead = What a { $device } offers, when, at what cost, and within which limits. Every line is computed from the profile, the policy, the brand pack and the manifests, by the engine that the device runs.
guide-sheet-methods = Ways on this model
guide-sheet-methods-caption = In the order in which they are offered, least loss first
guide-sheet-cost = { $memory } MiB; ready within { $start } s; blocks { $block } ms at most
guide-sheet-absent = Installed, and never offered on this model: { $names }. `resetkit error CODE` says why.
guide-sheet-proofs = Policy `{ $policy }` wants **two proofs** of different kinds. These ways together give them.
guide-sheet-offered = What is offered when
guide-sheet-offered-lead = One thing fails at a time. ✔ with its place in the chooser, or the code that the owner is shown with the reason.
guide-sheet-all = All is set up
guide-sheet-without = without { $fact }
guide-sheet-limits = Limits
guide-sheet-limits-caption = Policy `{ $policy }` on this profile
guide-sheet-bucket = { $burst } at once, { $per_hour } an hour
guide-sheet-facts = Facts
guide-sheet-facts-caption = What selection rests on
guide-fact-initialised = probe: an account has a password
guide-fact-email-on-file = owner, at set-up or in the settings
guide-fact-email-confirmed = owner: a test code came back
guide-fact-relay-key = signed brand pack
guide-fact-network-up = probe; the profile may overrule it
guide-fact-smtp-set = installation (`[connections.smtp]`)
guide-fact-button-wired = profile (`[button]`) and probe of its line
guide-fact-clock-trusted = profile and clock source
guide-fact-storage-writable = probe: the last write worked
guide-fact-console-lane = the listener's lane
guide-fact-recovery-codes = owner: a sheet was made and one code typed back
guide-fact-pictures = profile (`[screen]`), lane
guide-fact-support-keys = signed brand pack (`[support]`)
guide-sheet-identity = Names on the screens
guide-sheet-identity-caption = From the brand pack and the profile
guide-sheet-brand = Brand
guide-sheet-app = App
guide-sheet-menu = Way to the scanner
guide-sheet-relay = Relay
guide-sheet-languages = Languages
guide-sheet-contact = Support
guide-sheet-model = Model
guide-sheet-account = Account
guide-sheet-tools = Commands
guide-sheet-tool-explain = each method, offered or not, with the reason
guide-sheet-tool-lint = proves that no owner of this model ends in a dead end
guide-sheet-tool-error = what a code means
guide-sheet-tool-case = what an owner's case code says
guide-sheet-tool-guide = the owner's article for this device
guide-sheet-note = The odds are computed by the loader from these figures; a policy over the bound (1e-11 an attempt, 2e-7 a year) is refused.

## The relay's page for case codes

relay-case-title = Case code
relay-case-label = Case code, as the owner reads it out
relay-case-help = Twelve letters and digits, or eighteen digits. Blanks, hyphens and capitals do not matter.
relay-case-language = Language
relay-case-button = What can this owner still do?
relay-case-kept = What you type is not stored and not logged. It names no person and holds no secret.
relay-case-brand = Brand
relay-case-firmware = Firmware
relay-case-happened = What happened
relay-case-say = Say this first
relay-case-open = Ways back in
relay-case-now = Then, step by step
relay-case-ask = Ask
relay-case-never = Never
