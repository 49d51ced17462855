//! stub
use crate::registry::Time;
use crate::registry::json::{FromJson, JsonError, ToJson, Writer};
#[derive(Clone, Default, PartialEq, Debug)]
pub struct Progress { steps: Vec<String>, place: Option<String> }
impl Progress {
    pub fn place(&self) -> Option<&str> { self.place.as_deref() }
    pub fn set_place(&mut self, id: &str, _at: Time) { self.place = Some(id.to_owned()); }
    pub fn step_done(&mut self, id: &str, _at: Time) { self.steps.push(id.to_owned()); }
    pub fn is_step_done(&self, id: &str) -> bool { self.steps.iter().any(|step| step == id) }
    pub fn merge(&mut self, _other: &Self) {}
}
impl ToJson for Progress { fn write(&self, out: &mut Writer) { out.object(&|_| ()); } }
impl FromJson for Progress { fn from_json(_v: serde_json::Value) -> Result<Self, JsonError> { Ok(Self::default()) } }
