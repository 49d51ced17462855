//! What a workspace is called: a name that can be read, and told from the others.

use std::fmt;

use registry::FreeText;

/// The longest name, in characters.
pub const MAX_CHARS: usize = 60;

/// The name of a workspace: one line without blanks around it, 1 to 60 characters, none of which is invisible or turns the
/// others around.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WorkspaceName(FreeText);

/// Why a text is no name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NoName {
    /// There is nothing to read.
    Empty,
    /// It is longer than [`MAX_CHARS`].
    TooLong,
    /// There is a character in it that cannot be seen.
    Invisible,
    /// Another workspace is called so.
    Taken,
}

/// Returns whether a character cannot be seen, or changes the order of those that can. What joins letters may stay: scripts and
/// pictures need it.
fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}')
}

/// Returns what can be seen of a text; of `or`, where nothing can.
fn base(text: &str, or: &str) -> String {
    let seen = |text: &str| -> String {
        let visible = text.chars().filter(|letter| !is_invisible(*letter));
        visible.collect::<String>().trim().to_owned()
    };
    let base = Some(seen(text)).filter(|text| !text.is_empty());
    base.unwrap_or_else(|| seen(or))
}

/// Returns the name with a number that tells it from others; 1 is not written.
fn numbered(base: &str, number: u64) -> String {
    let end = if number == 1 {
        String::new()
    } else {
        format!(" ({number})")
    };
    let room = MAX_CHARS.saturating_sub(end.chars().count());
    let kept: String = base.chars().take(room).collect();
    format!("{}{end}", kept.trim_end())
}

impl WorkspaceName {
    /// Reads a name that none of `taken` is.
    ///
    /// # Errors
    /// The first thing that stands against it.
    pub fn parse(text: &str, taken: &[String]) -> Result<Self, NoName> {
        let text = text.trim();
        if text.is_empty() {
            return Err(NoName::Empty);
        }
        if text.chars().any(is_invisible) {
            return Err(NoName::Invisible);
        }
        if text.chars().count() > MAX_CHARS {
            return Err(NoName::TooLong);
        }
        if taken.iter().any(|taken| taken == text) {
            return Err(NoName::Taken);
        }
        FreeText::parse(text).map(Self).map_err(|_| NoName::TooLong)
    }

    /// Makes a name of any text, such as one out of a file: what cannot be seen goes, what is too long is cut, and a number
    /// tells it from the others. `or` stands in where nothing is left.
    pub fn like(text: &str, or: &str, taken: &[String]) -> Self {
        let base = base(text, or);
        for number in 1_u64.. {
            match Self::parse(&numbered(&base, number), taken) {
                Ok(name) => return name,
                Err(NoName::Taken) => {}
                Err(_) => break,
            }
        }
        Self(FreeText::default())
    }

    /// Returns whether [`WorkspaceName::like`] could have made `name` of a text, for some names that were taken.
    pub fn is_like(name: &str, text: &str, or: &str) -> bool {
        let base = base(text, or);
        let number = || name.strip_suffix(')')?.rsplit_once(" (")?.1.parse().ok();
        name == numbered(&base, 1)
            || number().is_some_and(|number: u64| number > 1 && name == numbered(&base, number))
    }

    /// Returns the text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Display for WorkspaceName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<WorkspaceName> for FreeText {
    fn from(name: WorkspaceName) -> Self {
        name.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken() -> Vec<String> {
        ["Taken", "Taken (2)"].map(str::to_owned).to_vec()
    }

    #[test]
    fn names_are_read() {
        let check = |text: &str, expected: Result<&str, NoName>| {
            let name = WorkspaceName::parse(text, &taken());
            assert_eq!(
                name.as_ref().map(WorkspaceName::as_str),
                expected.as_ref().copied(),
                "{text:?}"
            );
        };
        check("Team a", Ok("Team a"));
        check("  Größe 1 😀 ", Ok("Größe 1 😀"));
        check("می\u{200c}خواهم", Ok("می\u{200c}خواهم"));
        check("", Err(NoName::Empty));
        check(" \n\t ", Err(NoName::Empty));
        check("a\nb", Err(NoName::Invisible));
        check("a\u{202e}b", Err(NoName::Invisible));
        check("a\u{200b}", Err(NoName::Invisible));
        check("\u{feff}a", Err(NoName::Invisible));
        check(&"x".repeat(60), Ok(&"x".repeat(60)));
        check(&"x".repeat(61), Err(NoName::TooLong));
        check("Taken", Err(NoName::Taken));
        check(" Taken ", Err(NoName::Taken));
        check("taken", Ok("taken"));
    }

    #[test]
    fn any_text_makes_a_name() {
        let check = |text: &str, expected: &str| {
            let name = WorkspaceName::like(text, "Registry", &taken());
            assert_eq!(name.as_str(), expected, "{text:?}");
            assert_eq!(WorkspaceName::parse(expected, &taken()), Ok(name));
        };
        check("Team", "Team");
        check("Taken", "Taken (3)");
        check("", "Registry");
        check("\u{202e}\u{200b}", "Registry");
        check("a\u{202e}b\nc", "abc");
        check(&"x".repeat(90), &"x".repeat(60));
    }

    #[test]
    fn what_was_made_of_a_text_is_known_again() {
        let long = "x".repeat(90);
        for text in ["Team", "Taken", "", "a\u{202e}b\nc", "Taken (2)", &long] {
            let mut taken = taken();
            for _ in 0..12 {
                let name = WorkspaceName::like(text, "Registry", &taken);
                let is_like = WorkspaceName::is_like(name.as_str(), text, "Registry");
                assert!(is_like, "{text:?} {name}");
                taken.push(name.to_string());
            }
        }
        for (name, text) in [
            ("Team", "Team (2)"),
            ("Team (1)", "Team"),
            ("Team (02)", "Team"),
            ("Team (two)", "Team"),
            ("W1", "W"),
            ("Registry (2)", "Team"),
        ] {
            assert!(
                !WorkspaceName::is_like(name, text, "Registry"),
                "{name} {text}"
            );
        }
    }
}
