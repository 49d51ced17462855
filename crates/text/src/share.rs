//! The texts of links, files, several registries, and of the data that is kept.

use super::Language;
use share::{FileError, NoLink, TooMuch};
use storage::{Meaning, NoName, StorageKey};

texts!(
    /// A registry that goes out: as a link, as a file, as text.
    ShareText, EN_SHARE {
        title = "Share or save this registry",
        link = "A link",
        link_intro = "The registry and its history are in the link itself. Nothing is sent anywhere: everybody who opens the link gets a copy.",
        link_field = "Link",
        link_long = "This registry and its history do not fit into a link. Give the file below instead.",
        copy_link = "Copy the link",
        qr = "Show a QR code",
        qr_alt = "QR code of the link",
        square_long = "The link is too long for a QR code.",
        file = "A file",
        file_intro = "The JSON file has the registry with its history. You can import it on the settings page. The CSV file has the present state for a spreadsheet.",
        json = "Download JSON",
        csv = "Download CSV",
        text = "As text",
        text_intro = "The present state and the last steps, for a forum or a mail.",
        text_label = "The registry as text",
        copy_text = "Copy the text",
        copied_name = "Shared registry",
    }
);

texts!(
    /// The page of a link.
    SharedText, EN_SHARED {
        title = "A registry was shared with you",
        wrong_title = "This link cannot be opened",
        named = "Name",
        rules = "Rules",
        holds = "In it",
        history = "History",
        last = "Last step",
        nothing = "nothing",
        promise = "Nothing of yours has changed. View it here, or copy it to your own registries.",
        look = "View",
        look_away = "Close",
        looking = "You are viewing it. Nothing can be changed here.",
        model = "Model",
        copy = "Copy to my registries",
        leave = "Leave",
        copied(name) = "{name} is one of your registries now. It is open.",
        not_copied = "It could not be copied: this browser's storage has no room, or does not answer. Nothing has changed.",
        unsaved = "The registry that is open is not saved yet. Save it first: nothing has changed.",
        not_one = "This is not a link of Model Stages, or only a part of one. Ask for the whole link.",
        damaged = "Something in the link was changed or is missing. That happens when a program breaks long links. Ask for the link again, or better for a file.",
        newer = "A newer version of Model Stages has made this link. Reload the page to get that version.",
        too_much = "This link holds too much. Ask for the registry as a file.",
        broken(why) = "The link is whole, but there is no registry in it ({why}). Nothing was changed.",
        to_registry = "Go to my registry",
        ;
        models = "{count} model" | "{count} models",
        versions = "{count} version" | "{count} versions",
        steps = "{count} step" | "{count} steps",
    }
);

texts!(
    /// Several registries by name.
    RegistriesText, EN_REGISTRIES {
        open = "All registries…",
        share = "Share or save…",
        title = "Your registries",
        intro = "Each has its own history and its own rules. The lesson and the exercises touch none of them.",
        is_open = "open now",
        created(date) = "since {date}",
        always = "always here",
        open_it = "Open",
        open_name(name) = "Open {name}",
        rename = "Rename",
        rename_name(name) = "Rename {name}",
        duplicate = "Duplicate",
        duplicate_name(name) = "Duplicate {name}",
        delete = "Delete",
        delete_name(name) = "Delete {name}",
        new = "A new registry",
        name = "Name",
        new_name = "New name",
        start = "Start",
        empty = "empty",
        sample = "with the sample",
        create = "Create",
        save = "Save the name",
        created_now(name) = "{name} is there, and open.",
        renamed(name) = "It is called {name} now.",
        duplicated(name) = "{name} is there: the same registry with the same history.",
        deleted(name) = "{name} is deleted.",
        trash = "Deleted",
        trash_intro = "The last ten are kept, as long as there is room.",
        bring_back = "Bring back",
        bring_back_name(name) = "Bring back {name}",
        forget = "Remove for good",
        forget_name(name) = "Remove for good: {name}",
        back(name) = "{name} is back.",
        forgotten(name) = "{name} is gone for good.",
        no_room = "This browser's storage has no room for it, or does not answer. Nothing has changed.",
        no_room_to_keep(name) = "{name} is still here: this browser’s storage has no room to keep it for you to bring back. It can be deleted for good.",
        for_good = "Delete for good",
        for_good_name(name) = "Delete for good: {name}",
        copy_of(name) = "Copy of {name}",
        suggestion = "Registry",
        no_name_empty = "A name has at least one letter.",
        no_name_long = "A name has at most 60 characters.",
        no_name_invisible = "There is a character in this name that cannot be seen, or that changes the direction of others. Type the name again.",
        no_name_taken = "Another registry has this name. Choose another name.",
    }
);

texts!(
    /// The settings page.
    SettingsText, EN_SETTINGS {
        intro = "How the app looks, and what it keeps in this browser.",
        look = "Look",
    }
);

texts!(
    /// The data that is kept.
    DataText, EN_DATA {
        title = "Your data",
        intro = "What you do is stored in this browser and nowhere else. The copy of the app for use without a network is not counted here.",
        intro_memory = "This browser lets the page store nothing. What is here lasts until the page is closed.",
        nothing = "You have done nothing yet that is stored.",
        col_meaning = "What",
        col_key = "Key",
        col_size = "Size",
        col_newest = "Latest entry",
        total(size) = "{size} in all",
        bytes(count) = "{count} B",
        kilobytes(count) = "{count} KB",
        never = "–",
        more = "Show more keys",
        download = "Download everything",
        delete = "Delete everything…",
        import_label = "Import a file of Model Stages",
        import_title = "What the file will change",
        import_nothing = "The file has nothing new.",
        import_new(name, models, steps) = "{name} becomes a separate registry: {models}, {steps}.",
        import_theme = "The theme changes.",
        import_place = "Your place in the lesson will be the file's: it is the later one.",
        import_round = "The round of questions is the file's, or gets answers from it.",
        import_take = "Import",
        import_cancel = "Cancel",
        imported = "The file was imported.",
        import_undo = "Undo",
        import_undone = "Everything is as it was before the file.",
        import_undone_but = "What the file brought is undone. What you did after the import stays as it is now.",
        import_undo_failed = "The browser's storage did not accept it, so nothing was undone. Everything from the file is still there. Try again.",
        import_failed = "There is not enough room in this browser's storage, or the storage does not answer. Nothing was changed.",
        import_unsaved = "Your last change is not saved yet. Save it first: nothing was changed.",
        import_large = "This file is larger than anything that could be kept here, so nothing was changed.",
        import_much = "There is more in this file than could be kept here, so nothing was changed.",
        import_foreign = "This is not a file of Model Stages, or only a part of one, so nothing was changed. Choose a file that you got by “Download everything” or by “Share or save”. A file with progress alone belongs in the field above.",
        import_newer = "This file comes from a newer version of Model Stages, so nothing was changed. Reload the page to get that version, then choose the file again.",
        import_damaged(why) = "This is a file of Model Stages, but something in it is damaged ({why}), so nothing was changed. Choose another copy of it.",
        erase_title = "Delete everything?",
        erase_body = "This deletes all registries with their histories, your progress, your plans for classes, the settings and what the console remembers, and also exercises in progress, deleted registries that are still kept, and what was set aside. This cannot be undone. Download everything first: the file brings back the registries, the progress, the plans, the theme and what was typed in the console.",
        erase_do = "Delete everything",
        not_erased = "Something could not be deleted: the storage does not answer. Try again.",
        unreadable = "Some of it could not be read just now, so there is no file. Reload the page and try again.",
        aside_title = "Set aside",
        aside_intro = "These values could not be read. Each is kept exactly as it was found, until you drop it.",
        aside_download = "Download",
        aside_download_key(key) = "Download {key}",
        aside_drop = "Drop",
        aside_drop_key(key) = "Drop {key}",
        aside_dropped(key) = "{key} is dropped.",
        not_dropped(key) = "{key} is still there: the storage does not answer. Try again.",
        old_title = "From an earlier version of this app",
        old_intro = "It kept its data for this folder under other names. That is untouched, and not among what you see here. Bring it in beside what is here, or download it; after that you can drop it.",
        old_here = "It kept its data for this folder under other names. All of it is here now, so you can drop the rest.",
        old_take = "Bring it in",
        old_dropped = "What the earlier version kept is dropped.",
        the_settings = "Theme, and which registry is open",
        the_progress = "Your progress in the lesson, the questions and the exercises",
        the_console = "What the console remembers",
        the_plans = "Your plans for classes",
        the_attempt = "An exercise under way",
        the_deleted = "A registry that was deleted",
        the_transaction = "Which registries are being imported",
        the_header(name) = "Name and rules of {name}",
        the_state(name) = "A state of {name} to start from",
        the_segment(name) = "A part of the history of {name}",
        set_aside = "Set aside: could not be read",
        own_notes = "What the app notes about windows and the second copy",
        unknown = "Not known to this version",
        ;
        keys = "{count} key" | "{count} keys",
        import_same = "{count} registry of the file is here already, with the same name and the same history." | "{count} registries of the file are here already, with the same names and the same histories.",
        import_questions = "{count} question is new, or was answered later there." | "{count} questions are new, or were answered later there.",
        import_exercises = "{count} exercise is new, or was solved later there." | "{count} exercises are new, or were solved later there.",
        import_steps = "{count} more step of the lesson done." | "{count} more steps of the lesson done.",
        import_plans = "{count} plan for a class." | "{count} plans for classes.",
        import_plans_left = "There is no room for {count} plan for a class: first delete plans that you do not need." | "There is no room for {count} plans for classes: first delete plans that you do not need.",
        import_lines = "{count} more line typed in the console." | "{count} more lines typed in the console.",
    }
);

/// Returns what stands against a name.
pub const fn no_name(text: Language, why: NoName) -> &'static str {
    let texts = text.registries();
    match why {
        NoName::Empty => texts.no_name_empty,
        NoName::TooLong => texts.no_name_long,
        NoName::Invisible => texts.no_name_invisible,
        NoName::Taken => texts.no_name_taken,
    }
}

/// Returns why a link brings nothing.
pub fn no_link(text: Language, why: NoLink) -> String {
    let texts = text.shared();
    match why {
        NoLink::NotOne => texts.not_one.to_owned(),
        NoLink::Newer { .. } => texts.newer.to_owned(),
        NoLink::Damaged => texts.damaged.to_owned(),
        NoLink::TooMuch(_) => texts.too_much.to_owned(),
        NoLink::Broken(why) => texts.broken(&why),
    }
}

/// Returns why a file is not taken in.
pub fn no_file(text: Language, why: FileError) -> String {
    let texts = text.data();
    match why {
        FileError::TooMuch(TooMuch::Long) => texts.import_large.to_owned(),
        FileError::TooMuch(TooMuch::Deep | TooMuch::Many) => texts.import_much.to_owned(),
        FileError::Foreign => texts.import_foreign.to_owned(),
        FileError::Newer => texts.import_newer.to_owned(),
        FileError::Content(why) => texts.import_damaged(&why),
    }
}

/// Returns what a stored key is for. `name` is what its workspace is called.
pub fn meaning(text: Language, meaning: &Meaning, name: &str) -> String {
    let texts = text.data();
    match meaning {
        Meaning::Saved(StorageKey::Settings) => texts.the_settings,
        Meaning::Saved(StorageKey::Progress) => texts.the_progress,
        Meaning::Saved(StorageKey::Console) => texts.the_console,
        Meaning::Saved(StorageKey::ClassPlans) => texts.the_plans,
        Meaning::Saved(StorageKey::Attempt(_)) => texts.the_attempt,
        Meaning::Saved(StorageKey::Deleted(_)) => texts.the_deleted,
        Meaning::Saved(StorageKey::Transaction) => texts.the_transaction,
        Meaning::Saved(StorageKey::Header(_)) => return texts.the_header(&name),
        Meaning::Saved(StorageKey::State(..)) => return texts.the_state(&name),
        Meaning::Saved(StorageKey::Segment(..)) => return texts.the_segment(&name),
        Meaning::SetAside => texts.set_aside,
        Meaning::Own => texts.own_notes,
        Meaning::Unknown => texts.unknown,
    }
    .to_owned()
}

/// Returns how much room something takes.
pub fn size(text: Language, units: usize) -> String {
    let texts = text.data();
    // A unit of the browser's store is two bytes.
    let bytes = units.saturating_mul(2);
    if bytes < 1_000 {
        return texts.bytes(&bytes);
    }
    let (whole, tenth) = (bytes / 1_000, bytes % 1_000 / 100);
    texts.kilobytes(&format!("{whole}.{tenth}"))
}
