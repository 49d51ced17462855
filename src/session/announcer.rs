//! What is said of what just changed, on screen and to a screen reader.

use crate::browser;
use el::RwSignal;
use share::route::Route;
use text::Language;

/// A sentence that says what just changed. The count makes the same sentence new when it is announced again.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Announcement {
    /// How many sentences were announced before.
    pub count: u32,
    /// The sentence; empty where there is nothing to say.
    pub sentence: String,
    /// Whether it says why something was not done.
    pub is_wrong: bool,
    /// The step of the history that it tells of.
    pub step: Option<u64>,
    /// The address of the page that it belongs to.
    at: String,
}

impl Announcement {
    fn put(&mut self, sentence: &str, is_wrong: bool, step: Option<u64>) {
        *self = Self {
            count: self.count.wrapping_add(1),
            sentence: sentence.to_owned(),
            is_wrong,
            step,
            at: browser::hash(),
        };
    }
}

/// The last announcements.
#[derive(Clone, Copy)]
pub struct Announcer {
    pub language: Language,
    /// The one on screen.
    pub shown: RwSignal<Announcement>,
    /// The one that a screen reader speaks, whatever part of the page it comes from.
    pub spoken: RwSignal<Announcement>,
}

impl Announcer {
    #[must_use]
    pub fn new(language: Language) -> Self {
        Self {
            language,
            shown: RwSignal::new(Announcement::default()),
            spoken: RwSignal::new(Announcement::default()),
        }
    }

    /// Returns an announcer whose sentences are shown apart from this one's, and spoken at the same place.
    #[must_use]
    pub fn shown_apart(self) -> Self {
        Self {
            shown: RwSignal::new(Announcement::default()),
            ..self
        }
    }

    /// Announces what changed, on screen and to a screen reader.
    pub fn announce(self, sentence: String) {
        self.put(&sentence, false, None);
    }

    /// Announces what a step came to, on screen and to a screen reader.
    pub fn announce_step(self, sentence: &str, step: u64) {
        self.put(sentence, false, Some(step));
    }

    /// Announces why something was not done, on screen and to a screen reader.
    pub fn announce_failure(self, sentence: String) {
        self.put(&sentence, true, None);
    }

    fn put(self, sentence: &str, is_wrong: bool, step: Option<u64>) {
        for place in [self.shown, self.spoken] {
            place.update(|announcement| announcement.put(sentence, is_wrong, step));
        }
    }

    /// Announces to a screen reader what is on screen already.
    pub fn speak(self, sentence: String) {
        self.spoken
            .update(|announcement| announcement.put(&sentence, false, None));
    }

    /// Shows what a step came to, or nothing, where a screen reader speaks something else.
    pub fn show(self, sentence: &str, step: Option<u64>) {
        self.shown
            .update(|announcement| announcement.put(sentence, false, step));
    }

    /// Goes to a page and lets the announcement belong to it.
    pub fn go_announced(self, route: &Route) {
        browser::go(route);
        for place in [self.shown, self.spoken] {
            place.update_if(|announcement| {
                announcement.at = browser::hash();
                (false, ())
            });
        }
    }

    /// Clears an announcement of another page than the one that is open now.
    pub fn forget_elsewhere(self) {
        let here = browser::hash();
        for place in [self.shown, self.spoken] {
            place.update_if(|announcement| {
                let is_elsewhere = announcement.at != here && !announcement.sentence.is_empty();
                if is_elsewhere {
                    announcement.sentence.clear();
                }
                (is_elsewhere, ())
            });
        }
    }

    /// Puts a text on the clipboard, and says whether that worked.
    pub fn copy(self, text: String) {
        let texts = self.language.drawer();
        browser::copy(text, move |copied| {
            if copied {
                self.announce(texts.copied.to_owned());
            } else {
                self.announce_failure(texts.not_copied.to_owned());
            }
        });
    }
}
