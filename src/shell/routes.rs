//! What stands at each address, in one table.

use leptos::prelude::*;

use crate::class::lazy::{CLASS, ClassPage};
use crate::data::lazy::DATA;
use crate::embed::lazy::EMBED;
use crate::exercises::lazy::{EXERCISES, ExercisePage, NEW, STORY};
use crate::lesson::lazy::LESSON;
use crate::practice::lazy::{PRACTICE, PracticePage, QUESTION};
use crate::registry::lazy::PAGES;
use crate::start::lazy::SCENE;
use crate::ui::lazy::Loader;
use crate::{class, data, embed, exercises, lesson, practice, registry, start};
use ::lesson::own;
use el::El;
use share::route::Route;
use share::{class_plan, task};
use text::{Language, ShellText};

/// An entry of the navigation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Section {
    /// The start page.
    Start,
    Lesson,
    Practice,
    Exercises,
    Registry,
    /// What was learned.
    Progress,
}

impl Section {
    /// All of them, in their order.
    pub const ALL: [Self; 6] = [
        Self::Start,
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
            Self::Start => Route::Home,
            Self::Lesson => Route::Lesson,
            Self::Practice => Route::Practice,
            Self::Exercises => Route::Exercises,
            Self::Registry => Route::Registry,
            Self::Progress => Route::Progress,
        }
    }

    /// Returns the shape of its icon in a phone's tab bar; nothing where it has no place there.
    #[must_use]
    pub const fn shape(self) -> Option<&'static str> {
        match self {
            Self::Start => Some(
                "M12 2.800l9.500 8.700-1.400 1.500L19 12v8.500h-5.500v-6h-3v6H5V12l-1.100 1-1.400-1.500z",
            ),
            Self::Lesson => Some(
                "M2.500 5c3.200-1.300 6.400-1 9.500.8 3.100-1.800 6.300-2.100 9.500-.8v14.200c-3.200-1.300-6.400-1-9.500.8-3.100-1.800-6.300-2.100-9.500-.8zM4.500 6.500v10.300c2.200-.5 4.400-.2 6.500.7V7.500c-2.100-1.100-4.300-1.400-6.500-1zM19.500 6.500c-2.200-.4-4.400-.1-6.500 1v10c2.100-.9 4.300-1.200 6.500-.7z",
            ),
            Self::Practice => Some(
                "M12 2.500a9.500 9.500 0 1 0 0 19a9.500 9.500 0 1 0 0-19zm0 2a7.500 7.500 0 1 1 0 15a7.500 7.500 0 1 1 0-15zm-1.300 11.700l-4-4 1.400-1.400 2.600 2.600 5.600-5.600 1.400 1.400z",
            ),
            Self::Exercises => Some("M5 2.500h2v1h13l-3 4.700 3 4.800H7v8.500H5z"),
            Self::Registry => Some("M3 4h5v16.500H3zM9.500 4h5v11h-5zM16 4h5v7h-5z"),
            Self::Progress => None,
        }
    }

    /// Returns what it is called.
    #[must_use]
    pub const fn name(self, texts: &ShellText) -> &'static str {
        match self {
            Self::Start => texts.nav_start,
            Self::Lesson => texts.nav_learn,
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
    use Section::{Exercises, Lesson, Practice, Progress, Registry, Start};
    let texts = text.shell();
    let of = |section: Section| section.name(texts).to_owned();
    let exercise = |ahead: Loader, page: ExercisePage| {
        Page::new(Exercises, of(Exercises), ahead, move || {
            exercises::lazy::page(page)
        })
    };
    let practised = |section: Section, page: PracticePage| {
        Page::new(section, of(section), PRACTICE, move || {
            practice::lazy::page(page)
        })
    };
    let in_class = |page: ClassPage| {
        let title = texts.nav_class.to_owned();
        Page::new(None, title, CLASS, move || class::lazy::page(page))
    };
    match route {
        Route::Home => Page::new(Start, None, SCENE, || untrack(start::start)),
        Route::Lesson => Page::new(Lesson, of(Lesson), LESSON, || lesson::lazy::step(None)),
        Route::Tutorials => {
            let title = text.learn().claims_title.to_owned();
            Page::new(
                Lesson,
                title,
                lesson::claims_lazy::CLAIMS,
                lesson::claims_lazy::claims,
            )
        }
        Route::Step(id) => {
            let title = own::step_title(id.as_str()).map(str::to_owned);
            Page::new(Lesson, title, LESSON, move || lesson::lazy::step(Some(id)))
        }
        Route::Practice => practised(Practice, PracticePage::Overview),
        Route::Question(id) => Page::new(Practice, of(Practice), QUESTION, move || {
            practice::lazy::question(id)
        }),
        Route::Progress => practised(Progress, PracticePage::Progress),
        Route::Settings => {
            let title = texts.nav_settings.to_owned();
            Page::new(None, title, DATA, data::lazy::settings)
        }
        Route::Exercises => exercise(EXERCISES, ExercisePage::List),
        Route::Exercise(id) => exercise(STORY, ExercisePage::Exercise(id)),
        Route::New(query) => exercise(NEW, ExercisePage::New(query)),
        Route::Check(receipt) => Page {
            title: Some(texts.nav_check.to_owned()),
            ..exercise(EXERCISES, ExercisePage::Check(receipt))
        },
        Route::Shared(text) if task::is_meant(&text) => {
            exercise(EXERCISES, ExercisePage::Shared(text))
        }
        Route::Embed(view) => Page::new(None, None, EMBED, move || embed::lazy::page(&view)),
        Route::Shared(text) if class_plan::is_meant(&text) => in_class(ClassPage::Shared(text)),
        Route::Class => in_class(ClassPage::Presenter),
        Route::Paper(paper) => in_class(ClassPage::Paper(paper)),
        Route::Audience => in_class(ClassPage::Audience),
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
