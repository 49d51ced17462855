//! What authors and developers read about a frame in a page of theirs: its parameters, and the contract with that page.

use super::Language;
use embed::Kind;
use embed::message::{Ask, Code, EventName, Trouble};
use embed::options::Name;
use embed::snippet::Form;

names!(
    /// Returns what a view shows.
    pub view(Kind) {
        Question = "One question.",
        Questions = "Several questions, one after the other: 2 to 20, with commas between their ids.",
        Step = "One step of the lesson.",
        Exercise = "One exercise.",
        Made = "An exercise that is made from numbers, the same for everybody. What may stand there: see “Link to it, embed it” in the README.",
        Scene = "The scene of the start page: an app, a board and payments.",
        Registry = "A board to work with: that of the sample, or of a shared registry.",
        Diagram = "The diagram of the stages, with the moves that the rules allow.",
        Console = "The console: a line, and its answer.",
    }
);

names!(
    /// Returns what a parameter means.
    pub parameter(Name) {
        Theme = "The colours. With “system” they follow the reader’s system, and not your page.",
        Rules = "The rules in force: those of the lesson’s team, or MLflow’s alone. Without it, those of the view or of the shared registry.",
        Start = "The registry to start with: what stands behind “#/share/” in a link to a shared registry. Without it, the sample.",
        Hide = "What is left out: the hints and the solution, which no wrong answer gives away then, the reasons below an answer, the button to start again.",
        Order = "The order of the options: another one at each try, or always that of the pack.",
        Line = "A line that the console runs at the start.",
        Origin = "The only page that the frame talks to, such as “https://example.org”. Without it, any page around the frame may connect.",
        Lang = "The language. There is only English: a frame that asks for another language, such as “de”, is in English too.",
    }
);

names!(
    /// Returns what a command of a host does.
    pub ask(Ask) {
        Run = "Carries a line of the console out, as if it was typed.",
        Reset = "Starts the view again.",
        Load = "Shows something else: the address of a frame, as it stands behind “#/embed/”.",
        GoTo = "Goes to another question of several, or to another moment of a history. Both are counted from 1; moment 0 is before the first step.",
        SetTheme = "Changes the colours.",
        GetState = "Says how far it is, and where each version is. Loading this address later goes on from there.",
        GetReceipt = "Gives the receipt of the exercise once it is solved. The page “Check receipts” of the app runs it again.",
    }
);

names!(
    /// Returns when an event comes.
    pub event(EventName) {
        Answered = "A question was answered, right or wrong.",
        Moved = "A version was moved to another stage.",
        Refused = "The rules, or MLflow, refused something. “says” is the sentence that the learner reads.",
        Solved = "The goal of an exercise is reached.",
        Completed = "All that is to be done in the frame is done. “right” counts the answers that were right at the first try.",
        Key = "A key that turns pages was pressed where it means nothing in the frame: PageUp, PageDown or an arrow. Only told where “want” names it.",
    }
);

names!(
    /// Returns what an error means.
    pub code(Code) {
        Malformed = "A command is an object with a whole number “id” and a name “do”. This message is not.",
        TooLarge = "A message may have 64 KB of JSON, with at most 8 levels and 100 values. This one has more. Send less.",
        TooMany = "More than 100 messages came within a second. The others were not read. Send fewer.",
        UnknownCommand = "There is no such command. The message “ready” lists those that there are.",
        Field = "A field of the command is missing, has a wrong value, or is not known.",
        Address = "The address to load is not that of a frame.",
        NotHere = "This view cannot do that. The message “ready” lists what it can do.",
        Refused = "The registry refused, or the line has an error.",
        NoReceipt = "There is no receipt yet. Solve the exercise first.",
    }
);

/// Returns what went wrong with a command, for whoever wrote the page.
pub fn trouble(text: Language, trouble: &Trouble) -> String {
    let says = code(text, trouble.code());
    match trouble {
        Trouble::Refused(sentence) => sentence.clone(),
        Trouble::Field(field) => format!("{says} ({field})"),
        Trouble::Address(problem) => format!("{says} ({})", super::one_line(&problem.place)),
        _ => says.to_owned(),
    }
}

names!(
    /// Returns what a form of code to paste is called.
    pub form(Form) {
        Html = "HTML",
        Component = "HTML, height by itself",
        Mkdocs = "MkDocs, Quarto",
        Docusaurus = "Docusaurus",
        JupyterBook = "Jupyter Book, Sphinx",
        Reveal = "reveal.js",
        Moodle = "Moodle",
        Link = "Link",
    }
);

names!(
    /// Returns what is to be known about a form of code to paste.
    pub form_help(Form) {
        Html = "For any page. In Chrome 154 and newer the frame gets its right height by itself; elsewhere it has the height in the code.",
        Component = "For any page that may load a script. The frame gets its right height in every browser, and your page hears what happens in it.",
        Mkdocs = "Put it into the Markdown as it is, with an empty line before and after it.",
        Docusaurus = "For .mdx and .md files.",
        JupyterBook = "For MyST Markdown.",
        Reveal = "For the HTML of a deck. The frame is loaded when its slide comes near.",
        Moodle = "Open the source code of the text editor, and paste it there.",
        Link = "Opens the whole app at the same place.",
    }
);
