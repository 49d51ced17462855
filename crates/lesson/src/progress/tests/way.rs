//! Steps, what was chosen in them, and the round.

use super::*;

#[test]
fn steps_keep_their_first_time_and_the_place_is_the_last_one_set() {
    let mut progress = Progress::default();
    assert!(progress.is_empty());
    assert!(progress.step_done("a", after(5)));
    assert!(progress.step_done("a", after(9)));
    assert!(progress.is_step_done("a") && !progress.is_step_done("b"));
    assert_eq!(progress.steps().collect::<Vec<_>>(), [("a", after(5))]);
    assert_eq!(progress.place(), None);
    progress.set_place("z", after(9));
    let before = progress.clone();
    progress.set_place("b", after(3));
    assert_eq!(progress.place(), Some("b"));
    progress.merge(&before);
    assert_eq!(progress.place(), Some("b"), "it is the newer one");
    assert!(!progress.is_empty());
}

#[test]
fn what_was_chosen_last_in_a_step_counts() {
    let mut progress = Progress::default();
    assert_eq!(progress.choice("a"), None);
    assert!(progress.chose("a", "first", after(9)));
    let before = progress.clone();
    assert!(progress.chose("a", "second", after(3)));
    assert!(progress.chose("b", "first", after(3)));
    progress.merge(&before);
    let choices = ["a", "b", "c"].map(|step| progress.choice(step));
    assert_eq!(
        choices,
        [Some("second"), Some("first"), None],
        "the later one"
    );
    assert!(!progress.is_empty());
}

/// Returns the questions of the round, each with `+`, `-` or `?` for how it went.
fn round(progress: &Progress) -> String {
    let asked = progress.round().map_or(&[][..], Round::questions).iter();
    let signs = asked.map(|one| match one.right {
        Some(true) => format!("{}+", one.id),
        Some(false) => format!("{}-", one.id),
        None => format!("{}?", one.id),
    });
    signs.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_round_goes_from_its_first_question_to_its_last() {
    let mut progress = Progress::default();
    assert!(progress.start_round(ids(&["a", "b", "c"]), after(0)));
    let now = |progress: &Progress| {
        let round = progress.round().unwrap();
        let next = round.next().map(ToString::to_string);
        (next.unwrap_or_default(), round.right(), round.is_finished())
    };
    assert_eq!(now(&progress), ("a".to_owned(), 0, false));
    progress.answered("b", Right, None, after(1));
    progress.answered("elsewhere", Right, None, after(1));
    progress.answered("a", Wrong, None, after(2));
    // The first try counts, whatever comes after it.
    progress.answered("a", Right, None, after(3));
    progress.answered("b", Wrong, None, after(4));
    assert_eq!(round(&progress), "a- b+ c?");
    assert_eq!(now(&progress), ("c".to_owned(), 1, false));
    progress.answered("c", Shown, None, after(5));
    assert_eq!(round(&progress), "a- b+ c-");
    assert_eq!(now(&progress), (String::new(), 1, true));
    let place = |name| progress.round().unwrap().place(&Id::parse(name).unwrap());
    assert_eq!((place("c"), place("elsewhere")), (Some(2), None));
}

#[test]
fn the_later_round_counts_and_one_round_in_two_windows_is_one() {
    let mut old = Progress::default();
    old.start_round(ids(&["a", "b"]), after(5));
    old.answered("a", Right, None, after(6));
    let mut new = old.clone();
    // Started later, though the clock went back.
    new.start_round(ids(&["b", "c"]), after(0));
    assert_eq!(round(&merged(&new, &old)), "b? c?");
    assert_eq!(round(&merged(&old, &new)), "b? c?");
    let (mut one, mut other) = (old.clone(), old);
    one.start_round(ids(&["a", "b", "c", "d"]), after(9));
    other.merge(&one);
    one.answered("a", Right, None, after(10));
    one.answered("b", Right, None, after(11));
    other.answered("b", Wrong, None, after(12));
    other.answered("c", Right, None, after(13));
    assert_eq!(round(&merged(&one, &other)), "a+ b- c+ d?");
}

/// The same recipe counts once, with its best solving, here and where two places are merged.
#[test]
fn a_made_exercise_counts_once() {
    let [one, other] = ["release-3-1-1-7", "release-3-1-1-8"].map(|id| Id::parse(id).unwrap());
    let mut progress = Progress::default();
    assert!(progress.is_empty());
    for (recipe, over) in [(&one, 2), (&one, 0), (&one, 1), (&other, 1)] {
        assert!(progress.made_solved(recipe, over));
    }
    assert!(!progress.is_empty());
    let found: Vec<_> = progress.made().collect();
    assert_eq!(found, [(one.as_str(), 0), (other.as_str(), 1)]);
    let mut there = Progress::default();
    there.made_solved(&one, 4);
    there.made_solved(&other, 0);
    assert_eq!(progress.merge_preview(&there).exercises, 1);
    progress.merge(&there);
    let found: Vec<_> = progress.made().collect();
    assert_eq!(found, [(one.as_str(), 0), (other.as_str(), 0)]);
    assert!(progress.merge_preview(&there).is_nothing());
    for number in 0..MAX_MADE {
        progress.made_solved(&Id::parse(&format!("m{number}")).unwrap(), 0);
    }
    assert_eq!(progress.made().count(), MAX_MADE);
    assert!(!progress.made_solved(&Id::parse("one-more").unwrap(), 0));
    assert!(progress.made_solved(&one, 0), "it is there");
}

/// What is forgotten in one window does not come back from another one that had not heard of it, and a file that was made
/// before brings it back.
#[test]
fn what_is_forgotten_stays_forgotten() {
    let mut here = Progress::default();
    here.answered("a", Right, None, after(0));
    let mut other = here.clone();
    let file = here.clone();
    here.replace(Progress::default());
    other.answered("b", Right, None, after(1));
    here.merge(&other);
    assert!(here.is_empty());
    other.merge(&here);
    assert_eq!(other, here);
    here.answered("c", Right, None, after(2));
    other.merge(&here);
    assert_eq!(other, here);
    here.take_in(&file);
    assert_eq!(here.questions().map(|(id, _)| id).collect::<String>(), "ac");
}
