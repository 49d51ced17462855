//! What stands at each address, in one table.

use leptos::prelude::*;

use crate::data::lazy::DATA;
use crate::exercises::lazy::{EXERCISES, ExercisePage, STORY};
use crate::practice::lazy::{PRACTICE, PracticePage};
use crate::registry::lazy::PAGES;
use crate::ui::lazy::Loader;
use crate::{data, exercises, lesson, practice, registry};
use ::lesson::own;
use el::El;
use share::route::Route;
use share::task;
use text::{Language, ShellText};

/// An entry of the navigation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Section {
    /// The lesson.
    Lesson,
    /// The questions.
    Practice,
    /// The exercises.
    Exercises,
    /// The registry.
    Registry,
    /// What was learned.
    Progress,
}

impl Section {
    /// All of them, in their order.
    pub const ALL: [Self; 5] = [
        Self::Lesson,
        Self::Practice,
        Self::Exercises,
        Self::Registry,
        Self::Progress,
    ];

    /// Returns where it leads.
    #[must_use]
    pub const fn route(self) -> Route {
        match self {
            Self::Lesson => Route::Home,
            Self::Practice => Route::Practice,
            Self::Exercises => Route::Exercises,
            Self::Registry => Route::Registry,
            Self::Progress => Route::Progress,
        }
    }

    /// Returns what it is called.
    #[must_use]
    pub const fn name(self, texts: &ShellText) -> &'static str {
        match self {
            Self::Lesson => texts.nav_home,
            Self::Practice => texts.nav_practice,
            Self::Exercises => texts.nav_exercises,
            Self::Registry => texts.nav_registry,
            Self::Progress => texts.nav_progress,
        }
    }
}

/// What stands at an address.
pub struct Page {
    /// The entry of the navigation that it belongs to.
    pub section: Option<Section>,
    /// Its title; nothing where the app's name is enough.
    pub title: Option<String>,
    /// What is fetched before it is shown.
    pub ahead: Option<Loader>,
    view: Box<dyn FnOnce() -> Vec<El>>,
}

impl Page {
    fn new(
        section: impl Into<Option<Section>>,
        title: impl Into<Option<String>>,
        ahead: impl Into<Option<Loader>>,
        view: impl FnOnce() -> Vec<El> + 'static,
    ) -> Self {
        Self {
            section: section.into(),
            title: title.into(),
            ahead: ahead.into(),
            view: Box::new(view),
        }
    }

    /// Makes it.
    pub fn view(self) -> Vec<El> {
        (self.view)()
    }
}

/// Returns what stands at an address. A new page is a row here.
#[must_use]
pub fn page(route: Route, text: Language) -> Page {
    use Section::{Exercises, Lesson, Practice, Progress, Registry};
    let texts = text.shell();
    let of = |section: Section| section.name(texts).to_owned();
    let exercise = |ahead: Loader, page: ExercisePage| {
        Page::new(Exercises, of(Exercises), ahead, move || {
            exercises::lazy::page(page)
        })
    };
    let question = |section: Section, page: PracticePage| {
        Page::new(section, of(section), PRACTICE, move || {
            practice::lazy::page(page)
        })
    };
    match route {
        Route::Home => Page::new(Lesson, None, None, || untrack(|| lesson::learn(None))),
        Route::Step(id) => {
            let title = own::step_title(id.as_str()).map(str::to_owned);
            Page::new(Lesson, title, None, move || {
                untrack(|| lesson::learn(Some(&id)))
            })
        }
        Route::Practice => question(Practice, PracticePage::Overview),
        Route::Question(id) => question(Practice, PracticePage::Question(id)),
        Route::Progress => question(Progress, PracticePage::Progress),
        Route::Exercises => exercise(EXERCISES, ExercisePage::List),
        Route::Exercise(id) => exercise(STORY, ExercisePage::Exercise(id)),
        Route::New(query) => exercise(EXERCISES, ExercisePage::New(query)),
        Route::Check(receipt) => Page {
            title: Some(texts.nav_check.to_owned()),
            ..exercise(EXERCISES, ExercisePage::Check(receipt))
        },
        Route::Shared(text) if task::is_meant(&text) => {
            exercise(EXERCISES, ExercisePage::Shared(text))
        }
        Route::Registry => Page::new(Registry, of(Registry), PAGES, || registry::lazy::page(None)),
        Route::Model(name) => Page::new(Registry, name.to_string(), PAGES, move || {
            registry::lazy::page(Some(name))
        }),
        Route::Shared(text) => {
            Page::new(None, of(Registry), DATA, move || data::lazy::shared(&text))
        }
        Route::NotFound(path) => {
            let title = texts.not_found_title.to_owned();
            Page::new(None, title, DATA, move || data::lazy::not_found(&path))
        }
    }
}
