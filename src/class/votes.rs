//! The hands that the teacher counts, by keys or by taps.

use crate::class::room::Room;
use crate::session::use_language;
use class::{Action, Presenter};
use el::{El, Memo, action, div, h2, li, ol, p, section, span};

/// The hands of the vote that is under way; nothing where the part has no options.
pub fn votes(room: Room) -> El {
    let texts = use_language().class();
    let options = Memo::new(move || {
        room.presenter
            .with(|it| it.votes().map(|(options, _)| options))
    });
    div().dynamic(move || {
        let Some(options) = options.get() else {
            return Vec::new();
        };
        let counted = Memo::new(move || {
            room.presenter
                .with(|it| it.votes().map(|(_, votes)| votes).unwrap_or_default())
        });
        let row = |option: usize| {
            let hands = move || {
                let rounds = counted.with(|votes| votes.rounds(options));
                let of = |round: usize| {
                    rounds
                        .get(round)
                        .and_then(|hands| hands.get(option))
                        .copied()
                };
                match (of(0).unwrap_or(0), of(1)) {
                    (first, None) => first.to_string(),
                    (first, Some(second)) => {
                        format!(
                            "{} · {}",
                            texts.first_short(&first),
                            texts.second_short(&second)
                        )
                    }
                }
            };
            let number = option + 1;
            let more = action((number).to_string(), move || room.act(Action::Hand(option)))
                .class("vote-hand")
                .attr("aria-label", texts.hand(&number));
            let less = action("−", move || room.act(Action::HandBack(option)))
                .attr("aria-label", texts.hand_back(&number));
            li().child(more)
                .child(span().class("vote-count").text(hands))
                .child(less)
        };
        let has_second = move || counted.with(|votes| votes.rounds(options).len() > 1);
        let is_second = move || counted.with(class::Votes::is_second);
        let round = move || match is_second() {
            true => texts.second_vote.to_owned(),
            false => texts.first_vote.to_owned(),
        };
        let switch = action("", move || room.act(Action::SecondVote)).text(move || {
            match is_second() {
                true => texts.back_to_first,
                false => texts.begin_second,
            }
            .to_owned()
        });
        let anew = action(texts.votes_anew, move || {
            let at = room
                .presenter
                .with_untracked(|it| it.item().map(|(at, _)| at));
            room.change(|plan| at.into_iter().for_each(|at| plan.forget_votes(at)));
        })
        .attr("disabled", move || {
            counted.with(|votes| votes.rounds(options).is_empty())
        });
        let shown = Memo::new(move || room.presenter.with(Presenter::votes_shown));
        let show = action("", move || room.act(Action::ShowVotes)).text(move || {
            match shown.get() {
                true => texts.hide_votes,
                false => texts.show_votes,
            }
            .to_owned()
        });
        vec![
            section()
                .class("panel class-votes")
                .attr("aria-labelledby", "votes-title")
                .child(h2().id("votes-title").text(texts.votes))
                .child(p().attr("role", "status").text(round))
                .child(
                    ol().class("vote-list")
                        .class(("is-second", has_second))
                        .children((0..options).map(row)),
                )
                .child(div().class("actions").child(switch).child(show).child(anew))
                .child(p().class("quiet").text(texts.votes_hidden)),
        ]
    })
}
