//! A link as a QR code.

use qrcodegen::QrCodeEcc;

/// The squares of a QR code, dark and light.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct QrCode {
    /// How many there are to a side.
    pub side: usize,
    /// The dark ones as rows of stretches: the row, where the stretch begins, and how long it is.
    pub dark: Vec<(usize, usize, usize)>,
}

impl QrCode {
    /// Returns the code of a text, or `None` if the text is too long for one.
    pub fn of(text: &str) -> Option<Self> {
        let code = qrcodegen::QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
        let side = usize::try_from(code.size()).ok()?;
        let mut dark = Vec::new();
        for row in 0..code.size() {
            let mut at = 0;
            while at < code.size() {
                let mut end = at;
                while end < code.size() && code.get_module(end, row) {
                    end += 1;
                }
                if end > at {
                    let number = |number: i32| usize::try_from(number).unwrap_or_default();
                    dark.push((number(row), number(at), number(end - at)));
                }
                at = end + 1;
            }
        }
        Some(Self { side, dark })
    }

    /// Returns the dark squares as the path of an SVG whose unit is one square.
    pub fn path(&self) -> String {
        use std::fmt::Write as _;
        let mut path = String::new();
        for (row, at, long) in &self.dark {
            // Writing to a string does not fail.
            let _ = write!(path, "M{at} {row}h{long}v1h-{long}z");
        }
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners() {
        let code = QrCode::of("https://example.org/#/share/ms1.abc.def").unwrap();
        let top = code.dark.first().unwrap();
        assert_eq!((top.0, top.1, top.2), (0, 0, 7));
        assert!(code.dark.contains(&(0, code.side - 7, 7)));
        assert!(code.dark.contains(&(code.side - 1, 0, 7)));
        assert!(code.path().starts_with("M0 0h7v1h-7z"));
        assert_eq!(QrCode::of(&"x".repeat(3_000)), None);
    }
}
