//! The details of the chosen version: what it is, where it comes from, and what can be written on it.

use std::fmt::Display;
use std::rc::Rc;

use crate::browser;
use crate::session::{
    Dialog, Dialogs, RegistryStore, Selection, use_dialogs, use_language, use_registry,
    use_selection,
};
use crate::ui::icon::stage_name;
use el::{
    El, Memo, action, code, dd, details, div, dl, dt, el, ev, h2, h3, label, li, p, section,
    select, span, table, tbody, td, th, tr, ul,
};
use registry::{
    Alias, Command, FreeText, MetricName, MetricValue, ModelName, Stage, TagKey, TagValue,
    VersionNumber,
};
use text::Language;
use text::{ModelText, VersionText};

/// How many of the newest versions can be chosen from a list; the table has them all.
const CHOICES: usize = 100;
/// From how many characters on a text is folded.
const LONG: usize = 400;
/// How much of a folded text is shown.
const START: usize = 120;
/// The button that gets the focus when a tag is gone.
const ADD_TAG: &str = "version-add-tag";
/// The button that gets the focus when an alias is gone.
const ADD_ALIAS: &str = "version-add-alias";

/// The version whose details are shown: the selected one if it is there, else the live one, else the newest.
pub fn chosen(
    store: RegistryStore,
    selection: Selection,
    name: &ModelName,
) -> Option<VersionNumber> {
    let selected = selection.selected.get();
    store.read(|registry| {
        let model = registry.model(name)?;
        selected
            .filter(|number| model.version(*number).is_some())
            .or_else(|| model.answer(Stage::Production).version())
            .or_else(|| model.newest())
    })
}

/// The versions that a list offers: the newest, and those of `also` that are older.
pub fn choices(
    store: RegistryStore,
    name: &ModelName,
    also: &[Option<VersionNumber>],
) -> Vec<(VersionNumber, Stage)> {
    store.read(|registry| {
        let Some(model) = registry.model(name) else {
            return Vec::new();
        };
        let newest = model.versions().rev().take(CHOICES);
        let mut all: Vec<_> = newest
            .map(|version| (version.number(), version.stage()))
            .collect();
        for version in also
            .iter()
            .flatten()
            .filter_map(|number| model.version(*number))
        {
            let choice = (version.number(), version.stage());
            if !all.contains(&choice) {
                all.push(choice);
            }
        }
        all
    })
}

/// A labelled list to choose a version from.
pub fn picker(
    id: &str,
    name: &str,
    choices: Memo<Vec<(VersionNumber, Stage)>>,
    chosen: Memo<Option<VersionNumber>>,
    choose: impl Fn(VersionNumber) + 'static,
) -> El {
    let texts = use_language().version();
    // A version that moved gets a new option; all the others stay, for there are many.
    let keys = move || {
        let key = |(number, stage): &(VersionNumber, Stage)| {
            u64::from(number.get()) * 4 + stage.index() as u64
        };
        choices.with(|choices| choices.iter().map(key).collect())
    };
    let option = move |key: u64| {
        let number = u32::try_from(key / 4).ok().and_then(VersionNumber::new);
        let stage = Stage::ALL
            .into_iter()
            .find(|stage| stage.index() as u64 == key % 4);
        let Some((number, stage)) = number.zip(stage) else {
            return el("option");
        };
        // It may come later than the value was set, so it says itself whether it is the chosen one.
        el("option")
            .verbatim()
            .attr("value", number.to_string())
            .attr("selected", chosen.get_untracked() == Some(number))
            .text(texts.choice(&number, &stage))
    };
    let list = select()
        .id(id)
        .for_each(keys, option)
        .prop("value", move || {
            chosen
                .get()
                .map(|number| number.to_string())
                .unwrap_or_default()
                .into()
        })
        .on_value(ev::change, move |value| {
            if let Some(number) = value.parse().ok().and_then(VersionNumber::new) {
                choose(number);
            }
        });
    label().class("picker").child(span().text(name)).child(list)
}

/// What the panel shows.
#[derive(Clone, PartialEq, Default)]
struct Facts {
    number: Option<VersionNumber>,
    stage: Option<Stage>,
    source: FreeText,
    created: String,
    updated: String,
    been_live: bool,
    description: FreeText,
    metrics: Vec<(MetricName, MetricValue)>,
    tags: Vec<(TagKey, String)>,
    aliases: Vec<Alias>,
}

fn facts(
    language: Language,
    store: RegistryStore,
    selection: Selection,
    name: &ModelName,
) -> Option<Facts> {
    let number = chosen(store, selection, name)?;
    let text = language.version();
    store.read(|registry| {
        let model = registry.model(name)?;
        let version = model.version(number)?;
        let tag = |(key, value): (&TagKey, &TagValue)| (key.clone(), text.tag(key, value));
        Some(Facts {
            number: Some(number),
            stage: Some(version.stage()),
            source: version.source().clone(),
            created: browser::date(version.created()),
            updated: model
                .version_updated(number)
                .map(browser::date)
                .unwrap_or_default(),
            been_live: version.has_been_live(),
            description: version.description().clone(),
            metrics: version
                .metrics()
                .iter()
                .map(|(key, value)| (key.clone(), *value))
                .collect(),
            tags: version.tags().iter().map(tag).collect(),
            aliases: model.aliases_of(number).cloned().collect(),
        })
    })
}

/// The panel of the chosen version.
pub fn version_panel(name: &ModelName) -> El {
    let (language, store, selection) = (use_language(), use_registry(), use_selection());
    let texts = language.version();
    let of = name.clone();
    let facts = Memo::new(move || facts(language, store, selection, &of).unwrap_or_default());
    let panel = Rc::new(Panel {
        name: name.clone(),
        store,
        dialogs: use_dialogs(),
        texts,
        labels: language.model(),
        facts,
        number: Memo::new(move || facts.with(|facts| facts.number)),
    });
    let copy = panel.button(VersionText::copy, Dialog::CopyVersion);
    let delete = panel
        .button(VersionText::delete, Dialog::DeleteVersion)
        .class("danger");
    let number = panel.number;
    section()
        .class("panel version-panel")
        .attr("aria-labelledby", "version-title")
        .attr("hidden", move || number.get().is_none())
        .children(panel.head(selection))
        .child(panel.overview())
        .children([
            panel.description(),
            panel.metrics(),
            panel.tags(),
            panel.aliases(),
        ])
        .child(div().class("actions version-end").child(copy).child(delete))
}

/// What the parts of the panel need.
struct Panel {
    name: ModelName,
    store: RegistryStore,
    dialogs: Dialogs,
    texts: &'static VersionText,
    labels: &'static ModelText,
    facts: Memo<Facts>,
    number: Memo<Option<VersionNumber>>,
}

impl Panel {
    /// A button that opens a dialog. It stays while what is above it changes: it keeps the focus.
    fn button(
        &self,
        label: fn(&VersionText, &dyn Display) -> String,
        ask: fn(ModelName, VersionNumber) -> Dialog,
    ) -> El {
        let (name, store, texts, number) = (self.name.clone(), self.store, self.texts, self.number);
        action("", move || {
            if let Some(number) = number.get_untracked() {
                store.open_dialog(ask(name.clone(), number));
            }
        })
        .text(move || {
            let number = number.get().map(|number| number.to_string());
            label(texts, &number.unwrap_or_default())
        })
        .attr("disabled", move || !store.can_change())
    }

    /// A chip with a button that carries a command out; then the focus goes to the button that adds another one.
    fn chip(&self, content: El, remove: String, command: Command, then: &'static str) -> El {
        let (store, dialogs) = (self.store, self.dialogs);
        chip(content, remove, move || {
            if let Err(refusal) = store.act(&command, FreeText::default()) {
                dialogs.refused.set(Some(refusal));
            }
            browser::focus_soon(then);
        })
    }

    fn head(&self, selection: Selection) -> [El; 2] {
        let (name, store, texts, number) = (self.name.clone(), self.store, self.texts, self.number);
        let offered = Memo::new(move || choices(store, &name, &[number.get()]));
        let title = h2()
            .id("version-title")
            .attr("tabindex", "-1")
            .text(move || {
                let number = number.get().map(|number| number.to_string());
                texts.title(&number.unwrap_or_default())
            });
        let pick = picker("version-pick", texts.pick, offered, number, move |number| {
            selection.selected.set(Some(number));
        });
        let listed = p()
            .class("quiet")
            .text(texts.choice_more(&CHOICES))
            .attr("hidden", move || {
                offered.with(|offered| offered.len() < CHOICES)
            });
        [div().class("panel-head").child(title).child(pick), listed]
    }

    fn overview(&self) -> El {
        let (facts, texts) = (self.facts, self.texts);
        let fact = |name: &str, value: El| div().child(dt().text(name)).child(value);
        let said = move |say: fn(&Facts) -> String| dd().text(move || facts.with(say));
        let stage = dd()
            .dynamic(move || facts.with(|facts| facts.stage.map(stage_name).into_iter().collect()));
        let source =
            dd().dynamic(move || vec![facts.with(|facts| long(facts.source.as_str(), code()))]);
        let been_live = dd().text(move || {
            let been = facts.with(|facts| facts.been_live);
            if been { texts.yes } else { texts.no }.to_owned()
        });
        dl().class("version-facts")
            .child(fact(texts.stage, stage))
            .child(fact(texts.been_live, been_live))
            .child(fact(texts.created, said(|facts| facts.created.clone())))
            .child(fact(texts.updated, said(|facts| facts.updated.clone())))
            .child(fact(texts.source, source).class("version-source"))
    }

    fn description(&self) -> El {
        let (facts, texts) = (self.facts, self.texts);
        let describe = self.button(VersionText::describe, Dialog::DescribeVersion);
        part(texts.description, describe, move || {
            facts.with(|facts| match facts.description.as_str() {
                "" => empty(texts.no_description),
                text => long(text, p()),
            })
        })
    }

    fn metrics(&self) -> El {
        let (facts, texts) = (self.facts, self.texts);
        let add = self.button(VersionText::add_metric, Dialog::AddMetric);
        part(texts.metrics, add, move || {
            facts.with(|facts| {
                if facts.metrics.is_empty() {
                    return empty(texts.no_metrics);
                }
                let row = |(key, value): &(MetricName, MetricValue)| {
                    tr().child(th().attr("scope", "row").text(key.to_string()))
                        .child(td().class("number").text(value.to_string()))
                };
                table()
                    .class("version-metrics")
                    .child(tbody().children(facts.metrics.iter().map(row)))
            })
        })
    }

    fn tags(self: &Rc<Self>) -> El {
        let add = self.button(VersionText::add_tag, |name, number| {
            Dialog::AddTag(name, Some(number))
        });
        let panel = self.clone();
        part(self.texts.tags, add.id(ADD_TAG), move || {
            panel.facts.with(|facts| {
                let Some(version) = facts.number.filter(|_| !facts.tags.is_empty()) else {
                    return empty(panel.labels.no_tags);
                };
                let chip = |(key, tag): &(TagKey, String)| {
                    let command = Command::DeleteModelVersionTag {
                        name: panel.name.clone(),
                        version,
                        key: key.clone(),
                    };
                    let remove = panel.labels.remove_tag(key);
                    panel.chip(long(tag, span()), remove, command, ADD_TAG)
                };
                ul().class("chips").children(facts.tags.iter().map(chip))
            })
        })
    }

    fn aliases(self: &Rc<Self>) -> El {
        let add = self.button(VersionText::add_alias, |name, number| {
            Dialog::SetAlias(name, Some(number))
        });
        let panel = self.clone();
        part(self.texts.aliases, add.id(ADD_ALIAS), move || {
            panel.facts.with(|facts| {
                if facts.aliases.is_empty() {
                    return empty(panel.labels.no_aliases);
                }
                let chip = |alias: &Alias| {
                    let command = Command::DeleteRegisteredModelAlias {
                        name: panel.name.clone(),
                        alias: alias.clone(),
                    };
                    let remove = panel.labels.remove_alias(alias);
                    let name = span().text(format!("@{alias}"));
                    panel.chip(name, remove, command, ADD_ALIAS)
                };
                ul().class("chips").children(facts.aliases.iter().map(chip))
            })
        })
    }
}

/// A part of the panel: its heading, what is there, and the button that changes it.
fn part(name: &str, button: El, content: impl Fn() -> El + 'static) -> El {
    div()
        .class("version-part")
        .child(h3().text(name))
        .child(
            div()
                .class("version-content")
                .dynamic(move || vec![content()]),
        )
        .child(button)
}

fn empty(sentence: &str) -> El {
    p().class("empty").text(sentence)
}

/// A chip with a button that deletes what it stands for.
fn chip(content: El, remove: String, act: impl Fn() + 'static) -> El {
    let store = use_registry();
    let button = action("×", act)
        .class("chip-remove")
        .attr("aria-label", remove)
        .attr("disabled", move || !store.can_change());
    li().class("chip")
        .child(content.class("mono").verbatim())
        .child(button)
}

/// A text in an element; a long one is folded.
fn long(text: &str, element: El) -> El {
    if text.chars().count() <= LONG {
        return element.text(text);
    }
    let mut start: String = text.chars().take(START).collect();
    start.push('…');
    details()
        .class("long")
        .child(el("summary").text(start))
        .child(element.text(text))
}
