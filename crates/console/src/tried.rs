//! What steps that were tried on a copy would make of the board: for each model that they touch, its versions by stage, and
//! what is other there than it is now.

use registry::event::Event;
use registry::{
    Alias, Entry, ModelName, ModelVersion, RegisteredModel, Registry, Stage, VersionNumber,
};

/// How many versions that stay as they are stand in a column.
const MOST_SAME: usize = 3;
/// How many versions stand in a column at most.
const MOST_CARDS: usize = 20;

/// The board of a model as it would look.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Board {
    /// Its name then; where it would be gone, its name now.
    pub name: ModelName,
    /// What becomes of the model.
    pub becomes: Becomes,
    /// What of the model itself would change.
    pub changes: Vec<ChangedField>,
    /// A column for each stage, from None to Archived.
    pub columns: Vec<Column>,
}

/// What becomes of a model.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Becomes {
    /// It stays.
    Same,
    /// It is made.
    New,
    /// It is deleted.
    Gone,
    /// It had this name.
    Renamed(ModelName),
}

/// A stage with its versions, the newest first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    pub stage: Stage,
    /// All that change, as far as there is room, and some that stay.
    pub cards: Vec<Card>,
    /// How many versions are not among them.
    pub more: usize,
}

/// A version as it would be; one that would be gone, as it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Card {
    pub number: VersionNumber,
    /// What becomes of it.
    pub was: Was,
    /// Its aliases, then those that it would lose.
    pub aliases: Vec<(Alias, Was)>,
    /// What else of it would change.
    pub changes: Vec<ChangedField>,
}

/// Where something was before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Was {
    /// Where it is then.
    Same,
    /// Nowhere.
    New,
    /// Here, where it is no more.
    Gone,
    /// In another stage.
    In(Stage),
}

/// A part of a model or of a version.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ChangedField {
    Description,
    Tags,
    Metrics,
}

impl Card {
    /// Whether anything of it would change.
    pub fn is_changed(&self) -> bool {
        self.was != Was::Same
            || !self.changes.is_empty()
            || self.aliases.iter().any(|(_, was)| *was != Was::Same)
    }
}

/// The boards of the models that steps would change, in the order in which they come to them.
pub fn boards(before: &Registry, after: &Registry, steps: &[Entry]) -> Vec<Board> {
    let mut boards = Vec::new();
    for (was, is) in touched(before, steps) {
        let was = was.and_then(|name| before.model(&name));
        let is = is.and_then(|name| after.model(&name));
        boards.extend(board(was, is).filter(is_changed));
    }
    boards
}

fn is_changed(board: &Board) -> bool {
    board.becomes != Becomes::Same
        || !board.changes.is_empty()
        || board
            .columns
            .iter()
            .any(|column| column.cards.iter().any(Card::is_changed))
}

/// The name of a model now, and its name then; nothing where it is not there.
type Track = (Option<ModelName>, Option<ModelName>);

/// The models that steps come to.
fn touched(before: &Registry, steps: &[Entry]) -> Vec<Track> {
    let mut tracks: Vec<Track> = Vec::new();
    for event in steps.iter().flat_map(|entry| &entry.events) {
        match event {
            Event::ModelCreated { model } => tracks.push((None, Some(model.name().clone()))),
            Event::ModelDeleted { model } => {
                if let Some(track) = track(&mut tracks, before, model.name()) {
                    track.1 = None;
                }
            }
            Event::ModelRenamed { name, .. } => {
                if let Some(track) = track(&mut tracks, before, &name.before) {
                    track.1 = Some(name.after.clone());
                }
            }
            Event::ModelTouched { name, .. }
            | Event::ModelDescribed { name, .. }
            | Event::ModelTagged { name, .. }
            | Event::AliasPointed { name, .. }
            | Event::NumberGiven { name, .. }
            | Event::VersionCreated { name, .. }
            | Event::VersionDeleted { name, .. }
            | Event::StageChanged { name, .. }
            | Event::VersionTouched { name, .. }
            | Event::VersionDescribed { name, .. }
            | Event::VersionTagged { name, .. }
            | Event::MetricLogged { name, .. } => {
                track(&mut tracks, before, name);
            }
            // No script can do it.
            Event::Replaced { .. } => {}
        }
    }
    tracks
}

/// The track of the model that has a name at this moment.
fn track<'t>(
    tracks: &'t mut Vec<Track>,
    before: &Registry,
    name: &ModelName,
) -> Option<&'t mut Track> {
    let known = tracks.iter().position(|(_, is)| is.as_ref() == Some(name));
    if let Some(at) = known {
        return tracks.get_mut(at);
    }
    let is_there = before.model(name).is_some();
    let is_followed = tracks.iter().any(|(was, _)| was.as_ref() == Some(name));
    if is_there && !is_followed {
        tracks.push((Some(name.clone()), Some(name.clone())));
        return tracks.last_mut();
    }
    None
}

fn board(was: Option<&RegisteredModel>, is: Option<&RegisteredModel>) -> Option<Board> {
    let becomes = match (was, is) {
        (Some(was), Some(is)) if was.name() != is.name() => Becomes::Renamed(was.name().clone()),
        (Some(_), Some(_)) => Becomes::Same,
        (None, Some(_)) => Becomes::New,
        (Some(_), None) => Becomes::Gone,
        (None, None) => return None,
    };
    let mut changes = Vec::new();
    if let (Some(was), Some(is)) = (was, is) {
        let parts = [
            (
                ChangedField::Description,
                was.description() != is.description(),
            ),
            (ChangedField::Tags, was.tags() != is.tags()),
        ];
        changes.extend(
            parts
                .into_iter()
                .filter(|(_, it)| *it)
                .map(|(part, _)| part),
        );
    }
    let name = is.or(was)?.name().clone();
    let columns = Stage::ALL.map(|stage| column(was, is, stage));
    Some(Board {
        name,
        becomes,
        changes,
        columns: columns.into(),
    })
}

fn column(was: Option<&RegisteredModel>, is: Option<&RegisteredModel>, stage: Stage) -> Column {
    let there = is.into_iter().flat_map(|model| model.in_stage(stage));
    let gone = was.into_iter().flat_map(|model| model.in_stage(stage));
    let gone = gone.filter(|number| is.is_none_or(|model| model.version(**number).is_none()));
    let mut numbers: Vec<VersionNumber> = there.chain(gone).copied().collect();
    numbers.sort_unstable();
    let count = numbers.len();
    let mut same = 0;
    let cards = numbers.into_iter().rev().filter_map(|number| {
        let card = card(was, is, number)?;
        same += usize::from(!card.is_changed());
        (card.is_changed() || same <= MOST_SAME).then_some(card)
    });
    let cards: Vec<Card> = cards.take(MOST_CARDS).collect();
    Column {
        stage,
        more: count - cards.len(),
        cards,
    }
}

fn card(
    was: Option<&RegisteredModel>,
    is: Option<&RegisteredModel>,
    number: VersionNumber,
) -> Option<Card> {
    let of = |model: Option<&RegisteredModel>| -> Vec<Alias> {
        let aliases = model.into_iter().flat_map(|model| model.aliases_of(number));
        aliases.cloned().collect()
    };
    let (had, has) = (of(was), of(is));
    let before = was.and_then(|model| model.version(number));
    let after = is.and_then(|model| model.version(number));
    let becomes = match (before, after) {
        (Some(before), Some(after)) if before.stage() != after.stage() => Was::In(before.stage()),
        (Some(_), Some(_)) => Was::Same,
        (None, Some(_)) => Was::New,
        (Some(_), None) => Was::Gone,
        (None, None) => return None,
    };
    // Of what comes or goes as a whole, nothing is told in parts.
    let is_whole = matches!(becomes, Was::New | Was::Gone);
    let lost = had.iter().filter(|alias| !has.contains(alias) && !is_whole);
    let lost: Vec<_> = lost.map(|alias| (alias.clone(), Was::Gone)).collect();
    let shown = if after.is_some() { &has } else { &had };
    let kept = shown.iter().map(|alias| {
        let is_new = !is_whole && !had.contains(alias);
        (alias.clone(), if is_new { Was::New } else { Was::Same })
    });
    Some(Card {
        number,
        was: becomes,
        aliases: kept.chain(lost).collect(),
        changes: before
            .zip(after)
            .map(|(before, after)| parts(before, after))
            .unwrap_or_default(),
    })
}

fn parts(before: &ModelVersion, after: &ModelVersion) -> Vec<ChangedField> {
    let parts = [
        (
            ChangedField::Description,
            before.description() != after.description(),
        ),
        (ChangedField::Tags, before.tags() != after.tags()),
        (ChangedField::Metrics, before.metrics() != after.metrics()),
    ];
    let changed = parts.into_iter().filter(|(_, changed)| *changed);
    changed.map(|(part, _)| part).collect()
}
