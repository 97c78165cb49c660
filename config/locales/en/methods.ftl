# What every method has: what it destroys, and who can mend what withholds it. The methods' own texts stand in method-<id>.ftl.

fixable-after-login = You can mend this once you are back in.
fixable-by-maker = Only the maker can mend this.
fixable-now = You can mend this now.

loss-all-settings = All settings of the device are erased.
loss-network-too = The password and the network settings are erased.
loss-password-only = Only the old password is lost. Settings and recordings stay.
loss-recordings = All settings and all recordings are erased.
