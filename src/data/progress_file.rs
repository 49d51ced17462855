//! The progress as a file: given out, taken in, and deleted. Both changes can be taken back.

use crate::browser;
use crate::session::{Announcer, Learner, use_announcer, use_language, use_learner};
use crate::ui::file_field::{file_brings, file_brings_nothing, file_field, file_is_wrong};
use el::{El, RwSignal, action, div, h2, p, section};
use lesson::progress::{FileError, MAX_BYTES, Progress, from_file, to_file};
use text::ProgressText;

/// What the section knows.
#[derive(Clone, Copy)]
struct ProgressFile {
    texts: &'static ProgressText,
    announcer: Announcer,
    learner: Learner,
    /// The progress before the last change here.
    before: RwSignal<Option<Progress>>,
    /// A file that was read. One that is too large is not read, so it has no error of its own.
    read: RwSignal<Option<Result<Progress, FileError>>>,
}

/// The section.
pub fn progress_file() -> El {
    let file = ProgressFile {
        texts: use_language().progress(),
        announcer: use_announcer(),
        learner: use_learner(),
        before: RwSignal::new(None),
        read: RwSignal::new(None),
    };
    let (texts, learner) = (file.texts, file.learner);
    let is_empty = move || learner.progress.with(Progress::is_empty);
    let export = action(texts.export, move || {
        let text = learner.progress.with_untracked(to_file);
        browser::download("model-stages-progress.json", &text);
    })
    .attr("disabled", is_empty);
    let delete = action(texts.delete, move || {
        file.change(
            |progress| progress.replace(Progress::default()),
            texts.deleted,
        );
    })
    .class("danger")
    .id("delete-progress")
    .attr("disabled", is_empty);
    let field = file_field(
        "import-progress",
        texts.import_label,
        "application/json,.json",
        MAX_BYTES,
        move |text| {
            file.read.set(Some(match text {
                Ok(text) => from_file(&text),
                Err(_) => Err(FileError::TooLarge),
            }));
            browser::focus_soon("import-result");
        },
    );
    section()
        .class("section")
        .child(h2().text(texts.own_data))
        .child(div().class("actions").child(export).child(delete))
        .child(div().dynamic(move || file.undo()))
        .child(field)
        .child(div().dynamic(move || file.preview()))
}

impl ProgressFile {
    /// Changes the progress, says so, and offers the way back.
    fn change(self, change: impl FnOnce(&mut Progress), words: &str) {
        let progress = self.learner.progress;
        self.before.set(Some(progress.with_untracked(Clone::clone)));
        self.learner.learned(change);
        self.announcer.announce(words.to_owned());
        browser::focus_soon("progress-undo");
    }

    fn undo(self) -> Vec<El> {
        let Some(was) = self.before.get() else {
            return Vec::new();
        };
        let Self {
            texts, announcer, ..
        } = self;
        let back = action(texts.undo, move || {
            self.before.set(None);
            self.learner
                .learned(|progress| progress.replace(was.clone()));
            announcer.announce(texts.undone.to_owned());
        });
        let said = p().text(move || announcer.shown.get().sentence);
        vec![
            div()
                .class("actions")
                .id("progress-undo")
                .attr("tabindex", "-1")
                .child(said)
                .child(back),
        ]
    }

    /// What the file would change.
    fn preview(self) -> Vec<El> {
        let id = "import-result";
        let texts = self.texts;
        let wrong = |words: &str| file_is_wrong(id, words);
        let other = match self.read.get() {
            None => return Vec::new(),
            Some(Ok(other)) => other,
            Some(Err(FileError::TooLarge)) => return wrong(texts.import_large),
            Some(Err(FileError::Newer)) => return wrong(texts.import_newer),
            Some(Err(FileError::Content(why))) => return wrong(&texts.import_damaged(&why)),
            Some(Err(FileError::NotJson(_) | FileError::Foreign)) => {
                return wrong(texts.import_foreign);
            }
        };
        let progress = self.learner.progress;
        let brings = progress.with_untracked(|progress| progress.merge_preview(&other));
        if brings.is_nothing() {
            return file_brings_nothing(id, texts.import_nothing);
        }
        let counted = [
            (brings.new_questions, texts.import_new(brings.new_questions)),
            (
                brings.newer_questions,
                texts.import_later(brings.newer_questions),
            ),
            (
                brings.kept_questions,
                texts.import_kept(brings.kept_questions),
            ),
            (brings.exercises, texts.import_exercises(brings.exercises)),
            (brings.new_steps, texts.import_steps(brings.new_steps)),
        ];
        let counted = counted.into_iter().filter(|(count, _)| *count > 0);
        let said = [
            (texts.import_place, brings.place),
            (texts.import_round, brings.round),
        ];
        let said = said.into_iter().filter(|(_, holds)| *holds);
        let rows = counted
            .map(|(_, words)| words)
            .chain(said.map(|(words, _)| words.to_owned()))
            .collect();
        let take = action(texts.import_take, move || {
            self.change(|progress| progress.take_in(&other), texts.imported);
            self.read.set(None);
        })
        .class("primary");
        let cancel = action(texts.cancel, move || self.read.set(None));
        file_brings(id, texts.import_title, rows, take, cancel)
    }
}
