# The method `recovery-codes`: a code from the sheet that the owner keeps. methods-recovery-codes/src/texts.rs lists the ids.

recovery-codes-name = Recovery code from your sheet
recovery-codes-title = Type one of your recovery codes
recovery-codes-preparing = The device is getting ready to take a recovery code.
recovery-codes-step-sheet = Fetch the sheet with your recovery codes. It was printed or saved when the device was set up.
recovery-codes-step-choose = Choose any code that is not crossed out. Each works once.
recovery-codes-step-type = Type it here. Spaces, hyphens and small letters do not matter.
recovery-codes-step-cross-out = Cross the code out on the sheet afterwards.
recovery-codes-left = { $left } codes of your newest sheet have not been used yet. Older sheets no longer count.
recovery-codes-last = This is the last code of your sheet. Print a new sheet once you are back in.
recovery-codes-never-tell = Tell these codes to nobody. Support never asks for one.
