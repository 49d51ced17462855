//! Which keys there are, behind the prefix that each app puts before them.

use std::fmt;

use lesson::id::Id;

/// No count and no number in a key goes over this: it is what a JavaScript number still holds exactly.
pub(crate) const MAX_NUMBER: u64 = (1 << 53) - 1;
/// No stored count starts higher than this, so that none that goes on from there reaches [`MAX_NUMBER`].
pub(crate) const MAX_COUNT: u64 = MAX_NUMBER / 2;

/// What a workspace is known by: 1 to 40 of `a`–`z`, `0`–`9` and `-`. It never changes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct WorkspaceId(String);

impl WorkspaceId {
    /// Returns the id of the learner's own workspace, which is always there.
    pub fn own() -> Self {
        Self("own".to_owned())
    }

    /// Reads an id. Returns `None` if the text is not one.
    pub fn parse(text: &str) -> Option<Self> {
        Id::parse(text).map(|id| Self(id.to_string()))
    }

    /// Returns the id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for WorkspaceId {
    fn default() -> Self {
        Self::own()
    }
}

impl fmt::Display for WorkspaceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

registry::json_texts!(WorkspaceId StorageKey);

impl TryFrom<String> for WorkspaceId {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("not the id of a workspace")
    }
}

/// The key of a saved value. Prints without the prefix.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum StorageKey {
    /// The settings.
    Settings,
    /// What the learner has done in the lesson and in the questions.
    Progress,
    /// What the console remembers.
    Console,
    /// The plans for classes.
    ClassPlans,
    /// An exercise that is under way.
    Attempt(Id),
    /// A workspace that was deleted, as a whole. What was deleted later has a higher number. When only the last one was kept,
    /// its key had no number: that is number 0.
    Deleted(u64),
    /// The last transaction, until all of it is written under its own keys.
    Transaction,
    /// A workspace's name, rule set and start.
    Header(WorkspaceId),
    /// A workspace's registry as it was before the segment of that number.
    State(WorkspaceId, u64),
    /// A part of a workspace's history.
    Segment(WorkspaceId, u64),
}

impl StorageKey {
    /// Reads a key without its prefix. Returns `None` unless it prints the same again.
    pub fn parse(key: &str) -> Option<Self> {
        if key == "settings" {
            return Some(Self::Settings);
        }
        if key == "progress" {
            return Some(Self::Progress);
        }
        if key == "console" {
            return Some(Self::Console);
        }
        if key == "class" {
            return Some(Self::ClassPlans);
        }
        if let Some(id) = key.strip_prefix("exercise/") {
            return Id::parse(id).map(Self::Attempt);
        }
        if key == "arriving" {
            return Some(Self::Transaction);
        }
        if key == "deleted" {
            return Some(Self::Deleted(0));
        }
        if let Some(number) = key.strip_prefix("deleted/") {
            return parse_number(number)
                .filter(|number| *number > 0)
                .map(Self::Deleted);
        }
        let (id, rest) = key.strip_prefix("ws/")?.split_once('/')?;
        let id = WorkspaceId::parse(id)?;
        match rest.split_once('/') {
            None => (rest == "head").then_some(Self::Header(id)),
            Some(("state", number)) => Some(Self::State(id, parse_number(number)?)),
            Some(("seg", number)) => Some(Self::Segment(id, parse_number(number)?)),
            Some(_) => None,
        }
    }

    /// Returns the workspace that the value belongs to.
    pub const fn workspace(&self) -> Option<&WorkspaceId> {
        match self {
            Self::Settings
            | Self::Progress
            | Self::Console
            | Self::ClassPlans
            | Self::Attempt(_)
            | Self::Deleted(_)
            | Self::Transaction => None,
            Self::Header(id) | Self::State(id, _) | Self::Segment(id, _) => Some(id),
        }
    }
}

/// Reads a number as it is printed: without a sign or leading zeros.
pub(crate) fn parse_number(text: &str) -> Option<u64> {
    let number: u64 = text.parse().ok()?;
    (number <= MAX_NUMBER && number.to_string() == text).then_some(number)
}

impl fmt::Display for StorageKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Settings => f.write_str("settings"),
            Self::Progress => f.write_str("progress"),
            Self::Console => f.write_str("console"),
            Self::ClassPlans => f.write_str("class"),
            Self::Attempt(id) => write!(f, "exercise/{id}"),
            Self::Deleted(0) => f.write_str("deleted"),
            Self::Deleted(number) => write!(f, "deleted/{number}"),
            Self::Transaction => f.write_str("arriving"),
            Self::Header(id) => write!(f, "ws/{id}/head"),
            Self::State(id, number) => write!(f, "ws/{id}/state/{number}"),
            Self::Segment(id, number) => write!(f, "ws/{id}/seg/{number}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(key: &str, expected: Option<StorageKey>) {
        assert_eq!(StorageKey::parse(key), expected, "{key}");
        if let Some(place) = expected {
            assert_eq!(place.to_string(), key);
        }
    }

    #[test]
    fn keys_are_read_as_they_are_printed() {
        let own = WorkspaceId::own;
        check("settings", Some(StorageKey::Settings));
        check("progress", Some(StorageKey::Progress));
        check("console", Some(StorageKey::Console));
        check("class", Some(StorageKey::ClassPlans));
        check(
            "exercise/bad-release",
            Id::parse("bad-release").map(StorageKey::Attempt),
        );
        check("deleted", Some(StorageKey::Deleted(0)));
        check("deleted/1", Some(StorageKey::Deleted(1)));
        check("deleted/0", None);
        check("deleted/01", None);
        check("deleted/", None);
        check("arriving", Some(StorageKey::Transaction));
        check("ws/own/head", Some(StorageKey::Header(own())));
        check("ws/own/seg/0", Some(StorageKey::Segment(own(), 0)));
        check("ws/own/state/12", Some(StorageKey::State(own(), 12)));
        for other in [
            "",
            "exercise/",
            "exercise/a/b",
            "ws",
            "ws/own",
            "ws/own/",
            "ws//head",
            "ws/Own/head",
            "ws/own/head/",
            "ws/own/seg/",
            "ws/own/seg/007",
            "ws/own/seg/+7",
            "ws/own/seg/9007199254740992",
            "ws/own/seg/1/2",
            "ws/own/other/1",
        ] {
            check(other, None);
        }
    }
}
