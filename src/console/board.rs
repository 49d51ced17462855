//! What a script would make of the board, as a picture: nothing in it can be pressed.

use crate::console::transcript::Talk;
use crate::ui::icon::{stage_class, stage_mark};
use console::tried::{Becomes, Board, Card, ChangedField, Column, Was};
use el::{El, div, figcaption, figure, li, p, span, ul};
use registry::Stage;

/// How many models are shown; the list above has all.
const SHOWN: usize = 6;

/// The boards of the models that a script would change.
pub fn boards(talk: Talk, boards: &[Board]) -> Vec<El> {
    let texts = talk.language.python();
    let over = boards.len().saturating_sub(SHOWN);
    let more = (over > 0).then(|| p().class("console-note").text(texts.more_models(over)));
    let shown = boards.iter().take(SHOWN).map(|of| board(talk, of));
    shown.chain(more).collect()
}

fn board(talk: Talk, of: &Board) -> El {
    let texts = talk.language.python();
    let name = of.name.as_str();
    let title = match &of.becomes {
        Becomes::Same => texts.board(&name),
        Becomes::New => texts.board_new(&name),
        Becomes::Gone => texts.board_gone(&name),
        Becomes::Renamed(was) => texts.board_renamed(&name, was),
    };
    let model = (!of.changes.is_empty()).then(|| {
        let what = parts(talk, &of.changes);
        p().class("console-note").text(texts.model_changes(&what))
    });
    let columns = of.columns.iter().map(|of| column(talk, of));
    figure()
        .class("tried")
        .child(figcaption().text(title))
        .children(model)
        .child(div().class("board").children(columns))
}

fn column(talk: Talk, of: &Column) -> El {
    let texts = talk.language.python();
    let stage = of.stage.as_str();
    let head = p()
        .class("column-head")
        .verbatim()
        .child(span().child(stage_mark(of.stage)).text(stage));
    let cards = of.cards.iter().map(|it| card(talk, it, of.stage));
    let more = (of.more > 0).then(|| p().class("column-empty").text(texts.more_versions(of.more)));
    let empty = (of.cards.is_empty() && of.more == 0)
        .then(|| p().class("column-empty").text(texts.none_here));
    let cards = (!of.cards.is_empty()).then(|| {
        ul().class("cards")
            .attr("aria-label", stage)
            .children(cards)
    });
    div()
        .class(format!("column {}", stage_class(of.stage)))
        .child(head)
        .children(cards)
        .children(empty)
        .children(more)
}

fn card(talk: Talk, of: &Card, stage: Stage) -> El {
    let texts = talk.language.python();
    let mark = |words: String| p().class("mark-words").text(words);
    let becomes = match of.was {
        Was::Same => None,
        Was::New => Some(mark(texts.card_new.to_owned())),
        Was::Gone => Some(mark(texts.card_gone.to_owned()).class("mark-words over")),
        Was::In(from) => {
            let words = texts.card_from(&from, &stage);
            Some(mark(words).verbatim())
        }
    };
    let aliases = of.aliases.iter().map(|(alias, was)| match was {
        Was::New => mark(texts.alias_new(alias)),
        Was::Gone => mark(texts.alias_gone(alias)).class("mark-words over"),
        Was::Same | Was::In(_) => p().class("chips").child(
            span()
                .class("chip mono")
                .verbatim()
                .text(format!("@{alias}")),
        ),
    });
    let changes = (!of.changes.is_empty()).then(|| {
        let what = parts(talk, &of.changes);
        mark(texts.card_changes(&what))
    });
    let class = match of.was {
        Was::Gone => "card gone",
        _ if of.is_changed() => "card changed",
        _ => "card",
    };
    li().class(class)
        .attr("data-tried", of.number.to_string())
        .child(
            p().class("card-number mono")
                .verbatim()
                .text(format!("v{}", of.number)),
        )
        .children(becomes)
        .children(aliases)
        .children(changes)
}

fn parts(talk: Talk, parts: &[ChangedField]) -> String {
    let texts = talk.language.python();
    let names = parts.iter().map(|part| match part {
        ChangedField::Description => texts.part_description,
        ChangedField::Tags => texts.part_tags,
        ChangedField::Metrics => texts.part_metrics,
    });
    names.collect::<Vec<_>>().join(", ")
}
