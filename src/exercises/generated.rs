//! Exercises that are made from a recipe: what they should be like is chosen here, and stands in the address.

use std::cell::RefCell;
use std::time::Duration;

use leptos::prelude::*;

use crate::browser;
use crate::exercises::attempt::Origin;
use crate::session::{use_announcer, use_language};
use crate::ui::page::title;
use el::{El, RwSignal, action, details, div, el, ev, input, label, p, select, span, summary};
use lesson::exercise::generate::{Making, Purpose, Recipe};
use lesson::exercise::recipe_query::RecipeQuery;
use lesson::exercise::{Exercise, Task};
use lesson::pack::{Id, Pack};
use share::route::Route;
use text::{Language, exercise};

/// Numbers that are drawn are below this: short enough to be said aloud.
const DRAWN: u32 = 1_000_000;
/// Made exercises all have this id here: what is kept of one is kept by its recipe.
const ID: &str = "new";

thread_local! {
    /// What was made already. It stays as long as the page is open: the same recipe makes the same exercise.
    static MADE: RefCell<Vec<(Recipe, Option<&'static Exercise>)>> = const { RefCell::new(Vec::new()) };
}

/// The page of what stands behind the `?` of an address.
pub fn made(pack: &'static Pack, query: &str) -> Vec<El> {
    let language = use_language();
    let texts = language.tasks();
    let head = move || title(texts.made_title);
    let Some(query) = RecipeQuery::parse(query) else {
        let usual = RecipeQuery::parse("").map(|query| query.recipe);
        return vec![
            div()
                .class("reading section")
                .child(head())
                .child(p().text(texts.bad_query))
                .children(usual.map(|recipe| controls(recipe, true))),
        ];
    };
    let waiting = move || {
        div()
            .class("reading section awaited")
            .child(head())
            .child(p().attr("role", "status").text(texts.making))
    };
    if query.seed.is_none() {
        draw(query.recipe);
        return vec![waiting()];
    }
    let recipe = query.recipe;
    let found = RwSignal::new(known(recipe));
    if found.with_untracked(Option::is_none) {
        // The page says first that it is at work, and is then at work.
        request_animation_frame(move || go_on(language, found, Making::new(recipe), recipe));
    }
    let content = move || match found.get() {
        None => vec![waiting()],
        Some(None) => vec![
            div()
                .class("reading section")
                .child(head())
                .child(p().text(language.exercises().no_task))
                .child(controls(recipe, true)),
        ],
        Some(Some(exercise)) => untrack(|| {
            let mut shown = crate::exercises::exercise(pack, exercise, Origin::Made(recipe));
            let place = shown.len().min(1);
            shown.insert(place, controls(recipe, false));
            shown
        }),
    };
    vec![div().class("parts").dynamic(content)]
}

/// Tries a draw, and then the next one, as long as the page is there.
fn go_on(
    language: Language,
    found: RwSignal<Option<Option<&'static Exercise>>>,
    mut making: Making,
    recipe: Recipe,
) {
    let slice = move || {
        if found.update_if(|_| (false, ())).is_none() {
            return;
        }
        let Some(made) = making.draw() else {
            return go_on(language, found, making, recipe);
        };
        let exercise = made.and_then(|made| of(language, recipe, made.task));
        let waits = browser::focused().is_some_and(|it| it.id() == "page-title");
        found.set(Some(keep(recipe, exercise)));
        if waits {
            browser::focus_soon("page-title");
        }
    };
    set_timeout(slice, Duration::ZERO);
}

/// Goes to an exercise that chance draws.
fn draw(recipe: Recipe) {
    let seed = u64::from(browser::chance(DRAWN));
    if let Some(drawn) = with_seed(recipe, seed) {
        browser::go_instead(&address(drawn));
    }
}

fn with_seed(recipe: Recipe, seed: u64) -> Option<Recipe> {
    Recipe::new(
        seed,
        recipe.purpose(),
        recipe.par(),
        recipe.models(),
        recipe.distractors(),
    )
}

fn address(recipe: Recipe) -> Route {
    Route::New(RecipeQuery::from(recipe).to_string())
}

/// What was made of a recipe, if that was tried.
fn known(recipe: Recipe) -> Option<Option<&'static Exercise>> {
    MADE.with_borrow(|made| {
        let known = made.iter().find(|(known, _)| *known == recipe);
        known.map(|(_, exercise)| *exercise)
    })
}

fn keep(recipe: Recipe, exercise: Option<Exercise>) -> Option<&'static Exercise> {
    let exercise = exercise.map(|exercise| &*Box::leak(Box::new(exercise)));
    MADE.with_borrow_mut(|made| made.push((recipe, exercise)));
    exercise
}

/// The exercise of a recipe.
fn of(text: Language, recipe: Recipe, task: Task) -> Option<Exercise> {
    Some(Exercise {
        id: Id::parse(ID)?,
        ..exercise::with_words(text, &recipe, task)?
    })
}

/// What the exercise should be like, to be chosen.
fn controls(recipe: Recipe, open: bool) -> El {
    let (language, announcer) = (use_language(), use_announcer());
    let texts = language.tasks();
    let purpose = RwSignal::new(recipe.purpose().as_str().to_owned());
    let [par, models, distractors] = [recipe.par(), recipe.models(), recipe.distractors()]
        .map(|it| RwSignal::new(it.to_string()));
    let seed = RwSignal::new(recipe.seed().to_string());
    let wrong = RwSignal::new(String::new());
    let purposes = Purpose::ALL.map(|one| {
        let (name, _) = exercise::made(language, one);
        (one.as_str().to_owned(), name.to_owned())
    });
    let numbers = |range: std::ops::RangeInclusive<u32>| {
        let both = range.map(|number| (number.to_string(), number.to_string()));
        both.collect::<Vec<_>>()
    };
    let seed_field = label()
        .class("field")
        .child(span().text(texts.seed))
        .child(span().class("hint").text(texts.seed_hint))
        .child(
            input()
                .id("made-seed")
                .attr("maxlength", "40")
                .attr("type", "text")
                .attr("inputmode", "numeric")
                .attr("autocomplete", "off")
                .prop("value", move || seed.get().into())
                .on_value(ev::input, move |typed| seed.set(typed)),
        );
    let wanted = move |number: u64| {
        let of = |live: RwSignal<String>| live.with_untracked(|text| text.parse::<u32>().ok());
        let purpose = purpose.with_untracked(|name| Purpose::named(name))?;
        Recipe::new(number, purpose, of(par)?, of(models)?, of(distractors)?)
    };
    let go = move |number: u64| match wanted(number) {
        Some(recipe) if !recipe.is_varied() => {
            wrong.set(language.exercise_list().made_few_kinds.to_owned());
        }
        Some(recipe) => {
            wrong.set(String::new());
            browser::go(&address(recipe));
        }
        None => wrong.set(texts.wrong_numbers(&Recipe::PAR_OF_ONE)),
    };
    let this_one = action(texts.make, move || {
        match seed.with_untracked(|seed| seed.trim().parse()) {
            Ok(number) => go(number),
            Err(_) => wrong.set(texts.wrong_seed.to_owned()),
        }
    })
    .id("made-make");
    let another = action(texts.another, move || go(browser::chance(DRAWN).into()))
        .id("made-another")
        .class("primary");
    let link = browser::address(&address(recipe));
    let copy = action(texts.copy_address, move || announcer.copy(link.clone()));
    let fold = details().class("panel made").attr("open", open);
    fold.child(summary().text(texts.made_choose))
        .child(p().class("quiet").text(texts.made_intro))
        .child(
            div()
                .class("made-fields")
                .child(choice(
                    "made-purpose",
                    texts.purpose,
                    purpose,
                    purposes.to_vec(),
                ))
                .child(choice("made-par", texts.par, par, numbers(Recipe::PAR)))
                .child(choice(
                    "made-models",
                    texts.model_count,
                    models,
                    numbers(Recipe::MODELS),
                ))
                .child(choice(
                    "made-distractors",
                    texts.distractors,
                    distractors,
                    numbers(Recipe::DISTRACTORS),
                ))
                .child(seed_field),
        )
        .child(
            p().class("field-error")
                .attr("role", "status")
                .text(move || wrong.get()),
        )
        .child(
            div()
                .class("actions")
                .child(another)
                .child(this_one)
                .child(copy),
        )
}

fn choice(id: &str, name: &str, chosen: RwSignal<String>, options: Vec<(String, String)>) -> El {
    let now = chosen.get_untracked();
    let options = options.into_iter().map(|(value, name)| {
        el("option")
            .attr("selected", value == now)
            .attr("value", value)
            .text(name)
    });
    label().class("field").child(span().text(name)).child(
        select()
            .id(id)
            .children(options)
            .on_value(ev::change, move |value| chosen.set(value)),
    )
}
