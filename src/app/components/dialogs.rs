//! The dialogs with fields: each reads its fields into a command, or says what is wrong with them.

use leptos::prelude::*;

use super::copy_version::copy_version;
use super::field::{Field, complaint};
use super::lens::{lens, told};
use super::modal::modal;
use super::move_dialog::move_dialog;
use super::refusal::refusal_box;
use super::{export, take_in};
use crate::app::browser;
use crate::app::dom::{El, Live, action, button, derived, div, form, p};
use crate::app::state::{Ask, Session};
use crate::registry::{
    Alias, Command, FreeText, MetricName, MetricValue, Metrics, ModelName, Refusal, RefusalKind,
    Registry, Replacement, TagKey, TagValue, Tags, VersionNumber, sample,
};
use crate::route::Route;
use crate::text::fill;

/// The dialog for what is asked.
pub fn dialog(session: Session, ask: Ask) -> El {
    let texts = session.text.forms();
    match ask {
        Ask::Move { name, version, to } => move_dialog(session, &name, version, to),
        Ask::CreateModel => create_model(session),
        Ask::RenameModel(name) => rename_model(session, name),
        Ask::DescribeModel(name) => {
            let now = session.read(|registry| {
                registry
                    .model(&name)
                    .map(|model| model.description().to_string())
            });
            let title = fill(texts.describe_title, &[("name", &name)]);
            describe(session, title, now, move |description| {
                Command::UpdateRegisteredModel {
                    name: name.clone(),
                    description,
                }
            })
        }
        Ask::DescribeVersion(name, version) => {
            let now = session.read(|registry| {
                let version = registry.model(&name)?.version(version)?;
                Some(version.description().to_string())
            });
            let what = fill(
                session.text.events().the_version,
                &[("name", &name), ("version", &version)],
            );
            let title = fill(texts.describe_title, &[("name", &what)]);
            describe(session, title, now, move |description| {
                Command::UpdateModelVersion {
                    name: name.clone(),
                    version,
                    description,
                }
            })
        }
        Ask::DeleteModel(name) => {
            let title = fill(texts.delete_model_title, &[("name", &name)]);
            let command = Command::DeleteRegisteredModel { name };
            confirm(
                session,
                title,
                texts.delete_model_body,
                texts.delete_model,
                command,
                Some(Route::Registry),
            )
        }
        Ask::DeleteVersion(name, version) => {
            let title = fill(texts.delete_version_title, &[("version", &version)]);
            let command = Command::DeleteModelVersion { name, version };
            confirm(
                session,
                title,
                texts.delete_version_body,
                texts.delete_version,
                command,
                None,
            )
        }
        Ask::CopyVersion(name, version) => copy_version(session, name, version),
        Ask::AddVersion(name) => add_version(session, name),
        Ask::SetAlias(name, version) => set_alias(session, name, version),
        Ask::AddTag(name, version) => add_tag(session, name, version),
        Ask::AddMetric(name, version) => add_metric(session, name, version),
        Ask::StartEmpty => {
            let words = (texts.empty_title, texts.empty_body, texts.start_empty);
            replace(session, words, Registry::default(), Replacement::Emptied)
        }
        Ask::ResetSample => {
            let (log, _) = sample::sample(browser::now());
            let words = (texts.sample_title, texts.sample_body, texts.reset_sample);
            let with = log.registry().clone();
            replace(session, words, with, Replacement::Sample)
        }
        Ask::DeleteWorkspace => delete_workspace(session),
        // These are another part's.
        Ask::Registries | Ask::Share | Ask::Erase => div(),
        Ask::Export => export::export(session),
        Ask::TakeIn => take_in::take_in(session),
    }
}

/// What a form needs: its texts, its fields, and how they become a command.
pub struct Form {
    pub title: String,
    pub submit: &'static str,
    pub danger: bool,
    /// The command that the fields say, or nothing while a field is wrong.
    pub command: Box<dyn Fn() -> Option<Command>>,
    /// What to do once it is carried out.
    pub then: Box<dyn Fn()>,
}

/// A dialog around fields, with the refusal of its command above its buttons.
pub fn form_dialog(session: Session, form_of: Form, fields: Vec<El>) -> El {
    let refused = Live::new(None::<Refusal>);
    let Form {
        title,
        submit,
        danger,
        command,
        then,
    } = form_of;
    let command = StoredValue::new_local(command);
    let run = move |commands: Vec<Command>| match session.act_all(&commands, &FreeText::default()) {
        Ok(()) => {
            session.ask.set(None);
            then();
        }
        Err(refusal) => refused.set(Some(refusal)),
    };
    // A way out (such as retiring the live version first) is a step of its own: the question stays open after it.
    let take = move |commands: Vec<Command>| {
        refused.set(session.act_all(&commands, &FreeText::default()).err());
    };
    let confirm = button()
        .attr("type", "submit")
        .class(if danger { "danger" } else { "primary" })
        .text(submit)
        .flag_with("disabled", move || {
            command.with_value(|command| command().is_none())
        });
    let content = form()
        .class("form")
        .children(fields)
        .child(lens(session, move || {
            let command = command.with_value(|command| command());
            command.map(|command| told(session, command))
        }))
        .dynamic(move || {
            let refusal = refused.get();
            refusal
                .map(|refusal| refusal_box(session, refusal, take))
                .into_iter()
                .collect()
        })
        .child(
            div()
                .class("actions")
                .child(confirm)
                .child(action(session.text.shell().cancel, move || {
                    session.ask.set(None)
                })),
        )
        .on("submit", move |event| {
            event.prevent_default();
            if let Some(command) = untrack(|| command.with_value(|command| command())) {
                run(vec![command]);
            }
        });
    modal(session, title, content)
}

/// A field of a dialog.
pub fn field<T>(
    session: Session,
    id: &'static str,
    (label, hint): (&'static str, &'static str),
    value: Live<String>,
    check: impl Fn(&str) -> Result<T, RefusalKind> + Send + Sync + 'static,
) -> Field {
    Field {
        id,
        label,
        hint,
        value,
        wrong: derived(move || complaint(session.text, check(&value.get()))),
        multiline: false,
    }
}

/// A field for a free text of several lines.
fn long_field(
    session: Session,
    id: &'static str,
    label: &'static str,
    value: Live<String>,
) -> Field {
    Field {
        multiline: true,
        ..field(session, id, (label, ""), value, FreeText::parse)
    }
}

fn create_model(session: Session) -> El {
    let texts = session.text.forms();
    let name = Live::new(String::new());
    let description = Live::new(String::new());
    let check = move |typed: &str| new_name(session, typed, None);
    form_dialog(
        session,
        Form {
            title: texts.create_model_title.to_owned(),
            submit: texts.create,
            danger: false,
            command: Box::new(move || {
                Some(Command::CreateRegisteredModel {
                    name: new_name(session, &name.get(), None).ok()?,
                    description: FreeText::parse(&description.get()).ok()?,
                    tags: Tags::new(),
                })
            }),
            then: Box::new(move || {
                if let Ok(name) = ModelName::parse(&name.get_untracked()) {
                    browser::go(&Route::Model(name));
                }
            }),
        },
        vec![
            field(
                session,
                "model-name",
                (texts.name, texts.name_hint),
                name,
                check,
            )
            .view(true),
            long_field(session, "model-description", texts.description, description).view(false),
        ],
    )
}

/// A name that no model has yet (but for the one that may keep it).
fn new_name(
    session: Session,
    name: &str,
    own: Option<&ModelName>,
) -> Result<ModelName, RefusalKind> {
    let name = ModelName::parse(name)?;
    let taken = session.read(|registry| registry.model(&name).is_some());
    if taken && own != Some(&name) {
        return Err(RefusalKind::ModelExists {
            name,
            on_rename: false,
        });
    }
    Ok(name)
}

fn rename_model(session: Session, name: ModelName) -> El {
    let texts = session.text.forms();
    let new = Live::new(name.to_string());
    let own = name.clone();
    let check = move |typed: &str| new_name(session, typed, Some(&own));
    let title = fill(texts.rename_title, &[("name", &name)]);
    form_dialog(
        session,
        Form {
            title,
            submit: texts.rename,
            danger: false,
            command: Box::new(move || {
                Some(Command::RenameRegisteredModel {
                    new_name: new_name(session, &new.get(), Some(&name)).ok()?,
                    name: name.clone(),
                })
            }),
            then: Box::new(move || {
                if let Ok(name) = ModelName::parse(&new.get_untracked()) {
                    browser::go(&Route::Model(name));
                }
            }),
        },
        vec![
            field(
                session,
                "model-new-name",
                (texts.new_name, texts.name_hint),
                new,
                check,
            )
            .view(true),
            p().class("quiet").text(texts.rename_note),
        ],
    )
}

fn describe(
    session: Session,
    title: String,
    now: Option<String>,
    command: impl Fn(FreeText) -> Command + 'static,
) -> El {
    let texts = session.text.forms();
    let description = Live::new(now.unwrap_or_default());
    form_dialog(
        session,
        Form {
            title,
            submit: texts.save,
            danger: false,
            command: Box::new(move || FreeText::parse(&description.get()).ok().map(&command)),
            then: Box::new(|| {}),
        },
        vec![
            long_field(
                session,
                "description",
                session.text.version().description,
                description,
            )
            .view(true),
        ],
    )
}

fn confirm(
    session: Session,
    title: String,
    body: &'static str,
    submit: &'static str,
    command: Command,
    after: Option<Route>,
) -> El {
    form_dialog(
        session,
        Form {
            title,
            submit,
            danger: true,
            command: Box::new(move || Some(command.clone())),
            then: Box::new(move || {
                if let Some(route) = &after {
                    browser::go(route);
                } else {
                    browser::focus_soon("page-title");
                }
            }),
        },
        vec![p().text(body)],
    )
}

fn add_version(session: Session, name: ModelName) -> El {
    let texts = session.text.forms();
    let source = Live::new(String::new());
    let description = Live::new(String::new());
    let metrics = Live::new(String::new());
    let wrong_metrics = derived(move || {
        let line = read_metrics(&metrics.get()).err()?;
        Some(fill(texts.metric_line, &[("line", &line)]))
    });
    let metrics_field = Field {
        id: "version-metrics",
        label: texts.metrics,
        hint: texts.metrics_hint,
        value: metrics,
        wrong: wrong_metrics,
        multiline: true,
    };
    let title = fill(texts.add_version_title, &[("name", &name)]);
    form_dialog(
        session,
        Form {
            title,
            submit: texts.add_version,
            danger: false,
            command: Box::new(move || {
                Some(Command::CreateModelVersion {
                    name: name.clone(),
                    source: FreeText::parse(source.get().trim()).ok()?,
                    description: FreeText::parse(&description.get()).ok()?,
                    tags: Tags::new(),
                    metrics: read_metrics(&metrics.get()).ok()?,
                })
            }),
            then: Box::new(|| {}),
        },
        vec![
            field(
                session,
                "version-source",
                (texts.source, texts.source_hint),
                source,
                FreeText::parse,
            )
            .view(true),
            long_field(
                session,
                "version-description",
                texts.description,
                description,
            )
            .view(false),
            metrics_field.view(false),
        ],
    )
}

/// Metrics, one per line as `name=number`.
///
/// # Errors
/// The number of the first line that is not of that form.
fn read_metrics(text: &str) -> Result<Metrics, usize> {
    let mut metrics = Metrics::new();
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let metric = line.split_once(['=', ':']).and_then(|(name, value)| {
            let name = MetricName::parse(name.trim()).ok()?;
            Some((name, MetricValue::parse(value).ok()?))
        });
        let (name, value) = metric.ok_or(index + 1)?;
        metrics.insert(name, value);
    }
    Ok(metrics)
}

fn set_alias(session: Session, name: ModelName, version: Option<VersionNumber>) -> El {
    let texts = session.text.forms();
    let alias = Live::new(String::new());
    let newest = session.read(|registry| registry.model(&name)?.newest());
    let number = Live::new(
        version
            .or(newest)
            .map_or_else(String::new, |version| version.to_string()),
    );
    let check_of = name.clone();
    let check_version = move |typed: &str| existing(session, &check_of, typed);
    let of = name.clone();
    let moves = move || {
        let alias = new_alias(&alias.get()).ok()?;
        let now = session.read(|registry| registry.model(&of)?.aliases().get(&alias).copied())?;
        Some(fill(
            texts.alias_moves,
            &[("alias", &alias), ("version", &now)],
        ))
    };
    let title = fill(texts.alias_title, &[("name", &name)]);
    form_dialog(
        session,
        Form {
            title,
            submit: texts.set_alias,
            danger: false,
            command: Box::new(move || {
                Some(Command::SetRegisteredModelAlias {
                    name: name.clone(),
                    alias: new_alias(&alias.get()).ok()?,
                    version: existing(session, &name, &number.get()).ok()?,
                })
            }),
            then: Box::new(|| {}),
        },
        vec![
            field(
                session,
                "alias-name",
                (texts.alias, texts.alias_hint),
                alias,
                new_alias,
            )
            .view(true),
            field(
                session,
                "alias-version",
                (texts.alias_version, ""),
                number,
                check_version,
            )
            .view(false),
            p().class("quiet")
                .attr("role", "status")
                .text_with(move || moves().unwrap_or_default()),
        ],
    )
}

/// An alias that can be set.
fn new_alias(text: &str) -> Result<Alias, RefusalKind> {
    let alias = Alias::parse(text)?;
    alias.check_not_reserved()?;
    Ok(alias)
}

/// A version that the model has, by its number as typed.
fn existing(session: Session, name: &ModelName, text: &str) -> Result<VersionNumber, RefusalKind> {
    let written = crate::registry::id::WrittenVersion::parse(text)?;
    session.read(|registry| {
        registry
            .get_model_version(name, &written)
            .map(crate::registry::ModelVersion::number)
    })
}

fn add_tag(session: Session, name: ModelName, version: Option<VersionNumber>) -> El {
    let texts = session.text.forms();
    let key = Live::new(String::new());
    let value = Live::new(String::new());
    let title = version.map_or_else(
        || fill(texts.tag_title, &[("name", &name)]),
        |version| fill(texts.tag_version_title, &[("version", &version)]),
    );
    form_dialog(
        session,
        Form {
            title,
            submit: texts.add_tag,
            danger: false,
            command: Box::new(move || {
                let name = name.clone();
                let key = TagKey::parse(&key.get()).ok()?;
                let value = TagValue::parse(&value.get()).ok()?;
                Some(match version {
                    Some(version) => Command::SetModelVersionTag {
                        name,
                        version,
                        key,
                        value,
                    },
                    None => Command::SetRegisteredModelTag { name, key, value },
                })
            }),
            then: Box::new(|| {}),
        },
        vec![
            field(
                session,
                "tag-key",
                (texts.tag_key, texts.tag_key_hint),
                key,
                TagKey::parse,
            )
            .view(true),
            field(
                session,
                "tag-value",
                (texts.tag_value, ""),
                value,
                TagValue::parse,
            )
            .view(false),
        ],
    )
}

fn add_metric(session: Session, name: ModelName, version: VersionNumber) -> El {
    let texts = session.text.forms();
    let key = Live::new(String::new());
    let value = Live::new(String::new());
    let title = fill(texts.metric_title, &[("version", &version)]);
    form_dialog(
        session,
        Form {
            title,
            submit: texts.add_metric,
            danger: false,
            command: Box::new(move || {
                Some(Command::LogMetric {
                    name: name.clone(),
                    version,
                    key: MetricName::parse(&key.get()).ok()?,
                    value: MetricValue::parse(&value.get()).ok()?,
                })
            }),
            then: Box::new(|| {}),
        },
        vec![
            field(
                session,
                "metric-name",
                (texts.metric_name, ""),
                key,
                MetricName::parse,
            )
            .view(true),
            field(
                session,
                "metric-value",
                (texts.metric_value, ""),
                value,
                MetricValue::parse,
            )
            .view(false),
        ],
    )
}

/// Puts another registry in the place of this one. The words are the title, the body and the button.
fn replace(
    session: Session,
    (title, body, submit): (&str, &'static str, &'static str),
    with: Registry,
    why: Replacement,
) -> El {
    let command = Command::ReplaceRegistry {
        with: with.into(),
        why,
    };
    let after = Some(Route::Registry);
    confirm(session, title.to_owned(), body, submit, command, after)
}

/// Deletes the workspace that is open, and goes back to the learner's own.
fn delete_workspace(session: Session) -> El {
    let texts = session.text.workspaces();
    let name = session.workspace_name(&session.workspace.get_untracked());
    let run = move || {
        session.ask.set(None);
        session.delete_workspace();
        browser::focus_soon("page-title");
    };
    let content = div()
        .class("form")
        .child(p().text(fill(texts.delete_body, &[("name", &name)])))
        .child(
            div()
                .class("actions")
                .child(action(texts.delete, run).class("danger"))
                .child(action(session.text.shell().cancel, move || {
                    session.ask.set(None)
                })),
        );
    modal(
        session,
        fill(texts.delete_title, &[("name", &name)]),
        content,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metrics_are_read_line_by_line() {
        let check = |text: &str, expected: Result<usize, usize>| {
            assert_eq!(
                read_metrics(text).map(|metrics| metrics.len()),
                expected,
                "{text:?}"
            );
        };
        check("", Ok(0));
        check("recall=0.91\n\nprecision: 0.4", Ok(2));
        check("recall=0.91\nrubbish", Err(2));
        check("recall=high", Err(1));
        check("=1", Err(1));
        check("recall=inf", Err(1));
    }
}
