//! What has to be said about the saved data.

use super::Language;
use storage::{Damage, Notice, StorageKey};

texts!(
    /// The words of notices.
    NoticeText, EN_NOTICE {
        download = "Download it",
        dismiss = "Close this notice",
        memory_only = "This browser does not let the page store anything. Everything works, but it is forgotten when you close the page.",
        newer(what) = "A newer version of this app has written {what}. It is shown as far as it can be read and is not touched. Reload the page to get the newer version.",
        set_aside(what) = "{what} could not be read. It is set aside, exactly as it was found; nothing was overwritten.",
        set_apart(what) = "{what} does not match the rest of what is saved. It is set aside, exactly as it was found; nothing was overwritten.",
        left_in_place(what) = "{what} could not be read, and there was no room to set it aside. It stays where it is, and nothing is written over it.",
        not_repaired = "The saved registry could be read, but not put in order again, so nothing is written there for now. Make room in this browser's storage and reload the page.",
        second_tab = "Model Stages is open in another window, and in this browser the two cannot work together. This window shows what was saved when it was opened, and saves nothing.",
        newer_tab = "A newer version of Model Stages is open in another window, so this one has stopped saving. Reload this page to continue with the newer one.",
        newer_tab_lost = "A newer version of Model Stages is open in another window, so this one has stopped saving, and what you did here last was not saved. Look at it before you reload this page: the newer window does not have it.",
        unreconciled = "Your latest work is only in this browser's second copy, and could not be loaded from there: a part of the app is missing, or the storage is full. It is shown here, and nothing is written over it. Reload this page to load it; if that does not help, download everything on the settings page.",
        brought_back = "This browser had lost some of what was saved. It was restored from the second copy: everything is as you left it.",
        emptied = "Something else has emptied this browser's storage. Everything was saved again.",
        missing = "Something that was saved here is gone from this browser's storage, and it is not in the second copy either. What you see is all that is left.",
        taken_over = "This window did not answer for a while, so another window of this app saves now. Everything you did here is saved.",
        taken_over_lost = "This window did not answer for a while, so another window of this app saves now. What you did here last was not saved: look at it, and do it again.",
        old_store = "An earlier version of this app kept registries for this folder under other names. They are untouched, but not among those you see here. At the end of the settings page you can bring them in, or download them.",
        old_store_way = "Go to the settings",
        settings_reset = "The settings could not be read, so the defaults apply.",
        progress_reset = "The progress page starts again from nothing. Everything else is unchanged.",
        console_reset = "The console has lost the lines that were typed before. Everything else is unchanged.",
        plans_reset = "The plans for classes could not be read, so there are none now. Everything else is unchanged.",
        attempt_reset = "This exercise starts again. Everything else is unchanged.",
        header_reset = "The name and the rules of this registry could not be read, so the defaults apply.",
        history_lost(step) = "Part of the history could not be read. The registry is as you left it, but its history begins at step {step}.",
        cut_short(step) = "Part of the history could not be read. The registry is as it was after step {step}.",
        cut_to_nothing = "The saved registry could not be read, so it starts empty. You can bring the sample back on the registry page.",
        the_settings = "The saved settings",
        the_progress = "What was kept of your progress",
        the_console = "What the console remembers",
        the_plans = "The plans for classes",
        the_attempt = "What was kept of an exercise",
        the_transaction = "The list of registries that were being imported",
        the_deleted = "A registry that was deleted",
        the_header = "The name and the rules of a saved registry",
        the_state = "A saved registry",
        the_segment = "A part of the saved history",
    }
);

/// Returns a notice in words.
pub fn notice(text: Language, notice: &Notice) -> String {
    let texts = text.notices();
    let what = |place: &StorageKey| match place {
        StorageKey::Settings => texts.the_settings,
        StorageKey::Progress => texts.the_progress,
        StorageKey::Console => texts.the_console,
        StorageKey::ClassPlans => texts.the_plans,
        StorageKey::Attempt(_) => texts.the_attempt,
        StorageKey::Transaction => texts.the_transaction,
        StorageKey::Deleted(_) => texts.the_deleted,
        StorageKey::Header(_) => texts.the_header,
        StorageKey::State(..) => texts.the_state,
        StorageKey::Segment(..) => texts.the_segment,
    };
    match notice {
        Notice::MemoryOnly { .. } => texts.memory_only.to_owned(),
        Notice::Newer { place, .. } => {
            let what = what(place).to_ascii_lowercase();
            texts.newer(&what)
        }
        Notice::SetAside {
            place,
            damage: Damage::CutOff,
            ..
        } => texts.set_apart(&what(place)),
        Notice::SetAside { place, .. } => texts.set_aside(&what(place)),
        Notice::LeftInPlace { place, .. } => texts.left_in_place(&what(place)),
        Notice::NotRepaired { .. } => texts.not_repaired.to_owned(),
        Notice::SecondTab => texts.second_tab.to_owned(),
        Notice::NewerTab { is_lost: false } => texts.newer_tab.to_owned(),
        Notice::NewerTab { is_lost: true } => texts.newer_tab_lost.to_owned(),
        Notice::Unreconciled => texts.unreconciled.to_owned(),
        Notice::TakenOver { is_lost: false } => texts.taken_over.to_owned(),
        Notice::TakenOver { is_lost: true } => texts.taken_over_lost.to_owned(),
        Notice::Emptied => texts.emptied.to_owned(),
        Notice::Missing => texts.missing.to_owned(),
        Notice::OldStore => texts.old_store.to_owned(),
        Notice::BroughtBack => texts.brought_back.to_owned(),
        Notice::SettingsReset => texts.settings_reset.to_owned(),
        Notice::ProgressReset => texts.progress_reset.to_owned(),
        Notice::ConsoleReset => texts.console_reset.to_owned(),
        Notice::PlansReset => texts.plans_reset.to_owned(),
        Notice::AttemptReset => texts.attempt_reset.to_owned(),
        Notice::HeaderReset { .. } => texts.header_reset.to_owned(),
        Notice::HistoryLost { step, .. } => texts.history_lost(step),
        Notice::CutShort { step: 0, .. } => texts.cut_to_nothing.to_owned(),
        Notice::CutShort { step, .. } => texts.cut_short(step),
    }
}
