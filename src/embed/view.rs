//! What an address shows, and the one line below it.

use std::cell::Cell;

use crate::browser;
use crate::embed::inbox_lazy::{self, Counted};
use crate::embed::{height, host_lazy, links, talk, world_lazy};
use crate::exercises::lazy::ExercisePage;
use crate::session::{frame, offer, use_keeper, use_language};
use crate::{exercises, lesson, practice};
use ::embed::options::{Name, Order, PARAMETERS, Parameter, Part, Values};
use ::embed::{Frame, Kind, Problem, View, Wrong};
use ::lesson::own;
use ::lesson::pack::Id;
use el::{El, RwSignal, a, code, div, el, p, span};
use storage::Theme;
use text::FramedText;

thread_local! {
    static HAS_BEGUN: Cell<bool> = const { Cell::new(false) };
}

/// What an address shows.
pub fn view(address: &str) -> Vec<El> {
    if !HAS_BEGUN.replace(true) {
        use_keeper().owner().with(|| {
            links::listen();
            height::follow();
            host_lazy::listen();
        });
    }
    offer::withdraw();
    frame::set_questions(Vec::new());
    let texts = use_language().framed();
    talk::forget();
    let known = Frame::parse(address).map_err(|problem| sentence(texts, &problem));
    match known.and_then(|shown| there_is(texts, &shown).map(|()| shown)) {
        Ok(shown) => whole(&shown),
        Err(words) => vec![
            div()
                .class("reading section")
                .child(p().child(el("strong").text(texts.nothing)))
                .child(p().id("embed-problem").text(words)),
            foot("#/", None),
        ],
    }
}

fn whole(shown: &Frame) -> Vec<El> {
    browser::set_theme(match shown.options.theme {
        Theme::System => None,
        Theme::Light => Some("light"),
        Theme::Dark => Some("dark"),
    });
    frame::keep_order(shown.options.order == Order::Fixed);
    frame::hide_solution(shown.options.hide.has(Part::Solution));
    let hidden = shown.options.hide.parts();
    let class = hidden.fold("embed".to_owned(), |class, part| {
        format!("{class} hides-{}", part.as_str())
    });
    let learns = !matches!(
        shown.view.kind(),
        Kind::Scene | Kind::Registry | Kind::Diagram | Kind::Console
    );
    if learns {
        use_keeper().owner().with(inbox_lazy::begin);
    }
    let counted = learns.then(inbox_lazy::counted);
    let content = content(shown);
    talk::shown(shown);
    vec![
        div().class(class).children(content),
        foot(&shown.page(), counted),
    ]
}

fn content(shown: &Frame) -> Vec<El> {
    let page = move |page: fn(Id) -> Vec<El>, id: &Id| {
        let id = id.clone();
        vec![div().class("parts").dynamic(move || page(id.clone()))]
    };
    match &shown.view {
        View::Question(id) => questions(vec![id.clone()]),
        View::Questions(ids) => questions(ids.ids().to_vec()),
        View::Step(id) => page(|id| lesson::lazy::step(Some(id)), id),
        View::Exercise(id) => page(|id| exercises::lazy::page(ExercisePage::Exercise(id)), id),
        View::Made(query) => {
            let query = query.to_string();
            let made = move || exercises::lazy::page(ExercisePage::New(query.clone()));
            vec![div().class("parts").dynamic(made)]
        }
        View::Scene | View::Registry | View::Diagram | View::Console => {
            let shown = shown.clone();
            let registry = move || world_lazy::world(shown.clone());
            vec![div().class("parts").dynamic(registry)]
        }
    }
}

/// Questions, one after the other.
fn questions(ids: Vec<Id>) -> Vec<El> {
    let at = RwSignal::new(0_usize);
    frame::set_questions(ids.clone());
    links::in_row(ids.clone(), at);
    let question = move || {
        let id = ids.get(at.get()).cloned();
        id.map_or_else(Vec::new, practice::lazy::question)
    };
    vec![div().class("parts").dynamic(question)]
}

/// The way to the same place in the whole app, and where what is learned does not count.
fn foot(page: &str, counted: Option<Counted>) -> El {
    let texts = use_language().framed();
    let open = a()
        .class("embed-open")
        .attr("href", links::whole(page))
        .attr("target", "_blank")
        .attr("rel", "noopener")
        .text(texts.open)
        .child(span().attr("aria-hidden", "true").text(" ↗"));
    let said = counted.and_then(|counted| match counted {
        Counted::InTheApp => None,
        Counted::Apart => Some(texts.apart),
        Counted::Nowhere => Some(texts.not_kept),
    });
    let blocked = RwSignal::new(String::new());
    links::say_blocked(blocked);
    let address = move || -> Vec<El> {
        let address = blocked.get();
        if address.is_empty() {
            return Vec::new();
        }
        vec![
            p().class("embed-blocked")
                .text(format!("{} ", texts.blocked))
                .child(code().text(address)),
        ]
    };
    el("footer")
        .class("embed-foot")
        .child(p().child(open))
        .children(said.map(|said| p().class("quiet").id("embed-counted").text(said)))
        .child(div().attr("role", "status").dynamic(address))
}

/// Whether the app has what is named.
fn there_is(texts: &FramedText, shown: &Frame) -> Result<(), String> {
    let missing = match &shown.view {
        View::Question(id) => without(std::slice::from_ref(id), own::QUESTIONS),
        View::Questions(ids) => without(ids.ids(), own::QUESTIONS),
        View::Step(id) => Some(id).filter(|id| own::step_title(id.as_str()).is_none()),
        View::Exercise(id) => without(std::slice::from_ref(id), own::EXERCISE_IDS),
        View::Made(_) | View::Scene | View::Registry | View::Diagram | View::Console => None,
    };
    missing.map_or(Ok(()), |id| Err(texts.no_such(id)))
}

fn without<'i>(ids: &'i [Id], known: &[&str]) -> Option<&'i Id> {
    ids.iter().find(|id| !known.contains(&id.as_str()))
}

/// What is wrong with an address, and what helps.
fn sentence(texts: &FramedText, problem: &Problem) -> String {
    let place = &problem.place;
    let views = || Kind::ALL.map(Kind::as_str).join(", ");
    let values = |name: Name| {
        let row = Parameter::named(name.as_str())?;
        match row.values {
            Values::OneOf(all) | Values::AnyOf(all) => Some(all.join(", ")),
            Values::Shared | Values::Origin | Values::Line => None,
        }
    };
    match problem.wrong {
        Wrong::View => texts.no_view(place, &views()),
        Wrong::Item(_) => texts.no_item(place),
        Wrong::Recipe => texts.no_recipe(place),
        Wrong::Parameter => {
            let all: Vec<_> = PARAMETERS.iter().map(|row| row.name.as_str()).collect();
            texts.no_parameter(place, &all.join(", "))
        }
        Wrong::Twice(_) => texts.twice(place),
        Wrong::Value(name) => match values(name) {
            Some(all) => texts.no_value(place, &all),
            None => texts.no_start(place),
        },
        Wrong::NotHere(..) => texts.not_here(place),
    }
}
