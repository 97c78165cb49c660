device-title = { -brand-name }
