//! The table of everything that the console can be told: the methods of `MlflowClient`, MLflow's and the lesson's
//! functions, the command lines, and the console's own words. Reading, help and completion all ask it.

use super::statement::Does;
use registry::call::{Call, Question};

mod client;
mod function;
mod param;
#[cfg(test)]
mod tests;

pub use client::{METHODS, OTHER_METHODS};
pub use function::{FUNCTIONS, GET_MODEL, LOAD_FILE, LOAD_URI};
pub use param::{Arguments, Given, Param, Takes};

/// A method or function.
#[derive(Debug)]
pub struct Method {
    /// Where it is found.
    pub owner: Owner,
    /// Its name.
    pub name: &'static str,
    /// Its parameters, in MLflow's order. Those that a call carries come in the order in which it takes them.
    pub params: &'static [Param],
    /// Makes what it does of what was given.
    pub does: fn(&mut Arguments) -> Does,
    /// Whether MLflow warns that it is deprecated.
    pub is_deprecated: bool,
}

/// Where a method or function is found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Owner {
    /// A method of `MlflowClient`.
    Client,
    /// A function of `mlflow`.
    Mlflow,
    /// A function of `mlflow.pyfunc` and its like.
    Flavor,
    /// The lesson's own function.
    Lesson,
}

impl Owner {
    /// What is written before the name.
    #[must_use]
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Client => "client.",
            Self::Mlflow => "mlflow.",
            Self::Flavor => "mlflow.pyfunc.",
            Self::Lesson => "",
        }
    }
}

/// Every method and function.
pub fn all() -> impl Iterator<Item = &'static Method> {
    METHODS
        .iter()
        .chain(&FUNCTIONS)
        .chain([&LOAD_URI, &LOAD_FILE, &GET_MODEL])
}

/// A row of the table.
const fn row(
    owner: Owner,
    name: &'static str,
    params: &'static [Param],
    does: fn(&mut Arguments) -> Does,
) -> Method {
    Method {
        owner,
        name,
        params,
        does,
        is_deprecated: false,
    }
}

impl Method {
    /// The same, but MLflow warns that it is deprecated.
    const fn deprecated(mut self) -> Self {
        self.is_deprecated = true;
        self
    }
}

const fn ask(question: Question) -> Does {
    Does::Call(Call::Ask(question))
}
