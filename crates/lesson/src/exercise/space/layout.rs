//! What a packed state holds: models, versions, aliases and tags, each in some of its bits.

use crate::condition::Condition;
use crate::exercise::{Allowed, Task};
use registry::uri::ModelUri;
use registry::{
    Alias, ModelName, RegisteredModel, Registry, Stage, TagKey, TagValue, VersionNumber,
};

/// An exercise has more versions, aliases or tags than the solver can take in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct TooLarge;

/// A field of a packed state: some of its bits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    pub(super) at: u32,
    pub(super) mask: u128,
}

impl Field {
    pub(super) fn get(self, state: u128) -> usize {
        // A field is a few bits wide.
        usize::try_from(state >> self.at & self.mask).unwrap_or_default()
    }

    pub(super) const fn with(self, state: u128, value: usize) -> u128 {
        state & !(self.mask << self.at) | (value as u128 & self.mask) << self.at
    }
}

/// Gives out bits, from the lowest on.
#[derive(Default)]
pub(super) struct BitAllocator {
    pub(super) used: u32,
}

impl BitAllocator {
    /// Returns a field for values up to `most`.
    pub(super) fn field(&mut self, most: usize) -> Result<Field, TooLarge> {
        let bits = usize::BITS - most.leading_zeros();
        // A field without values has no bits, and may not lie behind the last one.
        let at = self.used.min(u128::BITS - 1);
        self.used += bits;
        if self.used > u128::BITS {
            return Err(TooLarge);
        }
        Ok(Field {
            at,
            mask: (1 << bits) - 1,
        })
    }
}

/// Where a model stands in a packed state.
#[derive(Debug)]
pub(super) struct ModelLayout {
    pub(super) name: ModelName,
    pub(super) there: Field,
    /// The last number given out, where there can be new versions, and how far that goes.
    pub(super) last: Option<(Field, u32)>,
    /// The versions that there can be, in ascending order.
    pub(super) slots: Vec<Slot>,
    pub(super) aliases: Vec<(Alias, Field)>,
    pub(super) tags: Vec<Field>,
}

/// Where a version stands in a packed state.
#[derive(Debug)]
pub(super) struct Slot {
    pub(super) number: VersionNumber,
    /// 0 where it is not there, else one more than the index of its stage.
    pub(super) stage: Field,
    pub(super) proven: Option<Field>,
    pub(super) tags: Vec<Field>,
}

/// A tag that a condition asks for: its values; every other value counts as one.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) key: TagKey,
    pub(super) of_version: bool,
    pub(super) values: Vec<TagValue>,
}

impl Key {
    pub(super) fn code(&self, value: Option<&TagValue>) -> usize {
        match value {
            None => 0,
            Some(value) => {
                let known = self.values.iter().position(|known| known == value);
                known.unwrap_or(self.values.len()) + 1
            }
        }
    }
}

pub(super) const NOWHERE: usize = 0;

pub(super) const fn code(stage: Stage) -> usize {
    stage.index() + 1
}

/// Returns the tags that conditions ask for. All models of a space have all of them: a copy takes them along.
pub(super) fn keys(conditions: &[&Condition]) -> Vec<Key> {
    let mut keys: Vec<Key> = Vec::new();
    for condition in conditions {
        let (key, of_version, values): (_, _, Vec<&TagValue>) = match condition {
            Condition::Tagged {
                version,
                key,
                value,
                ..
            } => (key, version.is_some(), value.iter().collect()),
            Condition::TaggedAny {
                version,
                key,
                values,
                ..
            } => (key, version.is_some(), values.iter().collect()),
            _ => continue,
        };
        let at = keys
            .iter()
            .position(|known| known.key == *key && known.of_version == of_version);
        let at = at.unwrap_or_else(|| {
            keys.push(Key {
                key: key.clone(),
                of_version,
                values: Vec::new(),
            });
            keys.len() - 1
        });
        if let Some(known) = keys.get_mut(at) {
            for value in values {
                if !known.values.contains(value) {
                    known.values.push(value.clone());
                }
            }
        }
    }
    keys
}

/// Returns the aliases of a model that conditions ask for.
pub(super) fn aliases(name: &ModelName, conditions: &[&Condition]) -> Vec<Alias> {
    let mut aliases = Vec::new();
    for condition in conditions {
        let found = match condition {
            Condition::AliasAt { model, alias, .. } if model == name => Some(alias.clone()),
            Condition::Answers { uri, .. } | Condition::AnswersAny { uri } => {
                match ModelUri::parse(uri) {
                    Ok(ModelUri::Alias { name: of, alias }) if of == name.as_str() => {
                        Alias::parse(&alias).ok()
                    }
                    _ => None,
                }
            }
            _ => None,
        };
        aliases.extend(found.filter(|alias| !alias.is_latest() && !aliases.contains(alias)));
    }
    aliases
}

impl ModelLayout {
    pub(super) fn new(
        task: &Task,
        has_policy: bool,
        start: &Registry,
        model: &RegisteredModel,
        conditions: &[&Condition],
        keys: &[Key],
        bits: &mut BitAllocator,
    ) -> Result<Self, TooLarge> {
        let grows = task.allow.iter().any(|allowed| match allowed {
            Allowed::CreateVersion { .. } => true,
            Allowed::CopyVersion(target) => target == model.name(),
            _ => false,
        });
        let most = task
            .last_number(start, model.name())
            .filter(|_| grows)
            .map(VersionNumber::get);
        let numbers: Vec<VersionNumber> = match most {
            // A model that is deleted and made again counts from 1.
            Some(most) => (1..=most).filter_map(VersionNumber::new).collect(),
            None => model.versions().map(|version| version.number()).collect(),
        };
        let there = bits.field(1)?;
        let last = match most {
            Some(most) => Some((bits.field(most as usize)?, most)),
            None => None,
        };
        let mut slots = Vec::with_capacity(numbers.len());
        for number in numbers {
            let mut tags = Vec::with_capacity(keys.len());
            for key in keys {
                // A key that only models have takes no room in a version.
                let most = if key.of_version {
                    key.values.len() + 1
                } else {
                    0
                };
                tags.push(bits.field(most)?);
            }
            slots.push(Slot {
                number,
                stage: bits.field(Stage::ALL.len())?,
                proven: if has_policy {
                    Some(bits.field(1)?)
                } else {
                    None
                },
                tags,
            });
        }
        let mut pointers = Vec::new();
        for alias in aliases(model.name(), conditions) {
            pointers.push((alias, bits.field(slots.len())?));
        }
        let mut tags = Vec::with_capacity(keys.len());
        for key in keys {
            let most = if key.of_version {
                0
            } else {
                key.values.len() + 1
            };
            tags.push(bits.field(most)?);
        }
        Ok(Self {
            name: model.name().clone(),
            there,
            last,
            slots,
            aliases: pointers,
            tags,
        })
    }

    pub(super) fn read(
        &self,
        model: &RegisteredModel,
        keys: &[Key],
        mut state: u128,
    ) -> Option<u128> {
        state = self.there.with(state, 1);
        if let Some((field, most)) = self.last {
            let last = model.last_number().map_or(0, VersionNumber::get);
            if last > most {
                return None;
            }
            state = field.with(state, last as usize);
        }
        for version in model.versions() {
            let slot = self.slots.get(self.slot(version.number())?)?;
            state = slot.stage.with(state, code(version.stage()));
            if let Some(proven) = slot.proven {
                state = proven.with(state, usize::from(version.has_been_live()));
            }
            for (key, field) in keys.iter().zip(&slot.tags) {
                state = field.with(state, key.code(version.tags().get(&key.key)));
            }
        }
        for (alias, field) in &self.aliases {
            let to = model
                .aliases()
                .get(alias)
                .and_then(|number| self.slot(*number));
            state = field.with(state, to.map_or(NOWHERE, |slot| slot + 1));
        }
        for (key, field) in keys.iter().zip(&self.tags) {
            state = field.with(state, key.code(model.tags().get(&key.key)));
        }
        Some(state)
    }

    pub(super) fn slot(&self, number: VersionNumber) -> Option<usize> {
        self.slots
            .binary_search_by_key(&number, |slot| slot.number)
            .ok()
    }

    pub(super) fn alias(&self, alias: &Alias) -> Option<usize> {
        self.aliases.iter().position(|(known, _)| known == alias)
    }

    pub(super) fn stage(&self, slot: usize, state: u128) -> usize {
        self.slots
            .get(slot)
            .map_or(NOWHERE, |slot| slot.stage.get(state))
    }

    pub(super) fn points_to(&self, alias: usize, state: u128) -> Option<usize> {
        let (_, field) = self.aliases.get(alias)?;
        field.get(state).checked_sub(1)
    }

    /// Returns the versions in a stage, in ascending order.
    pub(super) fn in_stage(&self, stage: Stage, state: u128) -> impl Iterator<Item = usize> {
        self.with_code(state, move |found| found == code(stage))
    }

    /// Returns the versions that are there, in ascending order.
    pub(super) fn present(&self, state: u128) -> impl Iterator<Item = usize> {
        self.with_code(state, |found| found != NOWHERE)
    }

    pub(super) fn with_code(
        &self,
        state: u128,
        is: impl Fn(usize) -> bool,
    ) -> impl Iterator<Item = usize> {
        let all = self.slots.iter().enumerate();
        all.filter(move |(_, slot)| is(slot.stage.get(state)))
            .map(|(at, _)| at)
    }

    /// Returns the state without a version, and without the aliases that point to it.
    pub(super) fn without(&self, slot: usize, mut state: u128) -> u128 {
        if let Some(version) = self.slots.get(slot) {
            state = version.cleared(state);
        }
        for (at, (_, field)) in self.aliases.iter().enumerate() {
            if self.points_to(at, state) == Some(slot) {
                state = field.with(state, NOWHERE);
            }
        }
        state
    }

    /// Returns the state without the model.
    pub(super) fn emptied(&self, mut state: u128) -> u128 {
        for slot in &self.slots {
            state = slot.cleared(state);
        }
        let others = self.aliases.iter().map(|(_, field)| field);
        let others = others.chain(&self.tags).chain([&self.there]);
        for field in others.chain(self.last.as_ref().map(|(field, _)| field)) {
            state = field.with(state, NOWHERE);
        }
        state
    }

    /// Returns the state with one more version, which has these tags. A model that is not there is made.
    pub(super) fn grown(&self, mut state: u128, tags: &[usize]) -> Option<u128> {
        let (field, most) = self.last.as_ref()?;
        let number = field.get(state) + 1;
        if number > *most as usize {
            return None;
        }
        state = field.with(self.there.with(state, 1), number);
        // The slots of a model that grows are all numbers from 1.
        let slot = self.slots.get(number - 1)?;
        state = slot.stage.with(state, code(Stage::None));
        for (field, code) in slot.tags.iter().zip(tags) {
            state = field.with(state, *code);
        }
        Some(state)
    }
}

impl Slot {
    pub(super) fn stage(&self, state: u128) -> Option<Stage> {
        let at = self.stage.get(state).checked_sub(1)?;
        Stage::ALL.get(at).copied()
    }

    pub(super) fn cleared(&self, mut state: u128) -> u128 {
        for field in self.tags.iter().chain([&self.stage]).chain(&self.proven) {
            state = field.with(state, NOWHERE);
        }
        state
    }
}
