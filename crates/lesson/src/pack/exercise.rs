//! Reading an exercise.

use serde_json::Value;

use super::condition::condition;
use super::fields::{Fields, each_read, one};
use super::values::{command, loads, model, rules_needed, source_ids, tag_key, tag_values};
use super::{Expected, Wrong};
use crate::exercise::{Allowed, Exercise, Form, Goal, Hints, Named, Noted, Task, Told, Track};
use registry::{Alias, Command, FreeText, ModelName};

pub(super) fn read(from: &mut Fields) -> Exercise {
    let (form, mut start) = form(from);
    let told = form == Form::History;
    start.splice(0..0, self::told(from, "start"));
    Exercise {
        id: from.id("id"),
        track: from
            .parsed("track", Expected::Track, |value| {
                let name = value.as_str()?;
                Track::ALL.into_iter().find(|track| track.as_str() == name)
            })
            .unwrap_or(Track::Stages),
        form,
        title: from.text("title"),
        objective: from.id("objective"),
        story: from.text("story"),
        hints: one(from, "hints", |from| Hints {
            nudge: from.text("nudge"),
            idea: from.text("idea"),
        })
        .unwrap_or_else(|| {
            from.wrong("hints", Wrong::Missing);
            Hints::default()
        }),
        debrief: from.text("debrief"),
        at_work: from.text("at_work"),
        sources: source_ids(from),
        task: Task {
            rules: rules_needed(from),
            model: model(from),
            start,
            told,
            goal: each_read(from, "goal", named),
            allow: each_read(from, "allow", allowed),
            par: from
                .parsed("par", Expected::Steps, number)
                .unwrap_or_default(),
            loads: loads(from),
        },
    }
}

fn number(value: &Value) -> Option<u32> {
    u32::try_from(value.as_u64()?).ok()
}

/// Returns the form, and the steps that are done for the learner.
fn form(from: &mut Fields) -> (Form, Vec<Told>) {
    let name = from.text("form");
    let form = match name.as_str() {
        "worked" => Form::Worked(
            self::told(from, "way")
                .into_iter()
                .map(|told| Noted {
                    command: told.command,
                    note: told.note,
                })
                .collect(),
        ),
        "completion" => {
            let done = self::told(from, "done");
            return (Form::Completion { done: done.len() }, done);
        }
        "free" => Form::Free,
        "history" => Form::History,
        "script" => Form::Script {
            code: from.text("code"),
            mended: from.text("mended"),
        },
        _ => {
            from.of_no_kind("form", &name, Expected::Form);
            Form::Free
        }
    };
    (form, Vec::new())
}

/// Commands with what is told of them.
fn told(from: &mut Fields, key: &str) -> Vec<Told> {
    let commands = from.objects(key).into_iter();
    commands
        .filter_map(|mut fields| {
            let by = fields.text_or_none("by");
            let because = fields.text_or_none("because");
            let note = fields.text_or_none("note").unwrap_or_default();
            let place = fields.place().to_owned();
            let command = command(fields.rest(), &place, from.problems);
            // A whole registry in the place of another is no step of an exercise.
            let is_whole = matches!(command, Some(Command::ReplaceRegistry { .. }));
            if is_whole {
                from.problems
                    .add(&place, Wrong::Expected(Expected::Command));
            }
            let command = command.filter(|_| !is_whole);
            let free = |text: Option<String>| FreeText::parse(&text.unwrap_or_default()).ok();
            Some(Told {
                command: command?,
                by: match by {
                    None => None,
                    by => free(by),
                },
                because: free(because).unwrap_or_default(),
                note,
            })
        })
        .collect()
}

/// Returns a condition of a goal, with its name.
fn named(from: &mut Fields) -> Option<Named> {
    let label = from.text_or_none("label");
    let secret = from.flag("secret");
    if secret && label.is_none() {
        from.wrong("label", Wrong::Missing);
    }
    let inner = |from: &mut Fields, key: &str| {
        let Some(mut fields) = from.object_or_none(key) else {
            from.wrong(key, Wrong::Missing);
            return None;
        };
        let read = condition(&mut fields);
        fields.end_of(&read);
        read
    };
    let is = from.take("is");
    let goal = match is.as_ref().and_then(Value::as_str) {
        Some("always") => Goal::Always(inner(from, "that")?),
        Some("once") => Goal::Once(inner(from, "that")?),
        Some("before") => {
            let first = inner(from, "first");
            let then = inner(from, "then");
            Goal::Before {
                first: first?,
                then: then?,
            }
        }
        Some("nothing_deleted") => Goal::NothingDeleted,
        Some("steps") => Goal::Steps {
            at_most: from.parsed("at_most", Expected::Steps, number)?,
        },
        _ => {
            from.put_back("is", is);
            Goal::Now(condition(from)?)
        }
    };
    Some(Named {
        goal,
        label,
        secret,
    })
}

/// Returns what may be used.
fn allowed(from: &mut Fields) -> Option<Allowed> {
    let method = from.text("do");
    Some(match method.as_str() {
        "transition_model_version_stage" => Allowed::Transition,
        "set_registered_model_alias" => Allowed::SetAlias(aliases(from)?),
        "delete_registered_model_alias" => Allowed::DeleteAlias(aliases(from)?),
        "set_model_version_tag" => Allowed::SetVersionTag {
            key: tag_key(from)?,
            values: tag_values(from)?,
        },
        "delete_model_version_tag" => Allowed::DeleteVersionTag(tag_key(from)?),
        "set_registered_model_tag" => Allowed::SetModelTag {
            key: tag_key(from)?,
            values: tag_values(from)?,
        },
        "delete_registered_model_tag" => Allowed::DeleteModelTag(tag_key(from)?),
        "create_model_version" => Allowed::CreateVersion {
            source: from.parsed("source", Expected::Text, |value| {
                FreeText::parse(value.as_str()?).ok()
            })?,
            at_most: from.parsed("at_most", Expected::OneToThree, |value| {
                number(value).filter(|most| (1..=3).contains(most))
            })?,
        },
        "copy_model_version" => {
            Allowed::CopyVersion(from.parsed("dst_name", Expected::Model, |value| {
                ModelName::parse(value.as_str()?).ok()
            })?)
        }
        "delete_model_version" => Allowed::DeleteVersion,
        "delete_registered_model" => Allowed::DeleteModel,
        _ => {
            from.of_no_kind("do", &method, Expected::Method);
            return None;
        }
    })
}

fn aliases(from: &mut Fields) -> Option<Vec<Alias>> {
    from.parsed("aliases", Expected::Aliases, |value| {
        let aliases = value.as_array()?.iter();
        aliases
            .map(|alias| Alias::parse(alias.as_str()?).ok())
            .collect::<Option<Vec<_>>>()
            .filter(|aliases| !aliases.is_empty())
    })
}
