//! Method `button`: somebody stands at the device and holds its reset button.
