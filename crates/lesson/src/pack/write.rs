//! Writes an exercise as a pack of its own, as `super::read` reads it.

use super::{Id, Loads, Pack, Source};
use crate::condition::Condition;
use crate::exercise::{Allowed, Exercise, Form, Goal, Named, Noted, Told, goal};
use registry::json::{self, ToJson, Writer};
use registry::{FreeText, Stage, TagValue, VersionNumber};

/// Returns an exercise as a pack of its own, with those sources of its pack that it names.
#[must_use]
pub fn standalone(pack: &Pack, exercise: &Exercise) -> String {
    json::print(&StandalonePack { pack, exercise })
}

struct StandalonePack<'a> {
    pack: &'a Pack,
    exercise: &'a Exercise,
}

impl ToJson for StandalonePack<'_> {
    fn write(&self, out: &mut Writer) {
        let Self { pack, exercise } = self;
        out.object(&|out| {
            out.text("format", "model-stages-pack");
            out.number("version", &1);
            out.text("id", exercise.id.as_str());
            out.text("title", &exercise.title);
            out.text("language", &pack.language);
            let named = || {
                let all = pack.sources.iter();
                all.filter(|source| names(exercise, &source.id))
            };
            if named().next().is_some() {
                out.list("sources", &|out| named().for_each(|one| source(one, out)));
            }
            out.list("exercises", &|out| self::exercise(exercise, out));
        });
    }
}

/// Returns whether an exercise names a source: in its list, or in a link.
fn names(exercise: &Exercise, id: &Id) -> bool {
    let link = format!("source:{id})");
    exercise.sources.contains(id) || exercise.words().iter().any(|it| it.text.contains(&link))
}

fn source(source: &Source, out: &mut Writer) {
    out.object(&|out| {
        out.text("id", source.id.as_str());
        out.text("title", &source.title);
        out.text("url", &source.url);
    });
}

fn exercise(exercise: &Exercise, out: &mut Writer) {
    let task = &exercise.task;
    out.object(&|out| {
        out.text("id", exercise.id.as_str());
        out.text("track", exercise.track.as_str());
        out.text("form", exercise.form.as_str());
        out.text("title", &exercise.title);
        out.text("objective", exercise.objective.as_str());
        out.text("story", &exercise.story);
        out.text("rules", json::rules_name(task.rules));
        out.text("model", task.model.as_str());
        let done = match &exercise.form {
            Form::Completion { done } => *done,
            _ => 0,
        };
        let (start, done) = task.start.split_at(task.start.len().saturating_sub(done));
        out.list("start", &|out| start.iter().for_each(|it| told(it, out)));
        match &exercise.form {
            Form::Free | Form::History => {}
            Form::Completion { .. } => {
                out.list("done", &|out| done.iter().for_each(|it| told(it, out)));
            }
            Form::Worked(way) => {
                out.list("way", &|out| way.iter().for_each(|it| noted(it, out)));
            }
            Form::Script { code, mended } => {
                out.text("code", code);
                out.text("mended", mended);
            }
        }
        out.list("goal", &|out| {
            task.goal.iter().for_each(|it| named(it, out));
        });
        out.list("allow", &|out| {
            task.allow.iter().for_each(|it| allowed(it, out));
        });
        out.number("par", &task.par);
        match &task.loads {
            None => {}
            Some(Loads::File(path)) => out.text("loads", path),
            Some(Loads::Stage(stage)) => out.text("loads", stage.as_str()),
            Some(Loads::Alias(alias)) => out.text("loads", &format!("@{alias}")),
        }
        out.fields("hints", &|out| {
            out.text("nudge", &exercise.hints.nudge);
            out.text("idea", &exercise.hints.idea);
        });
        out.text("debrief", &exercise.debrief);
        out.text("at_work", &exercise.at_work);
        if !exercise.sources.is_empty() {
            let ids: Vec<String> = exercise.sources.iter().map(ToString::to_string).collect();
            out.texts("sources", &ids);
        }
    });
}

fn told(told: &Told, out: &mut Writer) {
    out.object(&|out| {
        told.command.write_fields(out);
        out.text_if("by", told.by.as_ref().map_or("", FreeText::as_str));
        out.text_if("because", told.because.as_str());
        out.text_if("note", &told.note);
    });
}

fn noted(noted: &Noted, out: &mut Writer) {
    out.object(&|out| {
        noted.command.write_fields(out);
        out.text_if("note", &noted.note);
    });
}

fn named(named: &Named, out: &mut Writer) {
    out.object(&|out| {
        let inner = |key: &str, one: &Condition, out: &mut Writer| {
            out.fields(key, &|out| condition(one, out));
        };
        match &named.goal {
            Goal::Now(one) => condition(one, out),
            Goal::Always(one) => {
                out.text("is", "always");
                inner("that", one, out);
            }
            Goal::Once(one) => {
                out.text("is", "once");
                inner("that", one, out);
            }
            Goal::Before { first, then } => {
                out.text("is", "before");
                inner("first", first, out);
                inner("then", then, out);
            }
            Goal::NothingDeleted => out.text("is", "nothing_deleted"),
            Goal::Steps { at_most } => {
                out.text("is", "steps");
                out.number("at_most", at_most);
            }
        }
        if let Some(label) = &named.label {
            out.text("label", label);
        }
        out.flag_if("secret", named.secret);
    });
}

/// The fields of a condition.
fn condition(condition: &Condition, out: &mut Writer) {
    let is = match condition {
        Condition::InStage { .. } => "stage",
        Condition::StageHolds { .. } => "in_stage",
        Condition::Answers { .. } => "answers",
        Condition::Exists { there: true, .. } => "exists",
        Condition::Exists { there: false, .. } => "gone",
        Condition::AliasAt { .. } => "alias",
        Condition::Tagged { .. } => "tag",
        Condition::TaggedAny { .. } => "tag_any",
        Condition::Count { .. } => "count",
        Condition::AnswersAny { .. } => "answers_any",
        Condition::Loads { .. } => "loads",
        Condition::Accepted => "accepted",
        Condition::Refused { .. } => "refused",
    };
    out.text("is", is);
    if let Some(model) = goal::model(condition) {
        out.text("model", model.as_str());
    }
    let or_null = |version: &Option<VersionNumber>, out: &mut Writer| {
        out.number_or_null("version", version.map(|version| version.get().into()));
    };
    let stage = |stage: &Stage, out: &mut Writer| out.text("stage", stage.as_str());
    let if_there = |version: &Option<VersionNumber>, out: &mut Writer| {
        if version.is_some() {
            or_null(version, out);
        }
    };
    match condition {
        Condition::InStage {
            version,
            stage: in_,
            ..
        } => {
            out.number("version", version);
            stage(in_, out);
        }
        Condition::StageHolds {
            stage: in_,
            versions,
            ..
        } => {
            stage(in_, out);
            out.numbers("versions", versions);
        }
        Condition::Answers { uri, version } => {
            out.text("uri", uri);
            or_null(version, out);
        }
        Condition::AnswersAny { uri } => out.text("uri", uri),
        Condition::Exists { version, .. } => if_there(version, out),
        Condition::AliasAt { alias, version, .. } => {
            out.text("alias", alias.as_str());
            or_null(version, out);
        }
        Condition::Tagged {
            version,
            key,
            value,
            ..
        } => {
            if_there(version, out);
            out.text("key", key.as_str());
            match value {
                Some(value) => out.text("value", value.as_str()),
                None => out.number_or_null("value", None),
            }
        }
        Condition::TaggedAny {
            version,
            key,
            values,
            ..
        } => {
            if_there(version, out);
            out.text("key", key.as_str());
            out.texts("values", &texts(values));
        }
        Condition::Count {
            stage: in_, count, ..
        } => {
            if let Some(in_) = in_ {
                stage(in_, out);
            }
            out.number("count", count);
        }
        Condition::Loads { version } => or_null(version, out),
        Condition::Accepted => {}
        Condition::Refused { by } => out.text("by", by),
    }
}

fn allowed(allowed: &Allowed, out: &mut Writer) {
    out.object(&|out| {
        out.text("do", allowed.method());
        match allowed {
            Allowed::Transition | Allowed::DeleteVersion | Allowed::DeleteModel => {}
            Allowed::SetAlias(_) | Allowed::DeleteAlias(_) => {
                out.texts("aliases", &allowed.names());
            }
            Allowed::SetVersionTag { key, values } | Allowed::SetModelTag { key, values } => {
                out.text("key", key.as_str());
                out.texts("values", &texts(values));
            }
            Allowed::DeleteVersionTag(key) | Allowed::DeleteModelTag(key) => {
                out.text("key", key.as_str());
            }
            Allowed::CreateVersion { source, at_most } => {
                out.text("source", source.as_str());
                out.number("at_most", at_most);
            }
            Allowed::CopyVersion(target) => out.text("dst_name", target.as_str()),
        }
    });
}

fn texts(values: &[TagValue]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}
