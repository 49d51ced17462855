//! Addresses: one closed type, read and printed here and nowhere else.
//!
//! The address is the part behind `#`, so that any static host, sub-path or frame serves the app.

use std::fmt;

pub mod near;

use lesson::pack::Id;
use registry::ModelName;
use registry::percent::{self, UNRESERVED};

/// A page of the app.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Route {
    /// `#/`: the start page.
    Home,
    /// `#/learn`: the lesson, at the step where one was.
    Lesson,
    /// `#/tutorials`: what tutorials say about stages and is not so.
    Tutorials,
    /// `#/learn/<step>`: one step of the lesson.
    Step(Id),
    /// `#/practice`: the practice questions.
    Practice,
    /// `#/practice/<question>`: one question.
    Question(Id),
    /// `#/exercises`: the exercises.
    Exercises,
    /// `#/exercises/<exercise>`: one exercise.
    Exercise(Id),
    /// `#/exercises/new?objective=…&par=…&models=…&distractors=…&seed=…`: an exercise made from a recipe, with what stands
    /// behind the `?`. The page reads it, see [`lesson::exercise::wish`].
    New(String),
    /// `#/check`, `#/check/<receipt>`: receipts are run again.
    Check(String),
    /// `#/progress`: what was learned.
    Progress,
    /// `#/settings`: everything that is kept, as files and key by key.
    Settings,
    /// `#/share/<text>`: a registry or an exercise that somebody has put into a link. Whether it is one, reading it says.
    Shared(String),
    /// `#/embed/<view>…?…`: a part of the app in somebody else's page, with what stands behind `#/embed/`. Whether there is such a
    /// view, reading it says.
    Embed(String),
    /// `#/registry`: all registered models.
    Registry,
    /// `#/registry/<model>`: one model's board.
    Model(ModelName),
    /// `#/class`: a lesson in front of a class, as its teacher sees it.
    Class,
    /// `#/class/worksheet` and the others: what is printed for a class.
    Paper(Paper),
    /// `#/audience`: what a projector shows to the class.
    Audience,
    /// Anything else, as it was written.
    NotFound(String),
}

registry::named_enum! {
    /// What is printed for a class, by the last word of its address.
    pub enum Paper {
        /// The questions and exercises of the plan, to be answered.
        Worksheet = "worksheet",
        /// The same with the answers.
        Answers = "answers",
        /// The lesson to read at home.
        Handout = "handout",
    }
}

/// Returns whether a letter stands around an address in a text, and is taken along when the address is copied or found in it.
fn is_around(letter: char) -> bool {
    letter.is_whitespace() || ",;:!?)]}>\"'*”’»…".contains(letter)
}

/// Returns an address without what others put to it: the `!` of old sites, the `%2F` of programs that escape too much, the `.` or `)`
/// of the sentence that it stood in, a `/` at the end, and parameters by which visitors are counted (`?utm_source=…`). What
/// this app prints is not changed by it.
pub fn cleaned(written: &str) -> String {
    let path = written.trim_start_matches(|letter: char| letter == '!' || letter.is_whitespace());
    // The text of a link, the name of a model and a receipt escape by themselves what is not plain, and the last two may end
    // with a dot.
    let is_shared = path.starts_with("/share/");
    let is_exact = path.starts_with("/registry/") || path.starts_with("/check/");
    let mut unescaped = String::with_capacity(path.len());
    for (at, piece) in path.split('%').enumerate() {
        let (mark, rest) = match piece.as_bytes() {
            _ if at == 0 => ("", piece),
            [b'2', b'F' | b'f', ..] if !is_exact && !is_shared => {
                ("/", piece.get(2..).unwrap_or_default())
            }
            [b'3', b'F' | b'f', ..] if !is_exact && !is_shared => {
                ("?", piece.get(2..).unwrap_or_default())
            }
            _ => ("%", piece),
        };
        unescaped.push_str(mark);
        unescaped.push_str(rest);
    }
    let (path, query) = unescaped.split_once('?').unwrap_or((&unescaped, ""));
    let is_end = |letter: char| match letter {
        '/' => !is_shared,
        '.' => !is_exact,
        // What a broken link ends with is not for guessing.
        '>' => !is_shared,
        letter => is_around(letter),
    };
    let mut cleaned = path.trim_end_matches(is_end).to_owned();
    if cleaned == "/exercises/new" || cleaned.starts_with("/embed/") {
        let is_counting = |pair: &str| {
            ["utm_", "fbclid=", "gclid="]
                .iter()
                .any(|it| pair.starts_with(it))
        };
        let mut mark = '?';
        for pair in query.split('&').filter(|pair| !is_counting(pair)) {
            cleaned.push(mark);
            cleaned.push_str(pair);
            mark = '&';
        }
        let length = cleaned.trim_end_matches(is_end).len();
        cleaned.truncate(length);
    }
    cleaned
}

/// Returns whether a text may be a receipt: whether it is one, reading it says.
fn may_be_receipt(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_plain)
}

impl Route {
    /// Returns whether the learner's own registry is on this page.
    pub const fn is_registry(&self) -> bool {
        matches!(self, Self::Registry | Self::Model(_))
    }

    /// Returns whether an address (`#/…`) leads to a page of the app.
    pub fn is_page(address: &str) -> bool {
        !matches!(Self::parse(address), Self::NotFound(_))
    }

    /// Reads the fragment of an address, with or without its `#`. Nothing at all means [`Route::Home`].
    /// What a link has picked up on its way to here is passed over, see [`cleaned`].
    pub fn parse(fragment: &str) -> Self {
        let written = fragment.strip_prefix('#').unwrap_or(fragment);
        let not_found = || Self::NotFound(written.to_owned());
        let path = cleaned(written);
        // Whatever stands there: a link that was broken on its way is told so, and not that there is no such page.
        if let Some(shared) = path.strip_prefix("/share/") {
            return Self::Shared(shared.to_owned());
        }
        // An author who mistypes one is told what there is to embed.
        if let Some(view) = path.strip_prefix("/embed")
            && (view.is_empty() || view.starts_with(['/', '?']))
        {
            return Self::Embed(view.trim_start_matches('/').to_owned());
        }
        let mut parts = path.strip_prefix('/').unwrap_or(&path).split('/');
        match (parts.next(), parts.next(), parts.next()) {
            (None | Some(""), None, _) => Self::Home,
            (Some("tutorials"), None | Some(""), None) => Self::Tutorials,
            (Some("learn"), None | Some(""), None) => Self::Lesson,
            (Some("learn"), Some(step), None) => Id::parse(step).map_or_else(not_found, Self::Step),
            (Some("practice"), None | Some(""), None) => Self::Practice,
            (Some("practice"), Some(question), None) => {
                Id::parse(question).map_or_else(not_found, Self::Question)
            }
            (Some("exercises"), None | Some(""), None) => Self::Exercises,
            (Some("exercises"), Some(exercise), None) => {
                let (name, query) = exercise.split_once('?').unwrap_or((exercise, ""));
                if name == "new" {
                    Self::New(query.to_owned())
                } else {
                    Id::parse(exercise).map_or_else(not_found, Self::Exercise)
                }
            }
            (Some("check"), None | Some(""), None) => Self::Check(String::new()),
            // Some mail programs write the `~` of a link as `%7E`.
            (Some("check"), Some(receipt), None) => percent::decode(receipt)
                .filter(|receipt| may_be_receipt(receipt))
                .map_or_else(not_found, Self::Check),
            (Some("progress"), None | Some(""), None) => Self::Progress,
            (Some("settings"), None | Some(""), None) => Self::Settings,
            (Some("class"), None | Some(""), None) => Self::Class,
            (Some("class"), Some(paper), None) => {
                Paper::named(paper).map_or_else(not_found, Self::Paper)
            }
            (Some("audience"), None | Some(""), None) => Self::Audience,
            (Some("registry"), None | Some(""), None) => Self::Registry,
            (Some("registry"), Some(name), None) => percent::decode(name)
                .and_then(|name| ModelName::parse(&name).ok())
                .map_or_else(not_found, Self::Model),
            _ => not_found(),
        }
    }
}

/// The fragment with its `#`, ready for a link.
impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Home => f.write_str("#/"),
            Self::Lesson => f.write_str("#/learn"),
            Self::Tutorials => f.write_str("#/tutorials"),
            Self::Step(id) => write!(f, "#/learn/{id}"),
            Self::Practice => f.write_str("#/practice"),
            Self::Question(id) => write!(f, "#/practice/{id}"),
            Self::Exercises => f.write_str("#/exercises"),
            Self::Exercise(id) => write!(f, "#/exercises/{id}"),
            Self::New(query) if query.is_empty() => f.write_str("#/exercises/new"),
            Self::New(query) => write!(f, "#/exercises/new?{query}"),
            Self::Check(receipt) if receipt.is_empty() => f.write_str("#/check"),
            Self::Check(receipt) => write!(f, "#/check/{receipt}"),
            Self::Progress => f.write_str("#/progress"),
            Self::Settings => f.write_str("#/settings"),
            Self::Shared(text) => write!(f, "#/share/{text}"),
            Self::Embed(view) => write!(f, "#/embed/{view}"),
            Self::Registry => f.write_str("#/registry"),
            Self::Class => f.write_str("#/class"),
            Self::Paper(paper) => write!(f, "#/class/{paper}"),
            Self::Audience => f.write_str("#/audience"),
            Self::Model(name) => {
                f.write_str("#/registry/")?;
                f.write_str(&percent::encode(name.as_str(), UNRESERVED))
            }
            Self::NotFound(path) => write!(f, "#{path}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn addresses_are_read() {
        let model = |name: &str| Route::Model(ModelName::parse(name).expect("a good name"));
        let lost = |path: &str| Route::NotFound(path.to_owned());
        let check = |fragment: &str, expected: Route| {
            assert_eq!(Route::parse(fragment), expected, "{fragment:?}");
        };
        check("", Route::Home);
        check("#", Route::Home);
        check("#/", Route::Home);
        check("#/registry", Route::Registry);
        check("#/registry/", Route::Registry);
        check("#/registry/fraud-detector", model("fraud-detector"));
        check("#/registry/my%20model", model("my model"));
        check("#/registry/a%23b%3F", model("a#b?"));
        check("#/registry/a%2Fb", lost("/registry/a%2Fb"));
        check("#/registry/v1.", model("v1."));
        check("#/registry/%FF", lost("/registry/%FF"));
        check("#/registry/%4", lost("/registry/%4"));
        check("#/registry/a/b", lost("/registry/a/b"));
        let id = |id: &str| Id::parse(id).expect("a good id");
        check("#/learn/hook", Route::Step(id("hook")));
        check("#/learn", Route::Lesson);
        check("#/tutorials", Route::Tutorials);
        check("#/tutorials/", Route::Tutorials);
        check("#/learn/", Route::Lesson);
        check("#/learn/Hook", lost("/learn/Hook"));
        check("#/practice", Route::Practice);
        check("#/practice/", Route::Practice);
        check("#/practice/staging-for", Route::Question(id("staging-for")));
        check("#/practice/a/b", lost("/practice/a/b"));
        check("#/progress", Route::Progress);
        check("#/settings", Route::Settings);
        check("#/exercises", Route::Exercises);
        check("#/exercises/", Route::Exercises);
        check(
            "#/exercises/bad-release",
            Route::Exercise(id("bad-release")),
        );
        check("#/exercises/a/b", lost("/exercises/a/b"));
        let new = |query: &str| Route::New(query.to_owned());
        check("#/exercises/new", new(""));
        check("#/exercises/new?", new(""));
        check("#/exercises/new?seed=7&par=x", new("seed=7&par=x"));
        check("#/check", Route::Check(String::new()));
        check("#/check/", Route::Check(String::new()));
        let receipt = "ms1.~aliases~3~1~1~7.AQ-_.wmdA_g";
        check(
            &format!("#/check/{receipt}"),
            Route::Check(receipt.to_owned()),
        );
        check(
            "#/check/ms1.%7Ealiases%7e3",
            Route::Check("ms1.~aliases~3".to_owned()),
        );
        check("#/check/a b", lost("/check/a b"));
        check("#/check/a%2Fb", lost("/check/a%2Fb"));
        check("#/check/a/b", lost("/check/a/b"));
        let shared = |text: &str| Route::Shared(text.to_owned());
        check("#/share/", shared(""));
        check("#/share/ms1.AB-_.wmdA_g", shared("ms1.AB-_.wmdA_g"));
        check("#/share/a b/<c>", shared("a b/<c>"));
        check("#/share", lost("/share"));
        let embed = |view: &str| Route::Embed(view.to_owned());
        check("#/embed", embed(""));
        check("#/embed/", embed(""));
        check(
            "#/embed/question/staging-for",
            embed("question/staging-for"),
        );
        check(
            "#/embed/exercise/new?seed=7&theme=dark&utm_source=a",
            embed("exercise/new?seed=7&theme=dark"),
        );
        check("#/embedded", lost("/embedded"));
        check("#/class", Route::Class);
        check("#/class/", Route::Class);
        check("#/class/worksheet", Route::Paper(Paper::Worksheet));
        check("#/class/homework", lost("/class/homework"));
        check("#/audience", Route::Audience);
        check("#/nowhere", lost("/nowhere"));
    }

    #[test]
    fn what_an_address_has_picked_up_is_passed_over() {
        let id = |id: &str| Id::parse(id).expect("a good id");
        let check = |fragment: &str, expected: Route| {
            assert_eq!(Route::parse(fragment), expected, "{fragment:?}");
        };
        let question = || Route::Question(id("staging-for"));
        for end in [
            "",
            "/",
            "//",
            ".",
            ").",
            "),",
            "…",
            "?",
            "!",
            "/.",
            "\">",
            "'",
            "*",
            "%2F",
            " ",
            "\u{a0}",
            "?utm_source=x",
            "?utm_source=x&utm_medium=y",
            "/?utm_source=x).",
            "%3Futm_source=x",
        ] {
            check(&format!("#/practice/staging-for{end}"), question());
        }
        for begin in ["#/", "/", "#!/", "#%2F", "#%2f", "# /"] {
            check(&format!("{begin}practice/staging-for"), question());
        }
        check("#/practice%2Fstaging-for", question());
        check("#!/", Route::Home);
        check("#//", Route::Home);
        check("#/?utm_source=x", Route::Home);
        check("#/.", Route::Home);
        check(
            "#/exercises/bad-release?x",
            Route::Exercise(id("bad-release")),
        );
        check("#/progress).", Route::Progress);
        let model = |name: &str| Route::Model(ModelName::parse(name).expect("a good name"));
        check("#/registry/fraud-detector/", model("fraud-detector"));
        check("#/registry/fraud-detector),", model("fraud-detector"));
        check(
            "#/registry/fraud-detector?utm_source=x",
            model("fraud-detector"),
        );
        check("#/registry%2Ffraud-detector", model("fraud-detector"));
        let new = |query: &str| Route::New(query.to_owned());
        check("#/exercises/new/", new(""));
        check("#/exercises/new?seed=7&par=3).", new("seed=7&par=3"));
        check(
            "#/exercises/new?utm_source=a&seed=7&fbclid=b",
            new("seed=7"),
        );
        check("#/exercises/new?utm_source=a", new(""));
        let shared = |text: &str| Route::Shared(text.to_owned());
        check("#/share/ms1.AB-_.wmdA_g).", shared("ms1.AB-_.wmdA_g"));
        check(
            "#/share/ms1.AB-_.wmdA_g?utm_source=x",
            shared("ms1.AB-_.wmdA_g"),
        );
        check(
            "#/check/ms1.~a~3.AQ-_.wmdA_g/,",
            Route::Check("ms1.~a~3.AQ-_.wmdA_g".to_owned()),
        );
    }

    proptest! {
        #[test]
        fn every_address_is_read_back(name in "\\PC{1,40}") {
            if let Ok(name) = ModelName::parse(&name) {
                let route = Route::Model(name);
                prop_assert_eq!(Route::parse(&route.to_string()), route);
            }
        }

        #[test]
        fn every_address_of_an_exercise_is_read_back(
            query in "[a-z0-9=&-]{0,60}", receipt in "[a-zA-Z0-9._~-]{0,40}",
        ) {
            for route in [Route::New(query), Route::Check(receipt)] {
                prop_assert_eq!(Route::parse(&route.to_string()), route);
            }
        }

        #[test]
        fn no_text_breaks_the_reader(text in ".*") {
            let _ = Route::parse(&text);
        }

        /// An address that the app prints, and one that was cleaned, stay as they are.
        #[test]
        fn cleaning_changes_no_printed_address(
            name in "\\PC{1,40}", id in "[a-z0-9-]{1,40}", query in "[a-z0-9=&-]{0,60}",
            text in "[a-zA-Z0-9_-]{0,20}\\.[a-zA-Z0-9_-]{1,40}",
        ) {
            let id = Id::parse(&id).expect("a good id");
            let mut routes = vec![
                Route::Class, Route::Audience, Route::Paper(Paper::Handout),
                Route::Home, Route::Lesson, Route::Tutorials, Route::Practice, Route::Exercises, Route::Progress, Route::Settings, Route::Registry,
                Route::Step(id.clone()), Route::Question(id.clone()), Route::Exercise(id),
                Route::New(query), Route::Check(text.clone()), Route::Shared(text),
            ];
            routes.extend(ModelName::parse(&name).ok().map(Route::Model));
            for route in routes.into_iter().filter(|route| *route != Route::Exercise(Id::parse("new").expect("a good id"))) {
                let printed = route.to_string();
                prop_assert_eq!(Route::parse(&printed), route);
                let once = cleaned(&printed);
                prop_assert_eq!(cleaned(&once), once);
            }
        }

        #[test]
        fn what_is_cleaned_is_clean(text in "[#!/?&=.,;a-z%2F3 ()'>]{0,30}") {
            let once = cleaned(&text);
            prop_assert_eq!(cleaned(&once), once);
        }
    }
}
