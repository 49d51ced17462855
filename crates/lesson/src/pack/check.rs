//! What a pack says, checked: every reference, every link, every proof, and what would make a question a bad one.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Act, By, Choosable, Exercise, Expected, Id, Kind, Pack, PackItem, Problem, Question, Step,
    Wrong,
};
use crate::exercise::{Wording, check as exercise};
use crate::markdown::{self, Block};
use crate::own;
use crate::proof;
use crate::run::Played;
use registry::{Log, RuleSet};

/// Everything that is wrong with a pack, in the order of its parts. `is_page` says whether an address (`#/…`) leads to a
/// page of the app.
pub fn check(pack: &Pack, is_page: &dyn Fn(&str) -> bool) -> Vec<Problem> {
    let mut problems = check_within(pack, is_page, usize::MAX);
    // A pack of exercises alone names the objectives of the app's own lesson.
    if pack.objectives.is_empty() {
        let known = own::practice().map_or(&[][..], |own| &own.objectives);
        for (at, exercise) in pack.exercises.iter().enumerate() {
            if !known.iter().any(|it| it.id == exercise.objective) {
                problems.push(Problem {
                    place: format!("exercises[{at}].objective"),
                    wrong: no_such(PackItem::Objective, &exercise.objective),
                });
            }
        }
    }
    problems
}

/// As [`check`], but each exercise is solved with so many tries only; see [`exercise::check_within`].
pub(crate) fn check_within(
    pack: &Pack,
    is_page: &dyn Fn(&str) -> bool,
    tries: usize,
) -> Vec<Problem> {
    let mut check = Check {
        pack,
        is_page,
        tries,
        problems: Vec::new(),
    };
    check.ids();
    check.objectives();
    check.misconceptions();
    check.scenes();
    for (at, step) in pack.steps.iter().enumerate() {
        check.step(step, &format!("steps[{at}]"), at + 1 == pack.steps.len());
    }
    for (at, claim) in pack.claims.iter().enumerate() {
        check.step(claim, &format!("claims[{at}]"), false);
    }
    for (at, question) in pack.questions.iter().enumerate() {
        check.question(question, &format!("questions[{at}]"));
    }
    check.places();
    for (at, exercise) in pack.exercises.iter().enumerate() {
        check.exercise(exercise, &format!("exercises[{at}]"));
    }
    check.problems
}

struct Check<'a> {
    pack: &'a Pack,
    is_page: &'a dyn Fn(&str) -> bool,
    tries: usize,
    problems: Vec<Problem>,
}

impl Check<'_> {
    fn add(&mut self, place: impl Into<String>, wrong: Wrong) {
        self.problems.push(Problem {
            place: place.into(),
            wrong,
        });
    }

    /// Ids are there once in each list.
    fn ids(&mut self) {
        let pack = self.pack;
        let lists: [(&str, Vec<&Id>); 8] = [
            (
                "sources",
                pack.sources.iter().map(|item| &item.id).collect(),
            ),
            (
                "objectives",
                pack.objectives.iter().map(|item| &item.id).collect(),
            ),
            (
                "misconceptions",
                pack.misconceptions.iter().map(|item| &item.id).collect(),
            ),
            ("scenes", pack.scenes.iter().map(|item| &item.id).collect()),
            ("steps", pack.steps.iter().map(|item| &item.id).collect()),
            ("claims", pack.claims.iter().map(|item| &item.id).collect()),
            (
                "questions",
                pack.questions.iter().map(|item| &item.id).collect(),
            ),
            (
                "exercises",
                pack.exercises.iter().map(|item| &item.id).collect(),
            ),
        ];
        for (list, ids) in lists {
            let mut seen = BTreeSet::new();
            for (at, id) in ids.into_iter().enumerate() {
                if !seen.insert(id) {
                    self.add(format!("{list}[{at}].id"), Wrong::Repeated);
                }
            }
        }
    }

    fn objectives(&mut self) {
        let pack = self.pack;
        for (at, objective) in pack.objectives.iter().enumerate() {
            let place = format!("objectives[{at}]");
            self.has_step(&objective.step, &place);
            let about = pack
                .questions
                .iter()
                .filter(|question| question.objective == objective.id);
            let kinds: Vec<_> = about
                .map(|question| std::mem::discriminant(&question.kind))
                .collect();
            if kinds.len() < 3 {
                let found = kinds.len();
                self.add(&*place, Wrong::TooFew { found });
            } else if kinds.iter().all(|kind| kinds.first() == Some(kind)) {
                self.add(&*place, Wrong::OneKindOnly);
            }
        }
    }

    fn has_step(&mut self, step: &Id, place: &str) {
        // A pack of questions alone has no steps to lead to.
        if !self.pack.steps.is_empty() && self.pack.step(step).is_none() {
            let wrong = no_such(PackItem::Step, step);
            self.add(format!("{place}.step"), wrong);
        }
    }

    fn misconceptions(&mut self) {
        let pack = self.pack;
        let mut named: BTreeSet<&Id> = BTreeSet::new();
        for question in &pack.questions {
            named.extend(misconceptions(question).into_iter().map(|(_, id)| id));
        }
        for (at, misconception) in pack.misconceptions.iter().enumerate() {
            let place = format!("misconceptions[{at}]");
            if !named.contains(&misconception.id) {
                self.add(&*place, Wrong::NeverNamed);
            }
            self.line(&misconception.instead, &format!("{place}.instead"));
        }
    }

    /// A scene's commands are accepted.
    fn scenes(&mut self) {
        let pack = self.pack;
        for (at, scene) in pack.scenes.iter().enumerate() {
            let mut played = Played {
                log: Log::default(),
                rules: scene.rules,
                model: scene.model.clone(),
                loaded: None,
                printed: String::new(),
                failure: None,
            };
            for (nth, command) in scene.commands.iter().enumerate() {
                played.act(&Act::Do(command.clone()));
                if let Some(failure) = &played.failure {
                    let by = failure.id().to_owned();
                    self.add(
                        format!("scenes[{at}].commands[{nth}]"),
                        Wrong::CommandRefused { by },
                    );
                }
            }
            if played.registry().model(&scene.model).is_none() {
                let id = scene.model.to_string();
                self.add(
                    format!("scenes[{at}].model"),
                    Wrong::NoSuch {
                        what: PackItem::Model,
                        id,
                    },
                );
            }
        }
    }

    fn step(&mut self, step: &Step, place: &str, last: bool) {
        self.text(&step.text, &format!("{place}.text"));
        self.text(&step.after, &format!("{place}.after"));
        let ends = last && !step.takeaways.is_empty();
        if !ends && step.choose.is_none() && step.goal.is_empty() {
            self.add(place, Wrong::NothingToDo);
        }
        if let Some(choose) = &step.choose {
            let place = format!("{place}.choose");
            self.line(&choose.ask, &format!("{place}.ask"));
            if choose.options.len() < 2 {
                self.add(format!("{place}.options"), Wrong::Missing);
            }
            for (at, option) in choose.options.iter().enumerate() {
                self.line(&option.text, &format!("{place}.options[{at}].text"));
                self.line(&option.then, &format!("{place}.options[{at}].then"));
            }
            let thens = choose.options.iter().map(|option| option.then.as_str());
            self.different(thens, &format!("{place}.options"), "then");
            let ids = choose.options.iter().map(|option| option.id.as_str());
            self.different(ids, &format!("{place}.options"), "id");
        }
        for (at, takeaway) in step.takeaways.iter().enumerate() {
            self.line(takeaway, &format!("{place}.takeaways[{at}]"));
        }
        let Some(play) = &step.play else {
            return;
        };
        let place = format!("{place}.play");
        let is_picture = play.reach.is_empty() && play.lines.is_empty();
        if !step.goal.is_empty() {
            self.line(&step.goal, &format!("{place}.goal"));
        } else if !is_picture || !step.done.is_empty() {
            self.add(format!("{place}.goal"), Wrong::Missing);
        }
        if !step.done.is_empty() {
            self.line(&step.done, &format!("{place}.done"));
        }
        if play.show.is_empty() {
            self.add(format!("{place}.show"), Wrong::Missing);
        }
        let Some(scene) = self.pack.scene(&play.scene) else {
            let wrong = no_such(PackItem::Scene, &play.scene);
            self.add(format!("{place}.scene"), wrong);
            return;
        };
        let start = Played::new(scene, None);
        if is_picture && !step.goal.is_empty() {
            self.add(format!("{place}.reach"), Wrong::Missing);
        } else if !play.reach.is_empty()
            && play.reach.iter().all(|condition| condition.holds(&start))
        {
            self.add(format!("{place}.reach"), Wrong::StartsReached);
        }
        for (at, line) in play.lines.iter().enumerate() {
            self.line(&line.note, &format!("{place}.lines[{at}].note"));
            if console::Console::default().count(&line.code) == 0 {
                self.add(
                    format!("{place}.lines[{at}].code"),
                    Wrong::Expected(Expected::ConsoleText),
                );
            }
        }
    }

    fn question(&mut self, question: &Question, place: &str) {
        let pack = self.pack;
        if !pack
            .objectives
            .iter()
            .any(|objective| objective.id == question.objective)
        {
            let wrong = no_such(PackItem::Objective, &question.objective);
            self.add(format!("{place}.objective"), wrong);
        }
        self.has_step(&question.step, place);
        for (at, source) in question.sources.iter().enumerate() {
            if !pack.sources.iter().any(|known| known.id == *source) {
                self.add(
                    format!("{place}.sources[{at}]"),
                    no_such(PackItem::Source, source),
                );
            }
        }
        self.text(&question.ask, &format!("{place}.ask"));
        self.line(&question.answer, &format!("{place}.answer"));
        self.line(&question.check, &format!("{place}.check"));
        for (list, lines) in [
            ("solution", &question.solution),
            ("mistakes", &question.mistakes),
        ] {
            if lines.is_empty() {
                self.add(format!("{place}.{list}"), Wrong::Missing);
            }
            for (at, line) in lines.iter().enumerate() {
                self.line(line, &format!("{place}.{list}[{at}]"));
            }
        }
        for (at, id) in misconceptions(question) {
            if !pack.misconceptions.iter().any(|known| known.id == *id) {
                self.add(
                    format!("{place}.{at}.misconception"),
                    no_such(PackItem::Misconception, id),
                );
            }
        }
        self.explanations(question, place);
        self.options(question, place);
        match question.proof.by.scene() {
            Some(scene) if pack.scene(scene).is_none() => {
                self.add(
                    format!("{place}.proof.scene"),
                    no_such(PackItem::Scene, scene),
                );
            }
            scene => {
                let rules = scene
                    .and_then(|scene| pack.scene(scene))
                    .map(|scene| scene.rules);
                let rules = question.proof.rules.or(rules);
                if rules == Some(RuleSet::Mlflow) && question.sources.is_empty() {
                    self.add(format!("{place}.sources"), Wrong::NoSource);
                }
                self.problems.extend(proof::prove(pack, question, place));
            }
        }
    }

    fn exercise(&mut self, exercise: &Exercise, place: &str) {
        let pack = self.pack;
        // An exercise that comes alone has no objectives with it.
        let objectives = &pack.objectives;
        if !objectives.is_empty() && !objectives.iter().any(|it| it.id == exercise.objective) {
            let wrong = no_such(PackItem::Objective, &exercise.objective);
            self.add(format!("{place}.objective"), wrong);
        }
        for (at, source) in exercise.sources.iter().enumerate() {
            if !pack.sources.iter().any(|known| known.id == *source) {
                self.add(
                    format!("{place}.sources[{at}]"),
                    no_such(PackItem::Source, source),
                );
            }
        }
        for words in exercise.words() {
            let place = format!("{place}.{}", words.place);
            match words.kind {
                Wording::Line => self.line(words.text, &place),
                Wording::Text => self.text(words.text, &place),
                Wording::Code => {}
            }
        }
        let found = exercise::check_within(exercise, place, self.tries);
        self.problems.extend(found);
    }

    /// Every explanation is a sentence of its own.
    fn explanations(&mut self, question: &Question, place: &str) {
        let (list, whys): (&str, Vec<&str>) = match &question.kind {
            Kind::One(options) | Kind::Many(options) | Kind::Fault(options) => (
                "options",
                options.iter().map(|option| option.why.as_str()).collect(),
            ),
            Kind::Command { wrong, .. } => (
                "wrong",
                wrong.iter().map(|wrong| wrong.why.as_str()).collect(),
            ),
            Kind::Predict { wrong, .. } => (
                "wrong",
                wrong.iter().map(|wrong| wrong.why.as_str()).collect(),
            ),
            Kind::Order { .. } => ("items", Vec::new()),
        };
        for (at, why) in whys.iter().enumerate() {
            self.line(why, &format!("{place}.{list}[{at}].why"));
        }
        self.different(whys.into_iter(), &format!("{place}.{list}"), "why");
        if let Kind::Order { why, .. } | Kind::Predict { why, .. } = &question.kind {
            self.line(why, &format!("{place}.why"));
        }
    }

    fn options(&mut self, question: &Question, place: &str) {
        let place = format!("{place}.options");
        let options = match &question.kind {
            Kind::One(options) | Kind::Many(options) | Kind::Fault(options) => options,
            Kind::Order { items, .. } => {
                if !(2..=5).contains(&items.len()) {
                    self.add(
                        place.replace("options", "items"),
                        Wrong::Expected(Expected::Items),
                    );
                }
                return;
            }
            Kind::Command { .. } | Kind::Predict { .. } => return,
        };
        if !(2..=8).contains(&options.len()) {
            self.add(&*place, Wrong::Expected(Expected::Options));
        }
        let found = options.iter().filter(|option| option.right).count();
        let many = matches!(question.kind, Kind::Many(_));
        let good = match many {
            true => found >= 2 && found < options.len(),
            false => found == 1,
        };
        if !good {
            self.add(&*place, Wrong::RightOnes { many, found });
        }
        let texts = options.iter().map(|option| option.text.as_str());
        self.different(texts, &place, "text");
        for (at, option) in options.iter().enumerate() {
            if let super::Shown::Line(text) = &option.text {
                self.line(text, &format!("{place}[{at}].text"));
            }
            if option.right && option.misconception.is_some() {
                self.add(format!("{place}[{at}].misconception"), Wrong::Unknown);
            }
        }
        if matches!(question.kind, Kind::One(_)) && gives_away_by_length(options) {
            self.add(&*place, Wrong::GivenAwayByLength);
        }
    }

    /// Over the whole pack, right answers do not gather in one place.
    fn places(&mut self) {
        let mut places: BTreeMap<usize, usize> = BTreeMap::new();
        for question in &self.pack.questions {
            if let (Kind::One(options), false) = (&question.kind, question.fixed)
                && let Some(at) = options.iter().position(|option| option.right)
            {
                *places.entry(at).or_default() += 1;
            }
        }
        let all: usize = places.values().sum();
        let most = places.values().max().copied().unwrap_or_default();
        // Among a few questions, chance alone makes gatherings.
        if all >= 6 && most * 100 > all * 45 {
            let percent = most * 100 / all;
            self.add("questions", Wrong::GivenAwayByPlace { percent });
        }
    }

    fn different<'t>(&mut self, texts: impl Iterator<Item = &'t str>, place: &str, field: &str) {
        let mut seen = BTreeSet::new();
        for (at, text) in texts.enumerate() {
            // Case counts: two options may differ in it, as two aliases do.
            if !seen.insert(text.trim().to_owned()) {
                self.add(format!("{place}[{at}].{field}"), Wrong::Repeated);
            }
        }
    }

    fn text(&mut self, text: &str, place: &str) {
        self.links(&markdown::parse(text), place);
    }

    fn line(&mut self, text: &str, place: &str) {
        if text.contains('\n') {
            self.add(place, Wrong::Expected(Expected::OneLine));
        }
        self.links(&[Block::Paragraph(markdown::inline(text))], place);
    }

    fn links(&mut self, blocks: &[Block], place: &str) {
        for to in markdown::links(blocks) {
            let good = match to.strip_prefix("source:") {
                Some(id) => self
                    .pack
                    .sources
                    .iter()
                    .any(|source| source.id.as_str() == id),
                None if to.starts_with("#/") => self.leads_somewhere(&to),
                None => to.starts_with("https://"),
            };
            if !good {
                self.add(place, Wrong::LinkNowhere { to });
            }
        }
    }

    fn leads_somewhere(&self, to: &str) -> bool {
        let id = |prefix: &str| to.strip_prefix(prefix).map(Id::parse);
        if let Some(step) = id("#/learn/") {
            return step.is_some_and(|id| self.pack.step(&id).is_some());
        }
        if let Some(question) = id("#/practice/") {
            return question.is_some_and(|id| self.pack.question(&id).is_some());
        }
        (self.is_page)(to)
    }
}

fn no_such(what: PackItem, id: &Id) -> Wrong {
    Wrong::NoSuch {
        what,
        id: id.to_string(),
    }
}

/// Returns the misconceptions that a question names, each with its place inside the question.
fn misconceptions(question: &Question) -> Vec<(String, &Id)> {
    let (list, ids): (&str, Vec<Option<&Id>>) = match &question.kind {
        Kind::One(options) | Kind::Many(options) | Kind::Fault(options) => (
            "options",
            options
                .iter()
                .map(|option| option.misconception.as_ref())
                .collect(),
        ),
        Kind::Command { wrong, .. } => (
            "wrong",
            wrong
                .iter()
                .map(|wrong| wrong.misconception.as_ref())
                .collect(),
        ),
        Kind::Predict { wrong, .. } => (
            "wrong",
            wrong
                .iter()
                .map(|wrong| wrong.misconception.as_ref())
                .collect(),
        ),
        Kind::Order { .. } => ("items", Vec::new()),
    };
    ids.into_iter()
        .enumerate()
        .filter_map(|(at, id)| Some((format!("{list}[{at}]"), id?)))
        .collect()
}

fn gives_away_by_length(options: &[Choosable]) -> bool {
    let length = |option: &Choosable| option.text.as_str().chars().count();
    let right = options
        .iter()
        .filter(|option| option.right)
        .map(length)
        .max();
    let longest = options
        .iter()
        .filter(|option| !option.right)
        .map(length)
        .max();
    // Among short answers a word more or less says nothing.
    matches!((right, longest), (Some(right), Some(longest)) if right > 30 && right * 2 > longest * 3)
}

/// Returns whether a question has something to run.
pub const fn is_runnable(question: &Question) -> bool {
    !matches!(question.proof.by, By::Meaning { .. })
}
