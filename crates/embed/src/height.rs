//! How high the frame is to be, told to the page around it in the words that hosts listen for.
//!
//! Beside these there is the browser's own way, a call without words: `requestResize()`, where the page has
//! `<meta name="responsive-embedded-sizing" content="allow-origins=*">` and the host's style says `frame-sizing: content-height`.
//! A bare number, or a text that is no JSON, is never sent: hosts parse what they get without a thought.

use registry::json::{ToJson, Writer};

use super::message::VERSION;

/// A message to the page around the frame, as JSON.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Posted {
    /// Sent as the object that this is the JSON of.
    Object(String),
    /// Sent as this text.
    Text(String),
}

/// The ways to tell a height, beside the browser's own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dialect {
    /// This app's own, which the web component hears.
    Own,
    /// H5P's `resize`, which the H5P resizer hears, also that of TeachBooks. It is sent without H5P's handshake: that one
    /// breaks for a frame with a `sandbox`, whose origin is `null`. Newer resizers read `scrollHeight`, older ones `height`.
    H5p,
    /// `lti.frameResize`, which Canvas and others hear. As a text: hosts parse it.
    Lti,
}

impl Dialect {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Own, Self::H5p, Self::Lti];

    /// Returns the message that tells a height in CSS pixels.
    pub fn message(self, height: u32) -> Posted {
        let json = registry::json::print(&Height {
            dialect: self,
            height,
        });
        match self {
            Self::Own | Self::H5p => Posted::Object(json),
            Self::Lti => Posted::Text(json),
        }
    }
}

struct Height {
    dialect: Dialect,
    height: u32,
}

impl ToJson for Height {
    fn write(&self, out: &mut Writer) {
        let height = &self.height;
        out.object(&|out| match self.dialect {
            Dialect::Own => {
                out.field("modelStages", &VERSION);
                out.text("type", "height");
                out.field("height", height);
            }
            Dialect::H5p => {
                out.text("context", "h5p");
                out.text("action", "resize");
                out.field("scrollHeight", height);
                out.field("height", height);
            }
            Dialect::Lti => {
                out.text("subject", "lti.frameResize");
                out.field("height", height);
            }
        });
    }
}

/// The last height that was told: only another one is told again.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Told(Option<u32>);

impl Told {
    /// The most that is told: no page is meant to be higher.
    const MOST: f64 = 100_000.0;

    /// Returns the height to tell for what was measured, rounded up; nothing if it is the one that was told last, or none.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is a whole number between 1 and MOST"
    )]
    pub fn next(&mut self, measured: f64) -> Option<u32> {
        let height = measured.ceil();
        if !(1.0..=Self::MOST).contains(&height) {
            return None;
        }
        let height = height as u32;
        (self.0.replace(height) != Some(height)).then_some(height)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_dialect_has_its_words() {
        let check = |dialect: Dialect, expected: Posted| assert_eq!(dialect.message(417), expected);
        check(
            Dialect::Own,
            Posted::Object(r#"{"modelStages":1,"type":"height","height":417}"#.to_owned()),
        );
        check(
            Dialect::H5p,
            Posted::Object(
                r#"{"context":"h5p","action":"resize","scrollHeight":417,"height":417}"#.to_owned(),
            ),
        );
        check(
            Dialect::Lti,
            Posted::Text(r#"{"subject":"lti.frameResize","height":417}"#.to_owned()),
        );
    }

    #[test]
    fn only_another_height_is_told() {
        let mut told = Told::default();
        let heights = [
            (416.2, Some(417)),
            (417.0, None),
            (416.9, None),
            (0.0, None),
            (-3.0, None),
            (f64::NAN, None),
            (f64::INFINITY, None),
            (417.0, None),
            (418.0, Some(418)),
            (417.0, Some(417)),
        ];
        for (measured, expected) in heights {
            assert_eq!(told.next(measured), expected, "{measured}");
        }
    }
}
