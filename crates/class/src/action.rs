//! What a teacher does by a key, a remote or a button.

/// What a teacher does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Action {
    /// On to the next view.
    Next,
    /// Back to the view before.
    Back,
    /// To the first view of a part.
    Go(usize),
    /// The projector shows nothing, or shows again.
    Blank,
    /// The projector follows again: neither blank nor frozen.
    Start,
    /// The projector shows nothing.
    Stop,
    /// The projector keeps what it shows, or follows again.
    Freeze,
    /// Larger text.
    Larger,
    /// Smaller text.
    Smaller,
    /// One more hand for an option, counted from 0.
    Hand(usize),
    /// One hand less.
    HandBack(usize),
    /// The second vote begins, or the first is counted on.
    SecondVote,
    /// What was counted is shown, or hidden.
    ShowVotes,
    /// The address of this view fills the projector as a QR code, or no longer.
    Code,
    /// Time to talk: the projector counts it down; or it is over.
    Talk,
}

impl Action {
    /// Returns what a key does, by the name that browsers give it. Remotes send PageDown and PageUp; F5 and Escape in turn; `.`
    /// or `b`.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        Some(match key {
            "PageDown" | "ArrowRight" => Self::Next,
            "PageUp" | "ArrowLeft" => Self::Back,
            "." | "b" | "B" => Self::Blank,
            "F5" => Self::Start,
            "Escape" => Self::Stop,
            "f" | "F" => Self::Freeze,
            "v" | "V" => Self::SecondVote,
            "s" | "S" => Self::ShowVotes,
            "q" | "Q" => Self::Code,
            "t" | "T" => Self::Talk,
            "+" => Self::Larger,
            "-" => Self::Smaller,
            key => {
                let digit = key.parse::<usize>().ok()?;
                let option = digit.checked_sub(1)?;
                return (key.len() == 1 && option < crate::votes::OPTIONS)
                    .then_some(Self::Hand(option));
            }
        })
    }
}
