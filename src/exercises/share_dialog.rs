//! The dialog that gives an exercise out: by its own address, as a link with everything in it, as a file.

use std::rc::Rc;

use crate::browser;
use crate::data::share_dialog::given;
use crate::exercises::attempt::{Origin, Work};
use crate::ui::modal::closed_by;
use crate::ui::modal::part;
use el::{El, action, div, p};
use lesson::exercise::Exercise;
use lesson::exercise::recipe_query::RecipeQuery;
use lesson::pack;
use share::route::Route;
use share::task;
use text::exercise::made_id;

/// The dialog.
pub fn dialog(work: Work) -> El {
    let texts = work.language.task_share();
    let shared = Exercise {
        id: match work.origin {
            Origin::Made(recipe) => made_id(&recipe),
            Origin::Pack | Origin::Shared(_) => None,
        }
        .unwrap_or_else(|| work.exercise.id.clone()),
        ..work.exercise.clone()
    };
    let own = match work.origin {
        Origin::Pack => Some((Route::Exercise(shared.id.clone()), texts.own_intro)),
        Origin::Made(recipe) => {
            let query = RecipeQuery::from(recipe).to_string();
            Some((Route::New(query), texts.made_intro))
        }
        Origin::Shared(_) => None,
    };
    let own = own.map(|(route, intro)| {
        let address = browser::address(&route);
        given(part(texts.own), "share-own", intro, address, true)
    });
    let close = Rc::new(move || work.sharing.set(false));
    let by_button = close.clone();
    let done = action(work.language.shell().close, move || by_button());
    let content = div()
        .class("form")
        .children(own)
        .child(whole(work, &shared))
        .child(file(work, &shared))
        .child(div().class("actions").child(done));
    closed_by(texts.title.to_owned(), content, close)
}

/// The link with everything in it; where it does not fit, that is said.
fn whole(work: Work, shared: &Exercise) -> El {
    let texts = work.language.task_share();
    let part = part(texts.whole);
    let address = task::print(work.pack, shared)
        .and_then(|text| browser::short_address(&Route::Shared(text)));
    match address {
        Some(address) => {
            let only = matches!(work.origin, Origin::Shared(_));
            given(part, "share-whole", texts.whole_intro, address, only)
        }
        None => part.child(p().id("share-long").text(texts.whole_long)),
    }
}

fn file(work: Work, shared: &Exercise) -> El {
    let texts = work.language.task_share();
    let name = format!("model-stages-exercise-{}.json", shared.id);
    let json = pack::standalone(work.pack, shared);
    let save = action(work.language.share().json, move || {
        browser::download(&name, &json);
    });
    part(work.language.share().file)
        .child(p().class("quiet").text(texts.file_intro))
        .child(div().class("actions").child(save))
}
