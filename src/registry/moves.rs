//! Moves on a board or in a diagram: whether the rules allow one, doing it at once, and what was refused, shown where the version was to go.

use std::rc::Rc;

use leptos::prelude::*;
use web_sys::KeyboardEvent;

use crate::browser;
use crate::registry::refusals::{self, Refusals, use_refusals};
use crate::registry::refused_move::{RefusedMove, WaysOn};
use crate::session::{Dialog, RegistryStore, use_dialogs, use_registry};
use crate::ui::icon::stage_class;
use el::{El, RwSignal, div, ev};
use registry::{Command, FreeText, ModelName, Stage, VersionNumber};
use text::Language;

/// Where versions are moved.
#[derive(Clone, Copy, PartialEq)]
pub enum Place {
    Board,
    Diagram,
}

impl Place {
    /// The id of the first button of a refusal.
    const fn first_way(self) -> &'static str {
        match self {
            Self::Board => "refused-first-way",
            Self::Diagram => "diagram-first-way",
        }
    }

    /// Takes the focus to the version that was moved; from a drawing it is not taken away.
    fn focus(self, version: VersionNumber) {
        match self {
            Self::Board => browser::focus_soon(card_id(version)),
            Self::Diagram => {
                if browser::focused().is_some_and(|it| it.tag_name() != "BODY") {
                    browser::focus_soon(DIAGRAM_PLACE);
                }
            }
        }
    }
}

/// The id of the sentence that says where the version of the diagram is.
pub const DIAGRAM_PLACE: &str = "diagram-place";

/// What moves on one board, or in one diagram.
#[derive(Clone, Copy)]
pub struct Moves {
    store: RegistryStore,
    place: Place,
    /// The version that is being dragged.
    pub dragged: RwSignal<Option<VersionNumber>>,
    refused: RwSignal<Option<RefusedMove>>,
    refusals: Refusals,
}

impl Moves {
    /// Those of a new board or diagram.
    pub fn new(place: Place) -> Self {
        let (store, dialogs) = (use_registry(), use_dialogs());
        let moves = Self {
            store,
            place,
            dragged: RwSignal::new(None),
            refused: RwSignal::new(None),
            refusals: use_refusals(),
        };
        // What was refused goes with the next action.
        Effect::new(move || {
            let now = (store.history(registry::Log::step), store.rules.get());
            store.snapshot.track();
            let elsewhere =
                dialogs.open.with(Option::is_some) || dialogs.refused.with(Option::is_some);
            let is_over = |refused: &RefusedMove| elsewhere || refused.at != now;
            if moves
                .refused
                .with_untracked(|refused| refused.as_ref().is_some_and(is_over))
            {
                moves.refused.set(None);
            }
        });
        moves
    }

    /// The rule that stands against a move now, in a few words; nothing where it is allowed.
    pub fn rule_against(
        self,
        language: Language,
        name: &ModelName,
        version: VersionNumber,
        to: Stage,
    ) -> Option<String> {
        let refusal = self
            .store
            .check(&transition(name, version, to, false))
            .err();
        refusal.map(|refusal| refusals::rule(self.refusals, language, refusal))
    }

    /// Moves a version, or shows why not.
    pub fn go(self, name: &ModelName, version: VersionNumber, to: Stage) {
        self.act(version, to, &[transition(name, version, to, false)]);
    }

    fn act(self, version: VersionNumber, to: Stage, commands: &[Command]) {
        self.refused.set(None);
        match self.store.act_all(commands, &FreeText::default()) {
            Ok(()) => self.place.focus(version),
            Err(refusal) => {
                let step = self.store.log.with_untracked(registry::Log::step);
                self.refused.set(Some(RefusedMove {
                    version,
                    to,
                    refusal,
                    at: (step, self.store.rules.get_untracked()),
                }));
            }
        }
    }

    /// Opens the dialog for a move with a comment, or with the others archived.
    pub fn ask(self, name: &ModelName, version: VersionNumber, to: Stage) {
        self.store.open_dialog(Dialog::Move {
            name: name.clone(),
            version,
            to,
        });
    }

    fn leave(self) {
        let version = self
            .refused
            .with_untracked(|refused| refused.as_ref().map(|refused| refused.version));
        if let Some(version) = version {
            self.refused.set(None);
            self.place.focus(version);
        }
    }

    /// Returns whether a move to the stage was refused and is shown.
    pub fn is_refused(self, stage: Stage) -> bool {
        self.refused
            .with(|refused| refused.as_ref().is_some_and(|refused| refused.to == stage))
    }

    /// What was refused of moves to a stage.
    pub fn refusal_at(self, stage: Stage) -> Vec<El> {
        match self.is_refused(stage) {
            true => self.refusal(),
            false => Vec::new(),
        }
    }

    /// What was refused.
    pub fn refusal(self) -> Vec<El> {
        let shown = self.refused.get().map(|refused| {
            let (version, to) = (refused.version, refused.to);
            let ways = WaysOn {
                first: self.place.first_way(),
                take: Rc::new(move |commands| self.act(version, to, commands)),
                leave: Rc::new(move || self.leave()),
            };
            div()
                .class(format!("refused-move {}", stage_class(to)))
                .children(refusals::refused_move(refused, ways))
                .on(ev::keydown, move |event| {
                    if event.key() == "Escape" {
                        self.leave();
                    }
                })
        });
        shown.into_iter().collect()
    }
}

/// The stage that a key stands for while a version has the focus.
pub fn key_stage(event: &KeyboardEvent) -> Option<Stage> {
    if event.ctrl_key() || event.meta_key() || event.alt_key() || event.repeat() {
        return None;
    }
    match event.key().as_str() {
        "n" | "N" => Some(Stage::None),
        "s" | "S" => Some(Stage::Staging),
        "p" | "P" => Some(Stage::Production),
        "a" | "A" => Some(Stage::Archived),
        _ => None,
    }
}

fn card_id(version: VersionNumber) -> String {
    format!("card-{version}")
}

/// The command of a plain move.
pub fn transition(
    name: &ModelName,
    version: VersionNumber,
    stage: Stage,
    archive: bool,
) -> Command {
    Command::TransitionModelVersionStage {
        name: name.clone(),
        version,
        stage,
        archive_existing_versions: archive,
    }
}
