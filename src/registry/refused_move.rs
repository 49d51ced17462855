//! A move that was refused, and what is said of it.

use std::rc::Rc;

use crate::browser;
use crate::session::{RegistryStore, use_language, use_registry};
use crate::ui::refusal::{Way, short_refusal};
use el::El;
use registry::{Command, Refusal, Remedy, RemedyKind, RuleSet, Stage, VersionNumber};
use text::Language;
use text::explain::way_in_short;

/// A move that was refused.
#[derive(Clone)]
pub struct RefusedMove {
    pub version: VersionNumber,
    pub to: Stage,
    pub refusal: Refusal,
    /// The last step, and the rules, when it was refused.
    pub at: (u64, RuleSet),
}

/// Takes a way out, whose commands it is given.
type Take = Rc<dyn Fn(&[Command])>;

/// How one goes on from a refused move.
pub struct WaysOn {
    /// The id of the first button.
    pub first: &'static str,
    pub take: Take,
    /// Leaves everything as it is.
    pub leave: Rc<dyn Fn()>,
}

/// Shows a refusal, with the ways out. The focus is on the first of them.
pub fn shown(refused: RefusedMove, on: WaysOn) -> El {
    let (language, store) = (use_language(), use_registry());
    browser::focus_soon(on.first);
    let RefusedMove {
        version, refusal, ..
    } = refused;
    let ways = refusal.remedies.iter().map(|way| -> Way {
        let (take, commands) = (Rc::clone(&on.take), way.commands.clone());
        let label = priced(store, language, way, version);
        (label, Box::new(move || take(&commands)))
    });
    let leave: Way = (
        language.board().leave.to_owned(),
        Box::new(move || (on.leave)()),
    );
    let ways = ways.chain([leave]).collect();
    short_refusal(&refusal, on.first, ways)
}

/// A way out in few words, with what it costs the app that asks for Production.
fn priced(
    store: RegistryStore,
    language: Language,
    way: &Remedy,
    version: VersionNumber,
) -> String {
    let texts = language.board();
    let words = way_in_short(language, way);
    let leaves_a_gap = way.commands.first().is_some_and(|first| {
        let context = store.context();
        store.read(|registry| {
            let preview = registry.preview(&context, first);
            preview.is_ok_and(|preview| preview.leaves_nothing_live())
        })
    });
    let price = match (leaves_a_gap, way.kind) {
        (true, RemedyKind::ArchiveLiveThenPromote) => texts.gap_until(&version),
        (true, _) => texts.gap.to_owned(),
        (false, RemedyKind::PromoteAndArchiveExisting) => texts.no_gap.to_owned(),
        (false, _) => return words,
    };
    texts.price(&words, &price)
}
