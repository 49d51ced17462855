//! stub
pub mod trouble;
pub use trouble::{Form, Span, Trouble, TroubleKind};
use crate::registry::call::Call;
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Does { Nothing, Call(Call), LoadFile{path: String}, GetModel{stage: String} }
pub struct Statement { pub does: Does }
pub struct Script { pub statements: Vec<Statement> }
pub fn read(_text: &str) -> Result<Script, Trouble> { Err(Trouble { form: Form::Shell, at: Span::default(), kind: TroubleKind::TooLong }) }
