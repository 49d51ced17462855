//! The console: what was typed, what came of it, and a field for what comes next. It works on a page's own registry and
//! on the small ones of the lesson alike.
//!
//! | file | what it is |
//! |---|---|
//! | `talk` | what is typed, carried out and remembered |
//! | `entry` | a text with what came of it |
//! | `script` | a text that a real Python runs |
//! | `board` | what such a text would make of the board |
//! | `field` | the field, its keys, and what may come next |

use leptos::prelude::request_animation_frame;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

use crate::browser::{self, js};
use crate::console::transcript::{Opening, Talk};
use crate::session::use_language;
use crate::ui::highlight::highlight;
use el::{El, action, code, div, header, li, ol, p, section, ul};
use registry::ModelName;

/// The console at the foot of the registry's pages, which is made once.
pub const DRAWER: &str = "console";

/// Below how many pixels of height the one who types has all of it.
const LOW: f64 = 480.0;

/// What can be tried in a console where nothing was typed yet.
const EXAMPLES: [&str; 4] = [
    "help",
    "show",
    "print(client.get_latest_versions(\"fraud-detector\", stages=[\"Production\"]))",
    "mlflow models transition-version --model-name fraud-detector --version 3 --stage production",
];

/// The console of a registry. `id` is unique on the page. Without a model, an app is one of the model in the address.
pub fn console(id: &'static str, model: Option<ModelName>, opening: Opening) -> El {
    let talk = Talk::new(id, model, opening);
    let texts = use_language().drawer();
    let copy = action(texts.copy, move || talk.copy())
        .class("quiet-button")
        .attr("disabled", move || talk.is_empty());
    let clear = action(texts.clear, move || talk.clear())
        .class("quiet-button")
        .attr("disabled", move || talk.is_empty());
    let entries = ol().class("console-entries").for_each(
        move || talk.ids(),
        move |id| crate::console::entry::entry(talk, id),
    );
    let empty = move || {
        if !talk.is_empty() {
            return Vec::new();
        }
        let examples = EXAMPLES.map(|example| {
            li().child(
                action("", move || talk.put(example))
                    .class("console-example")
                    .child(code().children(highlight(example))),
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
    if id == DRAWER {
        keep_in_sight(&log);
    }
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
                .child(p().class("console-form quiet").text(move || talk.rules()))
                .child(div().class("actions").child(copy).child(clear)),
        )
        .child(log)
        .child(crate::console::field::field(talk))
}

/// Lets the drawer keep to what can be seen of the page. A phone's keyboard takes half of the height: in some browsers the page
/// gets that much lower, in others the keyboard lies over it.
fn keep_in_sight(log: &El) {
    let view = js::global("visualViewport");
    if view.is_undefined() {
        return;
    }
    let (log, seen) = (log.node().clone(), view.clone());
    let look = move || {
        let drawer = log.closest(".drawer").ok().flatten();
        let drawer = drawer.and_then(|drawer| drawer.dyn_into::<HtmlElement>().ok());
        let number = |of: &JsValue, name: &str| js::get(of, name).as_f64().unwrap_or_default();
        // Who has magnified the page sees a part of it, and moves it about.
        let (Some(drawer), true) = (drawer, number(&seen, "scale") < 1.01) else {
            return;
        };
        let height = number(&seen, "height");
        let whole = number(&js::global("window"), "innerHeight");
        let under = (whole - height - number(&seen, "offsetTop")).max(0.0);
        let style = drawer.style();
        let _ = style.set_property("--sight", &format!("{height}px"));
        let _ = style.set_property("--under", &format!("{under}px"));
        let _ = drawer.class_list().toggle_with_force("low", height < LOW);
    };
    let first = look.clone();
    request_animation_frame(first);
    let follow = js::function(move |_| look());
    for event in ["resize", "scroll"] {
        let _ = js::call(&view, "addEventListener", &[event.into(), follow.clone()]);
    }
}
