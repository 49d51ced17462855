//! Questions about one's own history, with the key computed from the log.

use crate::lesson::round::Chance;
use crate::registry::{
    Alias, Event, Log, ModelName, RegisteredModel, Registry, Stage, VersionNumber,
};

/// So many of the latest steps are asked about.
pub const STEPS: u64 = 60;
/// In a large registry there are fewer: this many versions, counted once for each step, are looked at.
const LOOKED_AT: u64 = 20_000;
/// A question has at most so many options.
pub const OPTIONS: usize = 4;

/// What is asked.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Asked {
    /// Which version answered for Production after a step?
    AnsweredAfter {
        /// The model.
        model: ModelName,
        /// The step.
        step: u64,
    },
    /// Which step changed what users get, from this version?
    TookAway {
        /// The model.
        model: ModelName,
        /// The version that answered before it.
        version: VersionNumber,
    },
    /// In which stage was a version after a step?
    StageAfter {
        /// The model.
        model: ModelName,
        /// The version.
        version: VersionNumber,
        /// The step.
        step: u64,
    },
    /// In which step did a version go live first?
    WentLive {
        /// The model.
        model: ModelName,
        /// The version.
        version: VersionNumber,
    },
    /// Where did an alias point after a step?
    PointedAfter {
        /// The model.
        model: ModelName,
        /// The alias.
        alias: Alias,
        /// The step.
        step: u64,
    },
}

/// Something to choose.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Pick {
    /// A version; none.
    Version(Option<VersionNumber>),
    /// A step.
    Step(u64),
    /// A stage.
    Stage(Stage),
}

/// A question with its key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HistoryQuestion {
    /// What is asked.
    pub asked: Asked,
    /// What there is to choose from.
    pub options: Vec<Pick>,
    /// The place of the right one.
    pub right: usize,
}

/// Up to `count` questions about a log, of as many kinds as there are; none where too little has happened. All of them are
/// about one model, if one is given.
#[must_use]
pub fn ask(log: &Log, about: Option<&ModelName>, seed: u64, count: usize) -> Vec<HistoryQuestion> {
    let Some(past) = Past::of(log, about) else {
        return Vec::new();
    };
    let mut chance = Chance::new(seed);
    let mut kinds = past.all(log);
    for kind in &mut kinds {
        // Without a second option there is nothing to ask.
        kind.retain(|(_, right, others)| others.iter().any(|other| other != right));
        chance.shuffle(kind);
    }
    let mut chosen = Vec::new();
    // One of each kind, then a second one, and so on.
    while chosen.len() < count && kinds.iter().any(|kind| !kind.is_empty()) {
        for kind in &mut kinds {
            if chosen.len() < count
                && let Some((asked, right, others)) = kind.pop()
            {
                chosen.push(question(asked, right, others, &mut chance));
            }
        }
    }
    chosen
}

/// What is asked, the key, and what else could be chosen.
type Draft = (Asked, Pick, Vec<Pick>);

fn question(
    asked: Asked,
    right: Pick,
    mut others: Vec<Pick>,
    chance: &mut Chance,
) -> HistoryQuestion {
    others.retain(|other| *other != right);
    others.sort_unstable();
    others.dedup();
    chance.shuffle(&mut others);
    others.truncate(OPTIONS - 1);
    others.push(right);
    // In their own order: a step or a stage is looked for faster so, and it gives nothing away.
    others.sort_unstable();
    let right = others.iter().position(|option| *option == right);
    HistoryQuestion {
        asked,
        right: right.unwrap_or_default(),
        options: others,
    }
}

/// What the history says of something to choose.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fact {
    /// It was so from this step on; nothing where it was so before all steps that are looked at.
    Since(Option<u64>),
    /// It had been so, and this step has changed it.
    Until(u64),
    /// This later step made it so for the first time.
    OnlySince(u64),
    /// It was not so at any time.
    Never,
    /// The version was in this stage then; nothing where it was not there.
    Stood(Option<Stage>),
    /// This version answered then.
    Answered(VersionNumber),
    /// Before the step it was the one, after it the other; nothing where the version was not there.
    Around {
        /// The step.
        step: u64,
        /// Before it.
        before: Option<Pick>,
        /// After it.
        after: Option<Pick>,
    },
}

/// What the history says of each option of a question; nothing where its step is none of those that are looked at any
/// more.
#[must_use]
pub fn facts(log: &Log, question: &HistoryQuestion) -> Vec<Option<Fact>> {
    let past = Past::of(log, None);
    let options = question.options.iter();
    let fact = |option: &Pick| past.as_ref()?.fact(&question.asked, *option);
    options.map(fact).collect()
}

fn stage(registry: &Registry, model: &ModelName, version: VersionNumber) -> Option<Stage> {
    let version = registry.model(model)?.version(version)?;
    Some(version.stage())
}

impl Asked {
    /// The step after which it is asked about; nothing where a step is what is asked for.
    #[must_use]
    pub const fn step(&self) -> Option<u64> {
        match self {
            Self::AnsweredAfter { step, .. }
            | Self::StageAfter { step, .. }
            | Self::PointedAfter { step, .. } => Some(*step),
            Self::TookAway { .. } | Self::WentLive { .. } => None,
        }
    }

    /// What was so at a moment of what is asked about; nothing where it was not there.
    fn held(&self, registry: &Registry) -> Option<Pick> {
        match self {
            Self::AnsweredAfter { model, .. } | Self::TookAway { model, .. } => {
                Some(Pick::Version(registry.live(model).version()))
            }
            Self::StageAfter { model, version, .. } | Self::WentLive { model, version } => {
                stage(registry, model, *version).map(Pick::Stage)
            }
            Self::PointedAfter { model, alias, .. } => {
                let to = registry.model(model)?.aliases().get(alias);
                Some(Pick::Version(to.copied()))
            }
        }
    }
}

/// The registry after each step that is asked about.
struct Past {
    since: u64,
    about: Option<ModelName>,
    moments: Vec<Registry>,
}

impl Past {
    fn of(log: &Log, about: Option<&ModelName>) -> Option<Self> {
        let models = log.registry().models();
        let versions: usize = models.map(|model| model.version_count()).sum();
        let steps = STEPS.min(LOOKED_AT / (versions as u64).max(1));
        let since = log.step().saturating_sub(steps).max(log.folded());
        let moments = log.moments(since).ok()?;
        Some(Self {
            since,
            about: about.cloned(),
            moments,
        })
    }

    fn fact(&self, asked: &Asked, option: Pick) -> Option<Fact> {
        let at = asked.step().map_or(Some(0), |step| self.place(step))?;
        let then = self.moments.get(at)?;
        Some(match (asked, option) {
            (Asked::AnsweredAfter { model, .. }, Pick::Version(picked)) => {
                match (picked, then.live(model).version()) {
                    (picked, right) if picked == right => self.when(at, asked, option),
                    (Some(picked), _) => Fact::Stood(stage(then, model, picked)),
                    (None, Some(right)) => Fact::Answered(right),
                    (None, None) => self.when(at, asked, option),
                }
            }
            (Asked::TookAway { .. } | Asked::WentLive { .. }, Pick::Step(step)) => {
                let after = self.place(step)?;
                let around = |at: usize| self.moments.get(at).and_then(|moment| asked.held(moment));
                Fact::Around {
                    step,
                    before: around(after.checked_sub(1)?),
                    after: around(after),
                }
            }
            _ => self.when(at, asked, option),
        })
    }

    /// The place of the moment after a step.
    fn place(&self, step: u64) -> Option<usize> {
        usize::try_from(step.checked_sub(self.since)?).ok()
    }

    /// When something was so, as seen from a moment.
    fn when(&self, at: usize, asked: &Asked, option: Pick) -> Fact {
        let is = |moment: &Registry| asked.held(moment) == Some(option);
        let step = |at: usize| self.since + at as u64;
        let (before, after) = self.moments.split_at_checked(at + 1).unwrap_or_default();
        if before.last().is_some_and(is) {
            let changed = before.iter().rposition(|moment| !is(moment));
            return Fact::Since(changed.map(|at| step(at + 1)));
        }
        if let Some(last) = before.iter().rposition(is) {
            return Fact::Until(step(last + 1));
        }
        match after.iter().position(is) {
            Some(first) => Fact::OnlySince(step(at + 1 + first)),
            None => Fact::Never,
        }
    }

    fn steps(&self) -> impl Iterator<Item = (u64, &Registry, &Registry)> {
        let pairs = self.moments.iter().zip(self.moments.iter().skip(1));
        (self.since + 1..)
            .zip(pairs)
            .map(|(step, (before, after))| (step, before, after))
    }

    fn all(&self, log: &Log) -> Vec<Vec<Draft>> {
        vec![
            self.answered(log),
            self.took_away(log),
            self.stages(log),
            self.went_live(log),
            self.pointed(log),
        ]
    }

    /// The steps that did something to a model.
    fn steps_of(&self, log: &Log, name: &ModelName) -> Vec<u64> {
        let entries = log.done().iter().filter(|entry| entry.step > self.since);
        let touches = |event: &Event| match event {
            Event::StageChanged { name: of, .. }
            | Event::VersionCreated { name: of, .. }
            | Event::VersionDeleted { name: of, .. }
            | Event::AliasPointed { name: of, .. } => of == name,
            _ => false,
        };
        entries
            .filter(|entry| entry.events.iter().any(touches))
            .map(|entry| entry.step)
            .collect()
    }

    /// The models that are asked about, as they are now.
    fn models(&self) -> impl Iterator<Item = &RegisteredModel> {
        let now = self.moments.last().into_iter();
        now.flat_map(|registry| registry.models())
            .filter(|model| self.is_about(model.name()))
    }

    /// A model after each step that did something to it, where it was there then.
    fn after_steps(
        &self,
        log: &Log,
        name: &ModelName,
    ) -> impl Iterator<Item = (u64, &RegisteredModel)> {
        let steps = self.steps_of(log, name);
        self.steps()
            .filter(move |(step, ..)| steps.contains(step))
            .filter_map(move |(step, _, after)| Some((step, after.model(name)?)))
    }

    fn is_about(&self, name: &ModelName) -> bool {
        self.about.as_ref().is_none_or(|about| about == name)
    }

    /// After each step that changed the model: what answered then. Only where it was another one at some other time; else
    /// there is nothing to find out.
    fn answered(&self, log: &Log) -> Vec<Draft> {
        let mut drafts = Vec::new();
        for now in self.models() {
            let name = now.name();
            let ever: Vec<Option<VersionNumber>> = self
                .moments
                .iter()
                .map(|registry| registry.live(name).version())
                .collect();
            if ever.iter().all(|answer| Some(answer) == ever.first()) {
                continue;
            }
            for (step, model) in self.after_steps(log, name) {
                let mut others: Vec<Pick> = model
                    .versions()
                    .map(|version| Pick::Version(Some(version.number())))
                    .collect();
                others.push(Pick::Version(None));
                let right = Pick::Version(model.answer(Stage::Production).version());
                let asked = Asked::AnsweredAfter {
                    model: name.clone(),
                    step,
                };
                drafts.push((asked, right, others));
            }
        }
        drafts
    }

    /// Versions that answered and then did not any more, where that happened once.
    fn took_away(&self, log: &Log) -> Vec<Draft> {
        let mut drafts = Vec::new();
        for name in self.models().map(RegisteredModel::name) {
            let steps = self.steps_of(log, name);
            let live = |registry: &Registry| registry.live(name).version();
            let changes: Vec<(u64, VersionNumber)> = self
                .steps()
                .filter(|(_, before, after)| live(before) != live(after))
                .filter_map(|(step, before, _)| Some((step, live(before)?)))
                .collect();
            for (step, version) in &changes {
                let times = changes.iter().filter(|(_, other)| other == version).count();
                if times == 1 && steps.len() > 1 {
                    let (model, version) = (name.clone(), *version);
                    let others = steps.iter().map(|step| Pick::Step(*step)).collect();
                    drafts.push((
                        Asked::TookAway { model, version },
                        Pick::Step(*step),
                        others,
                    ));
                }
            }
        }
        drafts
    }

    /// Where a version was that has moved since.
    fn stages(&self, log: &Log) -> Vec<Draft> {
        let mut drafts = Vec::new();
        for now in self.models() {
            for (step, model) in self.after_steps(log, now.name()) {
                for version in model.versions() {
                    let today = now.version(version.number());
                    if today.is_none_or(|today| today.stage() != version.stage()) {
                        let asked = Asked::StageAfter {
                            model: now.name().clone(),
                            version: version.number(),
                            step,
                        };
                        let others = Stage::ALL.map(Pick::Stage).to_vec();
                        drafts.push((asked, Pick::Stage(version.stage()), others));
                    }
                }
            }
        }
        drafts
    }

    /// Versions that went live while somebody watched.
    fn went_live(&self, log: &Log) -> Vec<Draft> {
        let mut drafts: Vec<Draft> = Vec::new();
        for (step, before, after) in self.steps() {
            let models = after.models();
            for model in models.filter(|model| self.is_about(model.name())) {
                let name = model.name();
                let first = model.versions().filter(|version| {
                    let was = before
                        .model(name)
                        .and_then(|was| was.version(version.number()));
                    version.has_been_live() && was.is_some_and(|was| !was.has_been_live())
                });
                for version in first {
                    let asked = Asked::WentLive {
                        model: name.clone(),
                        version: version.number(),
                    };
                    let steps = self.steps_of(log, name);
                    // What was taken back by a restore can happen again; the first time counts.
                    let is_known = drafts.iter().any(|(known, ..)| *known == asked);
                    if steps.len() > 1 && !is_known {
                        let others = steps.into_iter().map(Pick::Step).collect();
                        drafts.push((asked, Pick::Step(step), others));
                    }
                }
            }
        }
        drafts
    }

    /// Where an alias pointed that points elsewhere now.
    fn pointed(&self, log: &Log) -> Vec<Draft> {
        let mut drafts = Vec::new();
        for now in self.models() {
            for (step, model) in self.after_steps(log, now.name()) {
                for (alias, to) in model.aliases() {
                    if now.aliases().get(alias) == Some(to) || model.version_count() < 2 {
                        continue;
                    }
                    let asked = Asked::PointedAfter {
                        model: now.name().clone(),
                        alias: alias.clone(),
                        step,
                    };
                    let others = model.versions();
                    let others = others.map(|version| Pick::Version(Some(version.number())));
                    drafts.push((asked, Pick::Version(Some(*to)), others.collect()));
                }
            }
        }
        drafts
    }
}
