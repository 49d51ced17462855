//! The pages that are to be small, and the parts of the WebAssembly that they are made of.

/// The parts that pages are made of, by their names at the split points. What the same of them share goes into one file, so
/// that each fetches just what it needs.
pub const PARTS: [&str; 22] = [
    "start",
    "store",
    "refusals",
    "lesson",
    "claims",
    "question",
    "practice",
    "story",
    "exercise",
    "exercises",
    "registry",
    "embed",
    "embed_registry",
    "run",
    "code",
    "diagram",
    "model",
    "help",
    "given",
    "past",
    "panel",
    "new_exercise",
];
/// How the files begin that are shared by some of [`PARTS`]; a letter for each of them is behind that.
pub const GROUP: &str = "part-of-";
/// The part that most people see first.
pub const FIRST: &str = "start";
/// The parts that need no more styles than the first page has.
const STYLED: [&str; 4] = [FIRST, "embed", "embed_host", "embed_progress"];
/// The parts that need in a frame only the styles of steps and questions. Elsewhere those of all parts are fetched at once.
const FRAMED: [&str; 4] = ["lesson", "question", "run", "refusals"];

/// Styles that come with a part.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Styles {
    /// None but those of the first page.
    None,
    /// Those of steps and questions, in a frame.
    Framed,
    /// Those of all parts.
    Parts,
}

impl Styles {
    /// Returns those that a part needs.
    pub fn of(part: &str) -> Self {
        if STYLED.contains(&part) {
            Self::None
        } else if FRAMED.contains(&part) {
            Self::Framed
        } else {
            Self::Parts
        }
    }
}

/// Some of [`PARTS`], a bit for each.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Group(u32);

impl Group {
    /// None of them.
    pub const NONE: Self = Self(0);

    /// Returns those of which this holds.
    pub fn of(holds: impl Fn(&str) -> bool) -> Self {
        let bits = PARTS.iter().zip(0..).filter(|(part, _)| holds(part));
        Self(bits.fold(0, |all, (_, at)| all | 1 << at))
    }

    /// Returns the group that a file is named after.
    pub fn named(letters: &str) -> Self {
        let bits = ('a'..='z').zip(0..PARTS.len());
        let bits = bits.filter(|(letter, _)| letters.contains(*letter));
        Self(bits.fold(0, |all, (_, at)| all | 1 << at))
    }

    /// Returns a letter for each of them.
    pub fn letters(self) -> String {
        let letters = ('a'..='z').zip(0..PARTS.len());
        let own = letters.filter(|(_, at)| self.0 & 1 << at != 0);
        own.map(|(letter, _)| letter).collect()
    }

    /// Returns whether a part is in both.
    pub const fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Returns the parts of both.
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// A page that is to be small.
pub struct Page {
    pub name: &'static str,
    /// What it fetches until it works, of [`PARTS`].
    parts: &'static [&'static str],
    /// The largest of the pieces of the pack of which it shows one.
    piece: Option<&'static str>,
    /// What all of it is to weigh at the most, in bytes, compressed with brotli.
    pub aim: usize,
    /// What it is not to outgrow: what it has come to.
    pub most: usize,
}

/// The pages that are to be small. A frame is a page of its own in somebody else's page; it opens nothing that is saved.
pub const PAGES: [Page; 14] = [
    page("start page", &["start"], None, 175_000, 166_000),
    page(
        "step of the lesson",
        &["store", "lesson"],
        Some(STEP),
        150_000,
        296_000,
    ),
    page(
        "question",
        &["store", "question"],
        Some(QUESTION),
        200_000,
        222_000,
    ),
    page(
        "exercise",
        &["store", "story", "exercise"],
        Some(EXERCISE),
        350_000,
        344_500,
    ),
    page("registry", &["store", "registry"], None, 300_000, 299_000),
    page(
        "frame of a step",
        &["embed", "lesson"],
        Some(STEP),
        150_000,
        267_000,
    ),
    page(
        "frame of a question",
        &["embed", "question"],
        Some(QUESTION),
        200_000,
        192_500,
    ),
    page(
        "frame of an exercise",
        &["embed", "story", "exercise"],
        Some(EXERCISE),
        350_000,
        328_000,
    ),
    page(
        "frame of a made exercise",
        &["embed", "new_exercise"],
        None,
        350_000,
        334_000,
    ),
    page(
        "frame of an exercise, once something is refused",
        &["embed", "story", "exercise", "refusals"],
        Some(EXERCISE),
        350_000,
        338_500,
    ),
    page(
        "frame of an exercise with something given",
        &["embed", "story", "exercise", "given"],
        Some(EXERCISE),
        350_000,
        349_000,
    ),
    page(
        "frame of an exercise with a history",
        &["embed", "story", "exercise", "past"],
        Some(EXERCISE),
        350_000,
        334_000,
    ),
    page(
        "frame of a registry",
        &["embed", "embed_registry"],
        None,
        300_000,
        227_000,
    ),
    page(
        "frame of the diagram",
        &["embed", "embed_registry", "diagram"],
        None,
        300_000,
        249_000,
    ),
];

const STEP: &str = "part-step-no-guard-";
const QUESTION: &str = "part-question-broken-connection-";
const EXERCISE: &str = "part-exercise-who-broke-production-";

const fn page(
    name: &'static str,
    parts: &'static [&'static str],
    piece: Option<&'static str>,
    aim: usize,
    most: usize,
) -> Page {
    Page {
        name,
        parts,
        piece,
        aim,
        most,
    }
}

impl Page {
    /// Returns the parts that it fetches.
    pub fn group(&self) -> Group {
        Group::of(|part| self.parts.contains(&part))
    }

    /// Returns how much it counts that this page is small: most people see the start page first, and few the
    /// diagram alone.
    pub fn weight(&self) -> usize {
        match self.parts {
            [FIRST] => 6,
            [
                ..,
                "diagram" | "new_exercise" | "given" | "past" | "refusals",
            ] => 1,
            _ => 2,
        }
    }

    /// Returns whether the page fetches a file of the release only for itself and others like it: a part, or its styles.
    pub fn fetches(&self, file: &str) -> bool {
        match file.strip_prefix(GROUP) {
            Some(group) => {
                let group = group.split('-').next().unwrap_or_default();
                self.group().meets(Group::named(group))
            }
            None => {
                let is_piece = self.piece.is_some_and(|piece| file.starts_with(piece));
                let styles = self.parts.iter().map(|part| Styles::of(part)).max();
                let styles = match styles.unwrap_or(Styles::None) {
                    Styles::None => return is_piece,
                    Styles::Framed => "part-framed",
                    Styles::Parts => "part-parts",
                };
                is_piece || file.starts_with(styles) && file.ends_with(".css")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{pieces, sizes};

    #[test]
    fn the_largest_pieces_are_measured() {
        let all = pieces::all().unwrap();
        for named in [STEP, QUESTION, EXERCISE] {
            let kind = named.split('-').nth(1).unwrap();
            let of_kind = all.iter().filter(|(name, _)| name.starts_with(kind));
            let largest = of_kind.max_by_key(|(name, json)| sizes::sent(name, json.as_bytes()));
            let (name, _) = largest.unwrap();
            assert_eq!(named, format!("part-{name}-"));
        }
    }
}
