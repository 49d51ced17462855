//! How much a text of JSON would come to, before it is parsed: what others send is measured first.

/// How deep a text goes, and how much is in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Extent {
    /// How deep objects and lists stand in each other.
    pub depth: usize,
    /// How many values there are at most: each comma and each bracket begins one.
    pub items: usize,
}

impl Extent {
    /// Measures a text. It need not be JSON; of what is, no value is missed.
    pub fn of(text: &str) -> Self {
        let mut extent = Self { depth: 0, items: 1 };
        let (mut now, mut is_text) = (0_usize, false);
        let mut bytes = text.bytes();
        while let Some(byte) = bytes.next() {
            match byte {
                b'"' => is_text = !is_text,
                b'\\' if is_text => {
                    bytes.next();
                }
                b'{' | b'[' if !is_text => {
                    now += 1;
                    extent.depth = extent.depth.max(now);
                    extent.items += 1;
                }
                b'}' | b']' if !is_text => now = now.saturating_sub(1),
                b',' if !is_text => extent.items += 1,
                _ => {}
            }
        }
        extent
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_measured() {
        let check = |text: &str, depth: usize, items: usize| {
            assert_eq!(Extent::of(text), Extent { depth, items }, "{text}");
        };
        check("", 0, 1);
        check("1", 0, 1);
        check("[1,2,3]", 1, 4);
        check(r#"{"a":[1,{"b":"]}[,\"["}]}"#, 3, 5);
        check("[[[[", 4, 5);
        check("]]]]", 0, 1);
    }
}
