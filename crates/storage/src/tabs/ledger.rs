//! Which requests of other tabs are in a journal already. It is stored in the same `set` as the records that they led
//! to, so that whoever takes over knows what was carried out, whatever moment the last writer was lost at.

use super::id::TabId;

/// How many tabs are remembered: those that asked last. A tab that was forgotten says itself what is done.
const MOST: usize = 16;

/// The last request of each tab that is in a journal.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Ledger(Vec<(TabId, u64)>);

impl Ledger {
    /// Returns the number of the last request of a tab; 0 where there is none.
    pub(crate) fn last(&self, tab: &TabId) -> u64 {
        let found = self.0.iter().find(|(known, _)| known == tab);
        found.map_or(0, |(_, number)| *number)
    }

    /// Enters a request.
    pub(crate) fn enter(&mut self, tab: &TabId, number: u64) {
        let number = number.max(self.last(tab));
        self.0.retain(|(known, _)| known != tab);
        self.0.push((tab.clone(), number));
        let forgotten = self.0.len().saturating_sub(MOST);
        self.0.drain(..forgotten);
    }

    /// As it stands in a stored value: a field, or nothing where there is nothing to say.
    pub(crate) fn field(&self) -> String {
        if self.0.is_empty() {
            return String::new();
        }
        let parts: Vec<String> = self
            .0
            .iter()
            .map(|(tab, number)| format!("\"{tab} {number}\""))
            .collect();
        format!(r#""seen":[{}],"#, parts.join(","))
    }

    /// Reads what [`Ledger::field`] has written.
    pub(crate) fn read(parts: &[serde_json::Value]) -> Option<Self> {
        let mut ledger = Self::default();
        for part in parts {
            let (tab, number) = part.as_str()?.split_once(' ')?;
            ledger.enter(&TabId::parse(tab)?, number.parse().ok()?);
        }
        Some(ledger)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use registry::json;

    fn check(entries: &[(&str, u64)], expected: &str) {
        let mut ledger = Ledger::default();
        for (tab, number) in entries {
            ledger.enter(&TabId::parse(tab).unwrap(), *number);
        }
        assert_eq!(ledger.field(), expected);
        let value = json::parse(&format!("{{{}\"x\":0}}", ledger.field())).unwrap();
        let parts = value.get("seen").and_then(|seen| seen.as_array().cloned());
        assert_eq!(Ledger::read(&parts.unwrap_or_default()), Some(ledger));
    }

    #[test]
    fn the_last_request_of_each_tab_counts() {
        check(&[], "");
        check(&[("a", 1), ("b", 7), ("a", 2)], r#""seen":["b 7","a 2"],"#);
        check(&[("a", 5), ("a", 3)], r#""seen":["a 5"],"#);
    }

    #[test]
    fn the_tabs_that_asked_last_are_remembered() {
        let mut ledger = Ledger::default();
        let tab = |at: usize| TabId::parse(&format!("w{at}")).unwrap();
        for at in 0..=MOST {
            ledger.enter(&tab(at), 9);
        }
        assert_eq!(ledger.last(&tab(0)), 0);
        assert_eq!(ledger.last(&tab(1)), 9);
    }
}
