//! The states that matter to an exercise, each packed into one number, and what every command makes of them.
//!
//! What no condition of the goal and no rule asks for is left out: times, descriptions, metrics, other tags and aliases.
//! So what differs only in that is one state, and all of them can be looked at. The rules are read from the same
//! [`TeamPolicy`] as the registry reads them; `tests/exercises` holds, for every state of every exercise that the solver
//! comes to, that it does what [`Registry::decide`] does.

use super::super::condition::Condition;
use super::machine::TooLarge;
use super::{Allowed, Goal, Task};
use crate::registry::id::WrittenVersion;
use crate::registry::rules::Cell;
use crate::registry::uri::ModelUri;
use crate::registry::{
    Alias, Command, FreeText, Metrics, ModelName, RegisteredModel, Registry, Stage, TagKey,
    TagValue, Tags, TeamPolicy, VersionNumber,
};

/// A place in a packed state.
#[derive(Clone, Copy, Debug)]
struct Field {
    at: u32,
    mask: u128,
}

impl Field {
    fn get(self, state: u128) -> usize {
        // A field is a few bits wide.
        usize::try_from(state >> self.at & self.mask).unwrap_or_default()
    }

    const fn with(self, state: u128, value: usize) -> u128 {
        state & !(self.mask << self.at) | (value as u128 & self.mask) << self.at
    }
}

/// Gives out places.
#[derive(Default)]
struct Layout {
    used: u32,
}

impl Layout {
    /// A place for values up to `most`.
    fn field(&mut self, most: usize) -> Result<Field, TooLarge> {
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

/// The models that belong together, with the commands and the conditions that speak of them.
#[derive(Debug)]
pub struct Space {
    policy: Option<&'static TeamPolicy>,
    models: Vec<Place>,
    keys: Vec<Key>,
    moves: Vec<Move>,
    commands: Vec<Command>,
    aims: Vec<Aim>,
    /// What is not the registry's, but remembered of the way.
    remembered: u128,
}

/// A model.
#[derive(Debug)]
struct Place {
    name: ModelName,
    there: Field,
    /// The last number given out, where there can be new versions, and how far that goes.
    last: Option<(Field, u32)>,
    /// The versions that there can be, in ascending order.
    slots: Vec<Slot>,
    aliases: Vec<(Alias, Field)>,
    tags: Vec<Field>,
}

/// A version.
#[derive(Debug)]
struct Slot {
    number: VersionNumber,
    /// 0 where it is not there, else one more than the place of its stage.
    stage: Field,
    proven: Option<Field>,
    tags: Vec<Field>,
}

/// A tag that a condition asks for: its values; every other value counts as one.
#[derive(Debug)]
struct Key {
    key: TagKey,
    of_version: bool,
    values: Vec<TagValue>,
}

impl Key {
    fn code(&self, value: Option<&TagValue>) -> usize {
        match value {
            None => 0,
            Some(value) => {
                let known = self.values.iter().position(|known| known == value);
                known.unwrap_or(self.values.len()) + 1
            }
        }
    }
}

/// A command, by the places that it changes.
#[derive(Clone, Copy, Debug)]
enum Move {
    Transition {
        model: usize,
        slot: usize,
        to: Stage,
        archive: bool,
    },
    Point {
        model: usize,
        alias: usize,
        slot: Option<usize>,
    },
    TagVersion {
        model: usize,
        slot: usize,
        key: usize,
        code: usize,
    },
    TagModel {
        model: usize,
        key: usize,
        code: usize,
    },
    DeleteVersion {
        model: usize,
        slot: usize,
    },
    DeleteModel {
        model: usize,
    },
    Create {
        model: usize,
    },
    Copy {
        model: usize,
        slot: usize,
        to: usize,
    },
}

/// A condition of the goal.
#[derive(Debug)]
struct Aim {
    kind: AimKind,
    /// What is remembered of the way for it.
    seen: Field,
    /// Whether it is not to be met: then losing it loses nothing.
    negated: bool,
}

#[derive(Debug)]
enum AimKind {
    Now(Test),
    Always(Test),
    Once(Test),
    Before(Test, Test),
    NothingDeleted,
}

/// What is remembered of the way: nothing yet, the first of two, that it is met, that it is lost for good.
const OPEN: usize = 0;
const FIRST: usize = 1;
const DONE: usize = 2;
const LOST: usize = 3;

/// A condition, by the places that it reads.
#[derive(Debug)]
enum Test {
    Const(bool),
    InStage(usize, usize, Stage),
    Holds(usize, Stage, Vec<usize>),
    Count(usize, Option<Stage>, usize),
    Answers(Address, Option<usize>),
    AnswersAny(Address),
    ModelThere(usize, bool),
    VersionThere(usize, usize, bool),
    AliasAt(usize, usize, Option<usize>),
    VersionTag(usize, usize, usize, Vec<usize>),
    ModelTag(usize, usize, Vec<usize>),
}

/// An address, by the places that it reads.
#[derive(Clone, Copy, Debug)]
enum Address {
    Nowhere,
    Slot(usize, usize),
    Stage(usize, Stage),
    Latest(usize),
    Alias(usize, usize),
}

const NOWHERE: usize = 0;

const fn code(stage: Stage) -> usize {
    stage.index() + 1
}

impl Space {
    /// The space of some models, and of the goals that speak of them.
    pub(super) fn new(
        task: &Task,
        start: &Registry,
        names: &[ModelName],
        goals: &[(&Goal, bool)],
    ) -> Result<Self, TooLarge> {
        let conditions: Vec<&Condition> = goals
            .iter()
            .flat_map(|(goal, _)| goal.conditions())
            .collect();
        let keys = keys(&conditions);
        let mut layout = Layout::default();
        let mut models = Vec::new();
        for name in names {
            if let Some(model) = start.model(name) {
                models.push(Place::new(
                    task,
                    start,
                    model,
                    &conditions,
                    &keys,
                    &mut layout,
                )?);
            }
        }
        let of_registry = layout.used;
        let mut space = Self {
            policy: task.rules.policy(),
            models,
            keys,
            moves: Vec::new(),
            commands: Vec::new(),
            aims: Vec::new(),
            remembered: 0,
        };
        for (goal, negated) in goals {
            let kind = match goal {
                Goal::Now(condition) => AimKind::Now(space.test(condition)),
                Goal::Always(condition) => AimKind::Always(space.test(condition)),
                Goal::Once(condition) => AimKind::Once(space.test(condition)),
                Goal::Before { first, then } => {
                    AimKind::Before(space.test(first), space.test(then))
                }
                Goal::NothingDeleted => AimKind::NothingDeleted,
                // The number of steps is no part of a state: the solver counts them.
                Goal::Steps { .. } => continue,
            };
            // What is lost for good is left, unless that is what is looked for.
            let most = match kind {
                _ if *negated => LOST,
                AimKind::Once(_) | AimKind::Before(..) => DONE,
                AimKind::Now(_) | AimKind::Always(_) | AimKind::NothingDeleted => OPEN,
            };
            space.aims.push(Aim {
                kind,
                seen: layout.field(most)?,
                negated: *negated,
            });
        }
        let all = |bits: u32| u128::MAX.checked_shr(u128::BITS - bits).unwrap_or(0);
        space.remembered = all(layout.used) & !all(of_registry);
        for allowed in &task.allow {
            space.ground(allowed);
        }
        Ok(space)
    }

    /// Every command that can matter, in the order in which they are tried.
    #[must_use]
    pub fn commands(&self) -> &[Command] {
        &self.commands
    }

    /// How the registry stands at the start of the way; nothing where the goal is lost already.
    #[must_use]
    pub fn begin(&self, registry: &Registry) -> Option<u128> {
        self.watch(0, self.read(registry)?, false)
    }

    /// How it stands after a step; nothing where the goal is lost by it for good.
    #[must_use]
    pub fn follow(&self, before: u128, registry: &Registry, deleted: bool) -> Option<u128> {
        self.watch(before, self.read(registry)?, deleted)
    }

    /// The registry as a state, without what is remembered of the way; nothing where it has what no command of the
    /// exercise makes.
    fn read(&self, registry: &Registry) -> Option<u128> {
        let mut state = 0;
        for place in &self.models {
            if let Some(model) = registry.model(&place.name) {
                state = place.read(model, &self.keys, state)?;
            }
        }
        Some(state)
    }

    /// What a command makes of a state; nothing where it is refused, or loses the goal for good.
    #[must_use]
    pub fn step(&self, state: u128, command: usize) -> Option<u128> {
        let next = self.carry_out(state, *self.moves.get(command)?)?;
        let deleted = matches!(
            self.moves.get(command),
            Some(Move::DeleteVersion { .. } | Move::DeleteModel { .. })
        );
        self.watch(state, next & !self.remembered, deleted)
    }

    /// Whether a command does in a state just what one before it in the list does, so that it need not be tried: it would
    /// archive what is in a stage, and nothing is.
    pub(super) fn is_double(&self, state: u128, command: usize) -> bool {
        let Some(Move::Transition {
            model,
            slot,
            to,
            archive: true,
        }) = self.moves.get(command)
        else {
            return false;
        };
        let place = self.models.get(*model);
        place.is_some_and(|place| place.in_stage(*to, state).all(|other| other == *slot))
    }

    /// Whether the registry accepts a command.
    #[must_use]
    pub fn accepts(&self, state: u128, command: usize) -> bool {
        let found = self.moves.get(command);
        found.is_some_and(|found| self.carry_out(state, *found).is_some())
    }

    /// Whether every condition is met, and every negated one is not.
    #[must_use]
    pub fn is_met(&self, state: u128) -> bool {
        self.aims.iter().all(|aim| {
            let seen = aim.seen.get(state);
            let met = match &aim.kind {
                AimKind::Now(test) => self.holds(test, state),
                AimKind::Once(_) | AimKind::Before(..) => seen == DONE,
                AimKind::Always(_) | AimKind::NothingDeleted => seen != LOST,
            };
            met != aim.negated
        })
    }

    /// Remembers what the conditions on the way need to know.
    fn watch(&self, before: u128, after: u128, deleted: bool) -> Option<u128> {
        let mut state = after | before & self.remembered;
        for aim in &self.aims {
            let seen = aim.seen.get(state);
            let now = match &aim.kind {
                AimKind::Now(_) => continue,
                _ if matches!(seen, DONE | LOST) => continue,
                AimKind::Always(test) if self.holds(test, after) => OPEN,
                AimKind::Always(_) => LOST,
                AimKind::NothingDeleted if deleted => LOST,
                AimKind::NothingDeleted => OPEN,
                AimKind::Once(test) if self.holds(test, after) => DONE,
                AimKind::Once(_) => OPEN,
                AimKind::Before(_, then) if self.holds(then, after) => {
                    if seen == FIRST {
                        DONE
                    } else {
                        LOST
                    }
                }
                AimKind::Before(first, _) if self.holds(first, after) => FIRST,
                AimKind::Before(..) => seen,
            };
            if now == LOST && !aim.negated {
                return None;
            }
            state = aim.seen.with(state, now);
        }
        Some(state)
    }

    fn place(&self, name: &ModelName) -> Option<(usize, &Place)> {
        let mut all = self.models.iter().enumerate();
        all.find(|(_, place)| place.name == *name)
    }

    fn slot(&self, name: &ModelName, number: VersionNumber) -> Option<(usize, usize)> {
        let (model, place) = self.place(name)?;
        Some((model, place.slot(number)?))
    }

    fn key(&self, key: &TagKey, of_version: bool) -> Option<(usize, &Key)> {
        let mut all = self.keys.iter().enumerate();
        all.find(|(_, known)| known.key == *key && known.of_version == of_version)
    }

    fn test(&self, condition: &Condition) -> Test {
        self.compiled(condition).unwrap_or(Test::Const(false))
    }

    /// The condition as a test; nothing where it can't hold.
    fn compiled(&self, condition: &Condition) -> Option<Test> {
        Some(match condition {
            Condition::InStage {
                model,
                version,
                stage,
            } => {
                let (model, slot) = self.slot(model, *version)?;
                Test::InStage(model, slot, *stage)
            }
            Condition::StageHolds {
                model,
                stage,
                versions,
            } => {
                let (at, place) = self.place(model)?;
                let slots = versions.iter().map(|number| place.slot(*number));
                Test::Holds(at, *stage, slots.collect::<Option<_>>()?)
            }
            Condition::Count {
                model,
                stage,
                count,
            } => Test::Count(self.place(model)?.0, *stage, *count),
            Condition::Answers { uri, version } => {
                let address = self.address(uri);
                let slot = match (version, address.model()) {
                    (None, _) => None,
                    (Some(_), None) => return None,
                    (Some(number), Some(model)) => Some(self.models.get(model)?.slot(*number)?),
                };
                Test::Answers(address, slot)
            }
            Condition::AnswersAny { uri } => Test::AnswersAny(self.address(uri)),
            Condition::Exists {
                model,
                version,
                there,
            } => match (self.place(model), version) {
                (None, _) => Test::Const(!there),
                (Some((at, _)), None) => Test::ModelThere(at, *there),
                (Some((at, place)), Some(number)) => match place.slot(*number) {
                    None => Test::Const(!there),
                    Some(slot) => Test::VersionThere(at, slot, *there),
                },
            },
            Condition::AliasAt {
                model,
                alias,
                version,
            } => {
                let (at, place) = self.place(model)?;
                let slot = match version {
                    None => None,
                    Some(number) => Some(place.slot(*number)?),
                };
                Test::AliasAt(at, place.alias(alias)?, slot)
            }
            Condition::Tagged {
                model,
                version,
                key,
                value,
            } => self.tag(model, *version, key, &[value.as_ref()])?,
            Condition::TaggedAny {
                model,
                version,
                key,
                values,
            } => {
                let values: Vec<_> = values.iter().map(Some).collect();
                self.tag(model, *version, key, &values)?
            }
            Condition::Loads { .. } | Condition::Accepted | Condition::Refused { .. } => {
                return None;
            }
        })
    }

    fn tag(
        &self,
        model: &ModelName,
        version: Option<VersionNumber>,
        key: &TagKey,
        values: &[Option<&TagValue>],
    ) -> Option<Test> {
        let (at, known) = self.key(key, version.is_some())?;
        let codes = values.iter().map(|value| known.code(*value)).collect();
        Some(match version {
            None => Test::ModelTag(self.place(model)?.0, at, codes),
            Some(number) => {
                let (model, slot) = self.slot(model, number)?;
                Test::VersionTag(model, slot, at, codes)
            }
        })
    }

    /// What an address reads, as [`Registry::resolve`] reads it.
    fn address(&self, uri: &str) -> Address {
        let find = || {
            let (name, rest) = match ModelUri::parse(uri).ok()? {
                ModelUri::Version { name, version } => {
                    let number = WrittenVersion::parse(&version).ok()?.number()?;
                    let (model, slot) = self.slot(&ModelName::parse(&name).ok()?, number)?;
                    return Some(Address::Slot(model, slot));
                }
                ModelUri::Stage { name, stage } => (name, Err(Stage::parse(&stage).ok()?)),
                ModelUri::Latest { name } => (name, Ok(None)),
                ModelUri::Alias { name, alias } => (name, Ok(Some(Alias::parse(&alias).ok()?))),
            };
            let (model, place) = self.place(&ModelName::parse(&name).ok()?)?;
            Some(match rest {
                Err(stage) => Address::Stage(model, stage),
                Ok(None) => Address::Latest(model),
                Ok(Some(alias)) if alias.is_latest() => Address::Latest(model),
                Ok(Some(alias)) => Address::Alias(model, place.alias(&alias)?),
            })
        };
        find().unwrap_or(Address::Nowhere)
    }

    fn holds(&self, test: &Test, state: u128) -> bool {
        let place = |at: usize| self.models.get(at);
        match test {
            Test::Const(value) => *value,
            Test::InStage(model, slot, stage) => {
                place(*model).is_some_and(|place| place.stage(*slot, state) == code(*stage))
            }
            Test::Holds(model, stage, slots) => place(*model).is_some_and(|place| {
                place.there.get(state) == 1
                    && place.in_stage(*stage, state).eq(slots.iter().copied())
            }),
            Test::Count(model, stage, count) => place(*model).is_some_and(|place| {
                place.there.get(state) == 1
                    && match stage {
                        Some(stage) => place.in_stage(*stage, state).count() == *count,
                        None => place.present(state).count() == *count,
                    }
            }),
            Test::Answers(address, slot) => self.resolve(*address, state) == *slot,
            Test::AnswersAny(address) => self.resolve(*address, state).is_some(),
            Test::ModelThere(model, there) => {
                place(*model).is_some_and(|place| (place.there.get(state) == 1) == *there)
            }
            Test::VersionThere(model, slot, there) => {
                place(*model).is_some_and(|place| (place.stage(*slot, state) != NOWHERE) == *there)
            }
            Test::AliasAt(model, alias, slot) => place(*model).is_some_and(|place| {
                place.there.get(state) == 1 && place.points_to(*alias, state) == *slot
            }),
            Test::VersionTag(model, slot, key, codes) => place(*model).is_some_and(|place| {
                place.slots.get(*slot).is_some_and(|slot| {
                    slot.stage.get(state) != NOWHERE
                        && slot
                            .tags
                            .get(*key)
                            .is_some_and(|tag| codes.contains(&tag.get(state)))
                })
            }),
            Test::ModelTag(model, key, codes) => place(*model).is_some_and(|place| {
                place.there.get(state) == 1
                    && place
                        .tags
                        .get(*key)
                        .is_some_and(|tag| codes.contains(&tag.get(state)))
            }),
        }
    }

    fn resolve(&self, address: Address, state: u128) -> Option<usize> {
        let place = self.models.get(address.model()?)?;
        match address {
            Address::Nowhere => None,
            Address::Slot(_, slot) => (place.stage(slot, state) != NOWHERE).then_some(slot),
            Address::Stage(_, stage) => place.in_stage(stage, state).last(),
            Address::Latest(_) => place.present(state).last(),
            Address::Alias(_, alias) => place.points_to(alias, state),
        }
    }

    /// Takes up the commands of a method. A value, alias or tag that no condition asks for can't help.
    fn ground(&mut self, allowed: &Allowed) {
        let mut found: Vec<(Command, Move)> = Vec::new();
        for (model, place) in self.models.iter().enumerate() {
            let name = &place.name;
            let slots = || {
                let all = place.slots.iter().enumerate();
                all.map(|(at, slot)| (at, slot.number))
            };
            match allowed {
                Allowed::Transition => {
                    for (archive, (slot, version)) in [false, true]
                        .into_iter()
                        .flat_map(|archive| slots().map(move |it| (archive, it)))
                    {
                        for to in Stage::ALL
                            .into_iter()
                            .filter(|to| !archive || to.is_active())
                        {
                            found.push((
                                Command::TransitionModelVersionStage {
                                    name: name.clone(),
                                    version,
                                    stage: to,
                                    archive_existing_versions: archive,
                                },
                                Move::Transition {
                                    model,
                                    slot,
                                    to,
                                    archive,
                                },
                            ));
                        }
                    }
                }
                Allowed::SetAlias(aliases) => {
                    for alias in aliases.iter().filter(|it| it.check_not_reserved().is_ok()) {
                        let Some(at) = place.alias(alias) else {
                            continue;
                        };
                        found.extend(slots().map(|(slot, version)| {
                            let command = Command::SetRegisteredModelAlias {
                                name: name.clone(),
                                alias: alias.clone(),
                                version,
                            };
                            let slot = Some(slot);
                            let alias = at;
                            (command, Move::Point { model, alias, slot })
                        }));
                    }
                }
                Allowed::DeleteAlias(aliases) => {
                    found.extend(aliases.iter().filter_map(|alias| {
                        let command = Command::DeleteRegisteredModelAlias {
                            name: name.clone(),
                            alias: alias.clone(),
                        };
                        let alias = place.alias(alias)?;
                        let slot = None;
                        Some((command, Move::Point { model, alias, slot }))
                    }));
                }
                Allowed::SetVersionTag { key, values } => {
                    let Some((at, known)) = self.key(key, true) else {
                        continue;
                    };
                    for value in values.iter().filter(|value| known.values.contains(value)) {
                        found.extend(slots().map(|(slot, version)| {
                            let command = Command::SetModelVersionTag {
                                name: name.clone(),
                                version,
                                key: key.clone(),
                                value: value.clone(),
                            };
                            let (key, code) = (at, known.code(Some(value)));
                            (
                                command,
                                Move::TagVersion {
                                    model,
                                    slot,
                                    key,
                                    code,
                                },
                            )
                        }));
                    }
                }
                Allowed::DeleteVersionTag(key) => {
                    let Some((at, _)) = self.key(key, true) else {
                        continue;
                    };
                    found.extend(slots().map(|(slot, version)| {
                        let command = Command::DeleteModelVersionTag {
                            name: name.clone(),
                            version,
                            key: key.clone(),
                        };
                        let (key, code) = (at, NOWHERE);
                        (
                            command,
                            Move::TagVersion {
                                model,
                                slot,
                                key,
                                code,
                            },
                        )
                    }));
                }
                Allowed::SetModelTag { key, values } => {
                    let Some((at, known)) = self.key(key, false) else {
                        continue;
                    };
                    let useful = values.iter().filter(|value| known.values.contains(value));
                    found.extend(useful.map(|value| {
                        let command = Command::SetRegisteredModelTag {
                            name: name.clone(),
                            key: key.clone(),
                            value: value.clone(),
                        };
                        let (key, code) = (at, known.code(Some(value)));
                        (command, Move::TagModel { model, key, code })
                    }));
                }
                Allowed::DeleteModelTag(key) => {
                    if let Some((at, _)) = self.key(key, false) {
                        let command = Command::DeleteRegisteredModelTag {
                            name: name.clone(),
                            key: key.clone(),
                        };
                        let (key, code) = (at, NOWHERE);
                        found.push((command, Move::TagModel { model, key, code }));
                    }
                }
                Allowed::CreateVersion { source, .. } => found.push((
                    Command::CreateModelVersion {
                        name: name.clone(),
                        source: source.clone(),
                        description: FreeText::default(),
                        tags: Tags::new(),
                        metrics: Metrics::new(),
                    },
                    Move::Create { model },
                )),
                Allowed::CopyVersion(target) => {
                    if let Some((to, _)) = self.place(target) {
                        found.extend(slots().map(|(slot, version)| {
                            let command = Command::CopyModelVersion {
                                name: name.clone(),
                                version,
                                dst_name: target.clone(),
                            };
                            (command, Move::Copy { model, slot, to })
                        }));
                    }
                }
                Allowed::DeleteVersion => found.extend(slots().map(|(slot, version)| {
                    let command = Command::DeleteModelVersion {
                        name: name.clone(),
                        version,
                    };
                    (command, Move::DeleteVersion { model, slot })
                })),
                Allowed::DeleteModel => found.push((
                    Command::DeleteRegisteredModel { name: name.clone() },
                    Move::DeleteModel { model },
                )),
            }
        }
        for (command, found) in found {
            self.commands.push(command);
            self.moves.push(found);
        }
    }

    /// What the registry would do; nothing where it refuses.
    fn carry_out(&self, state: u128, found: Move) -> Option<u128> {
        match found {
            Move::Transition {
                model,
                slot,
                to,
                archive,
            } => {
                let place = self.models.get(model)?;
                let version = place.slots.get(slot)?;
                let from = version.stage(state)?;
                if let Some(policy) = self.policy {
                    let proven = || version.proven.is_some_and(|field| field.get(state) == 1);
                    match policy.cell(from, to) {
                        Cell::Allow(_) => {}
                        Cell::AllowProven(_) if proven() => {}
                        Cell::AllowProven(_) | Cell::Refuse(_) => return None,
                    }
                    if policy.one_live_version
                        && to == Stage::Production
                        && !archive
                        && place.in_stage(to, state).next().is_some()
                    {
                        return None;
                    }
                }
                let mut next = state;
                if archive {
                    for other in place.in_stage(to, state).filter(|other| *other != slot) {
                        let other = place.slots.get(other)?;
                        next = other.stage.with(next, code(Stage::Archived));
                    }
                }
                next = version.stage.with(next, code(to));
                if let (Stage::Production, Some(proven)) = (to, version.proven) {
                    next = proven.with(next, 1);
                }
                Some(next)
            }
            Move::Point { model, alias, slot } => {
                let place = self.there(model, state)?;
                let (_, field) = place.aliases.get(alias)?;
                match slot {
                    None => Some(field.with(state, NOWHERE)),
                    Some(slot) if place.stage(slot, state) == NOWHERE => None,
                    Some(slot) => Some(field.with(state, slot + 1)),
                }
            }
            Move::TagVersion {
                model,
                slot,
                key,
                code,
            } => {
                let slot = self.models.get(model)?.slots.get(slot)?;
                slot.stage(state)?;
                Some(slot.tags.get(key)?.with(state, code))
            }
            Move::TagModel { model, key, code } => {
                let place = self.there(model, state)?;
                Some(place.tags.get(key)?.with(state, code))
            }
            Move::DeleteVersion { model, slot } => {
                let place = self.models.get(model)?;
                let stage = place.slots.get(slot)?.stage(state)?;
                let keeps = self.policy.is_some_and(|policy| policy.keep_live);
                if keeps && stage == Stage::Production {
                    return None;
                }
                Some(place.without(slot, state))
            }
            Move::DeleteModel { model } => {
                let place = self.there(model, state)?;
                let keeps = self.policy.is_some_and(|policy| policy.keep_live);
                if keeps && place.in_stage(Stage::Production, state).next().is_some() {
                    return None;
                }
                Some(place.emptied(state))
            }
            Move::Create { model } => self.there(model, state)?.grown(state, &[]),
            Move::Copy { model, slot, to } => {
                let slot = self.models.get(model)?.slots.get(slot)?;
                slot.stage(state)?;
                let tags: Vec<usize> = slot.tags.iter().map(|tag| tag.get(state)).collect();
                self.models.get(to)?.grown(state, &tags)
            }
        }
    }

    fn there(&self, model: usize, state: u128) -> Option<&Place> {
        let place = self.models.get(model)?;
        (place.there.get(state) == 1).then_some(place)
    }
}

impl Address {
    const fn model(self) -> Option<usize> {
        match self {
            Self::Nowhere => None,
            Self::Slot(model, _)
            | Self::Stage(model, _)
            | Self::Latest(model)
            | Self::Alias(model, _) => Some(model),
        }
    }
}

/// The tags that conditions ask for. All models of a space have all of them: a copy takes them along.
fn keys(conditions: &[&Condition]) -> Vec<Key> {
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

/// The aliases of a model that conditions ask for.
fn aliases(name: &ModelName, conditions: &[&Condition]) -> Vec<Alias> {
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

impl Place {
    fn new(
        task: &Task,
        start: &Registry,
        model: &RegisteredModel,
        conditions: &[&Condition],
        keys: &[Key],
        layout: &mut Layout,
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
        let there = layout.field(1)?;
        let last = match most {
            Some(most) => Some((layout.field(most as usize)?, most)),
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
                tags.push(layout.field(most)?);
            }
            slots.push(Slot {
                number,
                stage: layout.field(Stage::ALL.len())?,
                proven: match task.rules.policy() {
                    Some(_) => Some(layout.field(1)?),
                    None => None,
                },
                tags,
            });
        }
        let mut places = Vec::new();
        for alias in aliases(model.name(), conditions) {
            places.push((alias, layout.field(slots.len())?));
        }
        let mut tags = Vec::with_capacity(keys.len());
        for key in keys {
            let most = if key.of_version {
                0
            } else {
                key.values.len() + 1
            };
            tags.push(layout.field(most)?);
        }
        Ok(Self {
            name: model.name().clone(),
            there,
            last,
            slots,
            aliases: places,
            tags,
        })
    }

    fn read(&self, model: &RegisteredModel, keys: &[Key], mut state: u128) -> Option<u128> {
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

    fn slot(&self, number: VersionNumber) -> Option<usize> {
        self.slots
            .binary_search_by_key(&number, |slot| slot.number)
            .ok()
    }

    fn alias(&self, alias: &Alias) -> Option<usize> {
        self.aliases.iter().position(|(known, _)| known == alias)
    }

    fn stage(&self, slot: usize, state: u128) -> usize {
        self.slots
            .get(slot)
            .map_or(NOWHERE, |slot| slot.stage.get(state))
    }

    fn points_to(&self, alias: usize, state: u128) -> Option<usize> {
        let (_, field) = self.aliases.get(alias)?;
        field.get(state).checked_sub(1)
    }

    /// The versions in a stage, in ascending order.
    fn in_stage(&self, stage: Stage, state: u128) -> impl Iterator<Item = usize> {
        self.with_code(state, move |found| found == code(stage))
    }

    /// The versions that are there, in ascending order.
    fn present(&self, state: u128) -> impl Iterator<Item = usize> {
        self.with_code(state, |found| found != NOWHERE)
    }

    fn with_code(&self, state: u128, is: impl Fn(usize) -> bool) -> impl Iterator<Item = usize> {
        let all = self.slots.iter().enumerate();
        all.filter(move |(_, slot)| is(slot.stage.get(state)))
            .map(|(at, _)| at)
    }

    /// The state without a version, and without the aliases that point to it.
    fn without(&self, slot: usize, mut state: u128) -> u128 {
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

    /// The state without the model.
    fn emptied(&self, mut state: u128) -> u128 {
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

    /// The state with one more version, which has these tags. A model that is not there is made.
    fn grown(&self, mut state: u128, tags: &[usize]) -> Option<u128> {
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
    fn stage(&self, state: u128) -> Option<Stage> {
        let at = self.stage.get(state).checked_sub(1)?;
        Stage::ALL.get(at).copied()
    }

    fn cleared(&self, mut state: u128) -> u128 {
        for field in self.tags.iter().chain([&self.stage]).chain(&self.proven) {
            state = field.with(state, NOWHERE);
        }
        state
    }
}
