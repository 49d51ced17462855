//! How the person wants to see things.

use crate::session::keeper::Keeper;
use console::codegen::{ApiStyle, CodeFormat};
use console::secret::has_secret;
use el::RwSignal;
use storage::Theme;
use storage::tabs::{ConsoleChange, Request};

/// What the person has chosen, and what the console remembers.
#[derive(Clone, Copy)]
pub struct Preferences {
    pub theme: RwSignal<Theme>,
    /// With what code is written: stages, or aliases and tags.
    pub code_style: RwSignal<ApiStyle>,
    /// The form in which code is shown.
    pub code_format: RwSignal<CodeFormat>,
    /// The address of the server in the code, as typed; empty for the usual one.
    pub base: RwSignal<String>,
    /// Whether the console at the foot of the registry's pages is open.
    pub console_open: RwSignal<bool>,
    pub keeper: Keeper,
}

impl Preferences {
    /// Returns those of a page that has not opened what is kept.
    #[must_use]
    pub fn new(keeper: Keeper) -> Self {
        Self {
            theme: RwSignal::new(Theme::System),
            code_style: RwSignal::new(ApiStyle::Stages),
            code_format: RwSignal::new(CodeFormat::Python),
            base: RwSignal::new(String::new()),
            console_open: RwSignal::new(false),
            keeper,
        }
    }

    /// Takes over what is kept.
    pub fn take_in(self) {
        let (theme, base, open) = self.keeper.with_vault(|vault| {
            let console = vault.console();
            (vault.theme(), console.base.clone(), console.open)
        });
        // What was chosen meanwhile counts.
        match self.theme.get_untracked() {
            Theme::System => self.theme.set(theme),
            chosen => Self::keep_theme(self.keeper, chosen),
        }
        self.base.set(base);
        self.console_open.set(open);
    }

    pub fn set_theme(self, theme: Theme) {
        self.theme.set(theme);
        self.keeper
            .with_store(|store| (store.keep_theme)(self.keeper, theme));
    }

    pub(super) fn keep_theme(keeper: Keeper, theme: Theme) {
        keeper.keep(|vault, _| vault.set_theme(theme));
        keeper.send_to_writer(|| Request::Theme(theme));
    }

    /// Opens or hides the console, and remembers that.
    pub fn open_console(self, open: bool) {
        self.console_open.set(open);
        self.change_console(ConsoleChange::Open(open));
    }

    fn change_console(self, change: ConsoleChange) {
        self.keeper
            .with_store(|store| (store.change_console)(self.keeper, change));
    }

    pub(super) fn keep_console(keeper: Keeper, change: ConsoleChange) {
        keeper.keep(|vault, _| vault.change_console(|memory| change.make(memory)));
        keeper.send_to_writer(|| Request::Console(change));
    }

    /// Returns what was typed before and has this in it, oldest first; all of it, where this is empty.
    #[must_use]
    pub fn typed_before(self, wanted: &str) -> Vec<String> {
        let wanted = wanted.trim();
        self.keeper.with_vault(|vault| {
            let lines = vault.console().lines().iter();
            lines
                .filter(|line| line.contains(wanted))
                .cloned()
                .collect()
        })
    }

    /// Remembers what was typed, and returns whether it did: what seems to have a password in it is not kept.
    pub fn remember_typed(self, text: &str) -> bool {
        let is_kept = !has_secret(text);
        if is_kept {
            self.change_console(ConsoleChange::Typed(text.to_owned()));
        }
        is_kept
    }

    /// Remembers the address of the server in the code.
    pub fn keep_base(self) {
        let base = self.base.get_untracked();
        self.change_console(ConsoleChange::Base(base));
    }
}
