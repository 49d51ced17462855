//! What authors and developers read about a frame in a page of theirs: its parameters, and the contract with that page.

use super::Language;
use embed::Kind;
use embed::message::{Ask, Code, EventName, Trouble};
use embed::options::Name;
use embed::snippet::Form;

/// Returns what a view shows.
#[must_use]
pub const fn view(text: Language, kind: Kind) -> &'static str {
    match text {
        Language::English => match kind {
            Kind::Question => "One question.",
            Kind::Questions => {
                "Several questions, one after the other: 2 to 20, with commas between their ids."
            }
            Kind::Step => "One step of the lesson.",
            Kind::Exercise => "One exercise.",
            Kind::Made => {
                "An exercise that is made from numbers, the same for everybody. What may stand there: see “Link to it, embed it” in the README."
            }
            Kind::Scene => "The scene of the start page: an app, a board and payments.",
            Kind::Registry => "A board to work with: that of the sample, or of a shared registry.",
            Kind::Diagram => "The diagram of the stages, with the moves that the rules allow.",
            Kind::Console => "The console: a line, and its answer.",
        },
    }
}

/// Returns what a parameter means.
#[must_use]
pub const fn parameter(text: Language, name: Name) -> &'static str {
    match text {
        Language::English => match name {
            Name::Theme => {
                "The colours. With “system” they follow the reader’s system, and not your page."
            }
            Name::Rules => {
                "The rules in force: those of the lesson’s team, or MLflow’s alone. Without it, those of the view or of the shared registry."
            }
            Name::Start => {
                "The registry to start with: what stands behind “#/share/” in a link to a shared registry. Without it, the sample."
            }
            Name::Hide => {
                "What is left out: the hints and the solution, which no wrong answer gives away then, the reasons below an answer, the button to start again."
            }
            Name::Order => {
                "The order of the options: another one at each try, or always that of the pack."
            }
            Name::Line => "A line that the console runs at the start.",
            Name::Origin => {
                "The only page that the frame talks to, such as “https://example.org”. Without it, any page around the frame may connect."
            }
            Name::Lang => "The language. There is only English; the name is kept free.",
        },
    }
}

/// Returns what a command of a host does.
#[must_use]
pub const fn ask(text: Language, ask: Ask) -> &'static str {
    match text {
        Language::English => match ask {
            Ask::Run => "Carries a line of the console out, as if it was typed.",
            Ask::Reset => "Starts the view again.",
            Ask::Load => {
                "Shows something else: the address of a frame, as it stands behind “#/embed/”."
            }
            Ask::GoTo => {
                "Goes to another question of several, or to another moment of a history. Both are counted from 1; moment 0 is before the first step."
            }
            Ask::SetTheme => "Changes the colours.",
            Ask::GetState => {
                "Says how far it is, and where each version is. Loading this address later goes on from there."
            }
            Ask::GetReceipt => {
                "Gives the receipt of the exercise once it is solved. The page “Check receipts” of the app runs it again."
            }
        },
    }
}

/// Returns when an event comes.
#[must_use]
pub const fn event(text: Language, name: EventName) -> &'static str {
    match text {
        Language::English => match name {
            EventName::Answered => "A question was answered, right or wrong.",
            EventName::Moved => "A version was moved to another stage.",
            EventName::Refused => {
                "The rules, or MLflow, refused something. “says” is the sentence that the learner reads."
            }
            EventName::Solved => "The goal of an exercise is reached.",
            EventName::Completed => {
                "All that is to be done in the frame is done. “right” counts the answers that were right at the first try."
            }
            EventName::Key => {
                "A key that turns pages was pressed where it means nothing in the frame: PageUp, PageDown or an arrow. Only told where “want” names it."
            }
        },
    }
}

/// Returns what an error means.
#[must_use]
pub const fn code(text: Language, code: Code) -> &'static str {
    match text {
        Language::English => match code {
            Code::Malformed => {
                "A command is an object with a whole number “id” and a name “do”. This message is not."
            }
            Code::TooLarge => {
                "A message may have 64 KB of JSON, with at most 8 levels and 100 values. This one has more. Send less."
            }
            Code::TooMany => {
                "More than 100 messages came within a second. The others were not read. Send fewer."
            }
            Code::UnknownCommand => {
                "There is no such command. The message “ready” lists those that there are."
            }
            Code::BadField => {
                "A field of the command is missing, has a wrong value, or is not known."
            }
            Code::BadAddress => "The address to load is not that of a frame.",
            Code::NotHere => "This view cannot do that. The message “ready” lists what it can do.",
            Code::Refused => "The registry refused, or the line has an error.",
            Code::NoReceipt => "There is no receipt yet. Solve the exercise first.",
        },
    }
}

/// Returns what went wrong with a command, for whoever wrote the page.
#[must_use]
pub fn trouble(text: Language, trouble: &Trouble) -> String {
    let says = code(text, trouble.code());
    match trouble {
        Trouble::Refused(sentence) => sentence.clone(),
        Trouble::Field(field) => format!("{says} ({field})"),
        Trouble::Address(problem) => format!("{says} ({})", super::one_line(&problem.place)),
        _ => says.to_owned(),
    }
}

/// Returns what a form of code to paste is called.
#[must_use]
pub const fn form(text: Language, form: Form) -> &'static str {
    match text {
        Language::English => match form {
            Form::Html => "HTML",
            Form::Component => "HTML, height by itself",
            Form::Mkdocs => "MkDocs, Quarto",
            Form::Docusaurus => "Docusaurus",
            Form::JupyterBook => "Jupyter Book, Sphinx",
            Form::Reveal => "reveal.js",
            Form::Moodle => "Moodle",
            Form::Link => "Link",
        },
    }
}

/// Returns what is to be known about a form of code to paste.
#[must_use]
pub const fn form_help(text: Language, form: Form) -> &'static str {
    match text {
        Language::English => match form {
            Form::Html => {
                "For any page. In Chrome 154 and newer the frame gets its right height by itself; elsewhere it has the height in the code."
            }
            Form::Component => {
                "For any page that may load a script. The frame gets its right height in every browser, and your page hears what happens in it."
            }
            Form::Mkdocs => {
                "Put it into the Markdown as it is, with an empty line before and after it."
            }
            Form::Docusaurus => "For .mdx and .md files.",
            Form::JupyterBook => "For MyST Markdown.",
            Form::Reveal => {
                "For the HTML of a deck. The frame is loaded when its slide comes near."
            }
            Form::Moodle => "Open the source code of the text editor, and paste it there.",
            Form::Link => "Opens the whole app at the same place.",
        },
    }
}
