//! The pages that are to be small, and the parts of the WebAssembly that they are made of.

/// The parts that pages are made of, by their names at the split points. What the same of them share goes into one file, so
/// that each fetches just what it needs.
pub const PARTS: [&str; 14] = [
    "start",
    "store",
    "refusals",
    "lesson",
    "play",
    "question",
    "practice",
    "story",
    "exercise",
    "exercises",
    "registry",
    "embed",
    "embed_registry",
    "run",
];
/// How the files begin that are shared by some of [`PARTS`]; a letter for each of them is behind that.
pub const GROUP: &str = "part-of-";
/// The part that needs no more styles than the first page has.
pub const STYLED: &str = "start";
/// The part that a question needs.
pub const QUESTIONS: &str = "question";

/// A page that is to be small.
pub struct Page {
    pub name: &'static str,
    /// What it fetches until it works, of [`PARTS`].
    parts: &'static [&'static str],
    /// What all of it is to weigh at the most, in bytes, compressed with brotli.
    pub aim: usize,
    /// What it is not to outgrow: what it has come to.
    pub most: usize,
}

/// The pages that are to be small. A frame is a page of its own in somebody else's page; it opens nothing that is saved.
pub const PAGES: [Page; 9] = [
    page("start page", &["start"], 175_000, 180_000),
    page(
        "step of the lesson",
        &["store", "lesson", "play"],
        150_000,
        600_000,
    ),
    page("question", &["store", "question"], 200_000, 600_000),
    page(
        "exercise",
        &["store", "story", "exercise"],
        350_000,
        700_000,
    ),
    page("registry", &["store", "registry"], 300_000, 600_000),
    page(
        "frame of a step",
        &["embed", "lesson", "play"],
        150_000,
        600_000,
    ),
    page(
        "frame of a question",
        &["embed", "question"],
        200_000,
        600_000,
    ),
    page(
        "frame of an exercise",
        &["embed", "story", "exercise"],
        350_000,
        700_000,
    ),
    page(
        "frame of a registry",
        &["embed", "embed_registry"],
        300_000,
        600_000,
    ),
];

const fn page(name: &'static str, parts: &'static [&'static str], aim: usize, most: usize) -> Page {
    Page {
        name,
        parts,
        aim,
        most,
    }
}

impl Page {
    /// Returns whether the page fetches a file of the release only for itself and others like it: a part, or its styles.
    pub fn fetches(&self, file: &str) -> bool {
        match file.strip_prefix(GROUP) {
            Some(group) => {
                let group = group.split('-').next().unwrap_or_default();
                let letters = ('a'..='z').zip(PARTS);
                let mut own = letters.filter(|(_, part)| self.parts.contains(part));
                own.any(|(letter, _)| group.contains(letter))
            }
            None => self.parts != [STYLED] && file.starts_with("part-") && file.ends_with(".css"),
        }
    }
}
