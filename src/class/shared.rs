//! `#/share/mc1.…`: a plan that somebody has put into a link. It replaces nothing before it is used.

use crate::browser;
use crate::class::{names, plans};
use crate::session::{use_keeper, use_language};
use crate::ui::page::{message, title};
use el::{El, action, div, h2, li, ol, p};
use share::class_plan;
use share::route::Route;
use text::share as words;

/// The page.
pub fn shared(text: &str) -> Vec<El> {
    let language = use_language();
    let (texts, keeper) = (language.class(), use_keeper());
    let plan = match class_plan::parse(text) {
        Ok(plan) => plan,
        Err(why) => {
            let why = words::no_link(language, why);
            return vec![message(
                language.shared().wrong_title,
                &why,
                &Route::Class,
                texts.title,
            )];
        }
    };
    let parts = plan.items.iter().map(|item| {
        let minutes = texts.minutes(usize::try_from(item.minutes).unwrap_or_default());
        li().text(format!("{} – {minutes}", names::part(texts, &item.what)))
    });
    let all = texts.minutes(usize::try_from(plan.minutes()).unwrap_or_default());
    let head = h2().text(format!("{} – {all}", plan.name));
    let list = ol().class("prose-list").children(parts);
    let using = action(texts.plan_use, move || {
        plans::take_in(keeper, &plan);
        browser::go(&Route::Class);
    });
    vec![
        div()
            .class("reading section")
            .child(title(texts.plan_shared))
            .child(p().class("lead").text(texts.plan_shared_body))
            .child(head)
            .child(list)
            .child(
                div()
                    .class("actions")
                    .child(using.class("primary").id("plan-use")),
            ),
    ]
}
