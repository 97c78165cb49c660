//! Method companion: QR code and companion app.
