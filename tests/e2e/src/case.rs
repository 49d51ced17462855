//! One test.

use std::pin::Pin;

use crate::browser::{Kind, Without};
use crate::failure::Outcome;
use crate::page::Page;

/// What a test does with the page it gets.
pub type Steps = fn(Page) -> Pin<Box<dyn Future<Output = Outcome>>>;

/// A test: it gets a page with nothing saved, and must leave nothing behind but saved data.
#[derive(Debug, Clone, Copy)]
pub struct Case {
    /// Its topic and name.
    pub name: &'static str,
    /// What it does.
    pub steps: Steps,
    /// The only browser it is meant for, if so.
    pub only: Option<Kind>,
    /// What is switched off in the browser.
    pub without: Without,
}

impl Case {
    /// A test for every browser.
    #[must_use]
    pub const fn new(name: &'static str, steps: Steps) -> Self {
        Self {
            name,
            steps,
            only: None,
            without: Without::Nothing,
        }
    }

    /// The same test, for one browser only.
    #[must_use]
    pub const fn only(self, kind: Kind) -> Self {
        Self {
            only: Some(kind),
            ..self
        }
    }

    /// The same test, in a browser that lets the page store nothing.
    #[must_use]
    pub const fn without_storage(self) -> Self {
        Self {
            without: Without::Storage,
            ..self
        }
    }

    /// The same test, in a browser that lets a page in a page of another site store nothing.
    #[must_use]
    pub const fn without_third_parties(self) -> Self {
        Self {
            without: Without::ThirdParties,
            ..self
        }
    }

    /// The same test, in a browser that runs no script of a page. It opens the page itself, and what asks the page by
    /// script is of no use to it.
    #[must_use]
    pub const fn without_scripts(self) -> Self {
        Self {
            without: Without::Scripts,
            ..self
        }
    }
}

/// Makes cases out of functions `async fn(Page) -> Outcome`. After a function may follow, in brackets, what the case is
/// changed by: `a_test [only(Kind::Chromium)]`.
#[macro_export]
macro_rules! cases {
    ($($test:ident $([$($change:tt)*])?),* $(,)?) => {
        /// The tests of this topic.
        pub fn cases() -> Vec<$crate::Case> {
            vec![$(
                $crate::Case::new(
                    concat!(module_path!(), "::", stringify!($test)),
                    |page| Box::pin($test(page)),
                )$(.$($change)*)?
            ),*]
        }
    };
}
