//! Writes an exercise as a pack of its own, as `super::read` reads it.

use super::{Id, Loads, Pack, Source};
use crate::condition::Condition;
use crate::exercise::{Allowed, Exercise, Form, Goal, Named, Noted, Told, goal};
use registry::FreeText;
use registry::json::{self, ToJson, Writer};

/// Returns an exercise as a pack of its own, with those sources of its pack that it names.
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
            out.field("version", &1_u32);
            out.field("id", &exercise.id);
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
        out.field("id", &source.id);
        out.text("title", &source.title);
        out.text("url", &source.url);
    });
}

fn exercise(exercise: &Exercise, out: &mut Writer) {
    let task = &exercise.task;
    out.object(&|out| {
        out.field("id", &exercise.id);
        out.text("track", exercise.track.as_str());
        out.text("form", exercise.form.as_str());
        out.text("title", &exercise.title);
        out.field("objective", &exercise.objective);
        out.text("story", &exercise.story);
        out.field("rules", &task.rules);
        out.field("model", &task.model);
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
        out.field("par", &task.par);
        match &task.loads {
            None => {}
            Some(Loads::File(path)) => out.text("loads", path),
            Some(Loads::Stage(stage)) => out.field("loads", stage),
            Some(Loads::Alias(alias)) => out.text("loads", &format!("@{alias}")),
            Some(Loads::Version(number)) => out.field("loads", number),
        }
        out.fields("hints", &|out| {
            out.text("nudge", &exercise.hints.nudge);
            out.text("idea", &exercise.hints.idea);
        });
        out.text("debrief", &exercise.debrief);
        out.text("at_work", &exercise.at_work);
        out.field_unless_default("sources", &exercise.sources);
    });
}

fn told(told: &Told, out: &mut Writer) {
    out.object(&|out| {
        told.command.write_fields(out);
        out.text_if("by", told.by.as_ref().map_or("", FreeText::as_str));
        out.field_unless_default("because", &told.because);
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
                out.field("at_most", at_most);
            }
        }
        out.field("label", &named.label);
        out.field("secret", &named.secret);
    });
}

/// The fields of a condition.
fn condition(condition: &Condition, out: &mut Writer) {
    let is = match condition {
        Condition::Exists { there: false, .. } => "gone",
        _ => condition.is(),
    };
    out.text("is", is);
    if let Some(model) = goal::model(condition) {
        out.field("model", model);
    }
    match condition {
        Condition::InStage { version, stage, .. } => {
            out.field("version", version);
            out.field("stage", stage);
        }
        Condition::StageHolds {
            stage, versions, ..
        } => {
            out.field("stage", stage);
            out.field("versions", versions);
        }
        Condition::Answers { uri, version } => {
            out.field("uri", uri);
            out.field_or_null("version", version);
        }
        Condition::AnswersAny { uri } => out.field("uri", uri),
        Condition::Exists { version, .. } => out.field("version", version),
        Condition::AliasAt { alias, version, .. } => {
            out.field("alias", alias);
            out.field_or_null("version", version);
        }
        Condition::Tagged {
            version,
            key,
            value,
            ..
        } => {
            out.field("version", version);
            out.field("key", key);
            out.field_or_null("value", value);
        }
        Condition::TaggedAny {
            version,
            key,
            values,
            ..
        } => {
            out.field("version", version);
            out.field("key", key);
            out.field("values", values);
        }
        Condition::Count { stage, count, .. } => {
            out.field("stage", stage);
            out.field("count", count);
        }
        Condition::Loads { version } => out.field_or_null("version", version),
        Condition::Accepted => {}
        Condition::Refused { by } => out.field("by", by),
    }
}

fn allowed(allowed: &Allowed, out: &mut Writer) {
    out.object(&|out| {
        out.text("do", allowed.method());
        match allowed {
            Allowed::Transition | Allowed::DeleteVersion | Allowed::DeleteModel => {}
            Allowed::SetAlias(aliases) | Allowed::DeleteAlias(aliases) => {
                out.field("aliases", aliases);
            }
            Allowed::SetVersionTag { key, values } | Allowed::SetModelTag { key, values } => {
                out.field("key", key);
                out.field("values", values);
            }
            Allowed::DeleteVersionTag(key) | Allowed::DeleteModelTag(key) => {
                out.field("key", key);
            }
            Allowed::CreateVersion { source, at_most } => {
                out.field("source", source);
                out.field("at_most", at_most);
            }
            Allowed::CopyVersion(target) => out.field("dst_name", target),
        }
    });
}
