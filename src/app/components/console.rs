//! The console: what was typed, what came of it, and a field for what comes next. It works on a page's own registry and
//! on the small ones of the lesson alike.
//!
//! | file | what it is |
//! |---|---|
//! | `talk` | what is typed, carried out and remembered |
//! | `entry` | a text with what came of it |
//! | `field` | the field, its keys, and what may come next |

mod entry;
mod field;
mod talk;

use super::painted::painted;
use crate::app::browser;
use crate::app::dom::{El, action, code, div, header, keyed, li, ol, p, section, ul};
use crate::app::state::Session;
use crate::registry::ModelName;
use talk::Talk;

/// What can be tried in a console where nothing was typed yet.
const EXAMPLES: [&str; 4] = [
    "help",
    "show",
    "print(client.get_latest_versions(\"fraud-detector\", stages=[\"Production\"]))",
    "mlflow models transition-version --model-name fraud-detector --version 3 --stage production",
];

/// The console of a registry. `id` is unique on the page. Without a model, an app is one of the model in the address.
/// `start` stands in the field at first.
pub fn console(
    session: Session,
    id: &'static str,
    model: Option<ModelName>,
    start: Option<&str>,
) -> El {
    let talk = Talk::new(session, id, model);
    if let Some(start) = start {
        talk.typed.set(start.trim_end().to_owned());
    }
    let texts = session.text.drawer();
    let copy = action(texts.copy, move || talk.copy())
        .class("quiet-button")
        .flag_with("disabled", move || talk.is_empty());
    let clear = action(texts.clear, move || talk.clear())
        .class("quiet-button")
        .flag_with("disabled", move || talk.is_empty());
    let entries = keyed(
        ol().class("console-entries"),
        move || talk.ids(),
        move |id| entry::entry(talk, id),
    );
    let empty = move || {
        if !talk.is_empty() {
            return Vec::new();
        }
        let examples = EXAMPLES.map(|example| {
            li().child(
                action("", move || talk.put(example))
                    .class("console-example")
                    .child(code().children(painted(example))),
            )
        });
        vec![
            p().class("quiet").text(texts.empty),
            ul().class("console-examples").children(examples),
        ]
    };
    // A screen reader hears what came of a text from the page's own live region, in short; here it can read all of it.
    let log = div()
        .class("console-log")
        .id(format!("{id}-log"))
        .attr("role", "log")
        .attr("aria-live", "off")
        .attr("aria-label", texts.log)
        .attr("tabindex", "0")
        .child(div().dynamic(empty))
        .child(entries);
    talk.scrolls(&log);
    // Whoever waits at the button that opened it is taken along; nobody else is.
    if browser::focused().is_some_and(|focused| focused.id() == format!("{id}-toggle")) {
        browser::focus_soon(format!("{id}-field"));
    }
    section()
        .class("console")
        .attr("aria-label", texts.title)
        .child(
            header()
                .class("console-head")
                .child(
                    p().class("console-form quiet")
                        .text_with(move || talk.rules()),
                )
                .child(div().class("actions").child(copy).child(clear)),
        )
        .child(log)
        .child(field::field(talk))
}
