//! The table of everything that the console can be told in Python: the methods of `MlflowClient` (those that change the
//! registry come from the registry's own table), MLflow's and the lesson's functions. Reading, help and completion ask it.

use super::statement::Operation;
use registry::call::{Question, RawCall};

mod client;
mod function;
mod param;
#[cfg(test)]
mod tests;

pub use client::{CLIENT_METHODS, METHODS};
pub use function::{FUNCTIONS, GET_MODEL, LOAD_FILE, LOAD_URI};
pub use registry::parameter::{Arguments, Given, Param, Takes};

/// A method or function.
#[derive(Clone, Copy, Debug)]
pub struct Method {
    /// Where it is found.
    pub owner: Owner,
    pub name: &'static str,
    /// Its parameters, in MLflow's order. Those that a call carries come in the order in which it takes them.
    pub params: &'static [Param],
    /// How what it does is made of what was given.
    makes: Makes,
    /// Whether MLflow warns that it is deprecated.
    pub is_deprecated: bool,
}

/// How what a method does is made of its arguments.
#[derive(Clone, Copy, Debug)]
enum Makes {
    /// As the registry's table of methods says.
    Change,
    /// By this.
    Operation(fn(&mut Arguments) -> Operation),
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
    operation: fn(&mut Arguments) -> Operation,
) -> Method {
    Method {
        owner,
        name,
        params,
        makes: Makes::Operation(operation),
        is_deprecated: false,
    }
}

impl Method {
    /// Returns what it does with arguments that fit its parameters.
    #[must_use]
    pub fn operation(&self, given: &mut Arguments) -> Operation {
        match self.makes {
            Makes::Change => {
                RawCall::with(self.name, given).map_or(Operation::Nothing, Operation::Call)
            }
            Makes::Operation(operation) => operation(given),
        }
    }

    /// The same, but MLflow warns that it is deprecated.
    const fn deprecated(mut self) -> Self {
        self.is_deprecated = true;
        self
    }
}

const fn ask(question: Question) -> Operation {
    Operation::Call(RawCall::Ask(question))
}
