//! The beliefs that wrong answers have shown and that no right one has put right since.

use crate::ui::markdown::line;
use el::{El, li, ul};
use lesson::pack::{Id, Pack};
use lesson::progress::Progress;

/// The beliefs, each with what is so; nothing where there are none.
/// Of all questions, or of those `among` which is asked.
pub fn misconceptions(pack: &Pack, progress: &Progress, among: impl Fn(&Id) -> bool) -> Option<El> {
    let held = progress.misconceptions(among);
    let items: Vec<El> = pack
        .misconceptions
        .iter()
        .filter(|known| held.get(known.id.as_str()).is_some())
        .map(|known| {
            let misconception = li().text(format!("“{}.” ", known.title));
            line(pack, misconception, &known.instead)
        })
        .collect();
    (!items.is_empty()).then(|| ul().class("takeaways").children(items))
}
