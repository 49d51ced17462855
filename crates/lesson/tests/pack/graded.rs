//! The app's own pack: its proofs, its order, and how answers to it are graded.

use lesson::grade::{Answer, Mark, decisive, grade, mark, start};
use lesson::markdown;
use lesson::pack::{Asks, Kind, Pack, Question, Readers, Step, check, read_with};
use lesson::piece::{self, Start};
use lesson::run::{Failure, Played};
use lesson::scene::Act;
use registry::{Stage, VersionNumber};

use share::route::Route;

use super::own;

/// Among much else, each exercise is solvable, does not start at its goal, and has the par that it says; no condition is
/// useless; what is shown as a solution is one, and a best one; scripts fail as they are, and do it when they are mended.
#[test]
fn the_apps_own_pack_is_good_and_every_answer_is_proved() {
    let problems = check::check(&own(), &Route::is_page);
    assert!(problems.is_empty(), "{problems:#?}");
}

#[test]
fn the_lists_that_the_app_carries_are_the_pack() {
    let whole = own();
    let lesson = own::lesson().expect("the lesson can be read");
    assert_eq!(lesson.steps, whole.steps);
    let practice = own::practice().expect("the questions can be read");
    assert_eq!(practice.questions, whole.questions);
    assert_eq!(practice.objectives, whole.objectives);
    let start = own::start().expect("the start page's scene can be read");
    assert_eq!(Some(start), whole.scene(&start.id));
    let claims = own::claims().expect("the claims can be read");
    assert_eq!(claims.claims, whole.claims);
    assert_eq!(own::STEPS.len(), whole.steps.len());
    let questions: Vec<&str> = whole.questions.iter().map(|it| it.id.as_str()).collect();
    assert_eq!(own::QUESTIONS, questions);
    for question in &practice.questions {
        if let Some(scene) = question.proof.by.scene() {
            assert!(practice.scene(scene).is_some(), "{}", question.id);
        }
    }
}

#[test]
fn a_piece_has_what_its_item_needs() {
    let whole = own();
    let links = |pack: &Pack, text: &str| {
        let links = markdown::links(&markdown::parse(text)).into_iter();
        let mut named = links.filter_map(|to| to.strip_prefix("source:").map(str::to_owned));
        named.all(|id| pack.sources.iter().any(|source| source.id.as_str() == id))
    };
    for (name, text) in own::PIECES {
        let readers = match name.split_once('-') {
            Some(("step", _)) => Readers::STEPS,
            Some(("question", _)) => Readers::QUESTIONS,
            _ => Readers::EXERCISES,
        };
        let pack = read_with(text, readers).unwrap_or_else(|wrong| panic!("{name}: {wrong:?}"));
        let value: serde_json::Value = serde_json::from_str(text).unwrap();
        let file = piece::file(value, &pack, None);
        let piece = piece::read(&file, readers).unwrap();
        assert_eq!(piece.pack, pack, "{name}");
        let started = pack.questions.first().and_then(|it| start(&pack, it));
        let started = started.map(|played| Start {
            rules: played.rules,
            model: played.model.to_string(),
            board: piece::board(played.registry(), &played.model),
        });
        assert_eq!(piece.start, started, "{name}");
        assert!(
            links(&pack, text),
            "{name} has the sources that it links to"
        );
        let (steps, questions, exercises) = (&pack.steps, &pack.questions, &pack.exercises);
        assert_eq!(steps.len() + questions.len() + exercises.len(), 1, "{name}");
        for step in steps {
            assert_eq!(Some(step), whole.step(&step.id), "{name}");
            let scene = step.play.as_ref().map(|play| &play.scene);
            assert!(scene.is_none_or(|id| pack.scene(id) == whole.scene(id)));
        }
        for question in questions {
            assert_eq!(Some(question), whole.question(&question.id), "{name}");
            let scene = question.proof.by.scene();
            assert!(scene.is_none_or(|id| pack.scene(id) == whole.scene(id)));
            let options = question.kind.options().iter();
            let mut held = options.filter_map(|option| option.misconception.as_ref());
            assert!(held.all(|id| pack.misconceptions.iter().any(|it| it.id == *id)));
            let asked = piece::read(&file, Readers::ASKED).unwrap().pack;
            let asked = asked.question(&question.id).unwrap();
            assert_eq!(
                (&asked.ask, &asked.solution),
                (&question.ask, &question.solution)
            );
            assert_eq!(check::is_runnable(asked), check::is_runnable(question));
            let mut sources = question.sources.iter();
            assert!(sources.all(|id| pack.sources.iter().any(|it| it.id == *id)));
        }
        for exercise in exercises {
            assert_eq!(Some(exercise), whole.exercise(&exercise.id), "{name}");
            assert!(pack.objectives.iter().any(|it| it.id == exercise.objective));
        }
    }
    let count = whole.steps.len() + whole.questions.len() + whole.exercises.len();
    assert_eq!(own::PIECES.len(), count);
}

/// The fact sheet fixes the five questions' order and right letters.
#[test]
fn the_five_questions_come_first_with_their_letters() {
    let pack = own();
    let letters: String = pack
        .questions
        .iter()
        .take(5)
        .map(|question| {
            assert!(question.fixed);
            let right = question
                .kind
                .options()
                .iter()
                .position(|option| option.right);
            ['A', 'B', 'C', 'D'][right.expect("a right option")]
        })
        .collect();
    assert_eq!(letters, "BAADC");
}

#[test]
fn more_than_half_of_the_others_ask_to_foresee_or_to_give_a_reason() {
    let pack = own();
    let others = &pack.questions[5..];
    let deep = others
        .iter()
        .filter(|question| matches!(question.asks, Asks::Predict | Asks::Why))
        .count();
    assert!(
        others.len() >= 25 && deep * 2 > others.len(),
        "{deep} of {}",
        others.len()
    );
}

/// The questions of some kinds; there are some.
fn named(pack: &Pack, holds: impl Fn(&Kind) -> bool) -> Vec<&Question> {
    let questions = pack.questions.iter();
    let found: Vec<&Question> = questions.filter(|it| holds(&it.kind)).collect();
    assert!(!found.is_empty());
    found
}

/// `alias-names` has three right options and one that is wrong, the last one.
#[test]
fn an_answer_that_is_partly_right_says_what_was_right() {
    let pack = own();
    let many = named(&pack, |_| true)
        .into_iter()
        .find(|question| question.id.as_str() == "alias-names")
        .expect("the question is there");
    let partly = |chosen: &[usize]| {
        let graded = grade(&pack, many, &Answer::Chosen(chosen.to_vec()));
        (graded.right, graded.partly)
    };
    assert_eq!(partly(&[0, 1, 2]), (true, vec![]));
    assert_eq!(partly(&[3, 0]), (false, vec![0]));
    assert_eq!(partly(&[2, 1]), (false, vec![1, 2]));
    assert_eq!(partly(&[3]), (false, vec![]));

    let marks = [0, 1, 2, 3].map(|at| mark(many, &[0, 3], at));
    assert_eq!(
        marks,
        [Mark::Right, Mark::Missed, Mark::Missed, Mark::Wrong]
    );
    assert_eq!(mark(many, &[0], 3), Mark::LeftOut);
    // What was chosen wrongly decides before what is missing.
    assert_eq!(decisive(many, &[0, 3]), Some(3));
    assert_eq!(decisive(many, &[0, 2]), Some(1));
    assert_eq!(decisive(many, &[0, 1, 2]), None);

    let one = named(&pack, |kind| matches!(kind, Kind::One(_)))[0];
    assert_eq!(decisive(one, &[2]), Some(2));
    let wrong = grade(&pack, one, &Answer::Chosen(vec![3]));
    assert_eq!((wrong.right, wrong.partly), (false, vec![]));

    for question in named(&pack, |kind| matches!(kind, Kind::Predict { .. })) {
        let Kind::Predict { wrong, .. } = &question.kind else {
            continue;
        };
        for known in wrong {
            let graded = grade(&pack, question, &Answer::Board(known.stages.clone()));
            let rows = known.stages.len();
            assert_eq!(graded.partly.len() + graded.elsewhere.len(), rows);
        }
    }
}

#[test]
fn every_kind_is_graded() {
    let pack = own();
    for question in named(&pack, |kind| !kind.options().is_empty()) {
        let all: Vec<usize> = (0..question.kind.options().len()).collect();
        let right: Vec<usize> = all
            .iter()
            .copied()
            .filter(|at| question.kind.options()[*at].right)
            .collect();
        assert!(
            grade(&pack, question, &Answer::Chosen(right.clone())).right,
            "{}",
            question.id
        );
        for at in all {
            let only = grade(&pack, question, &Answer::Chosen(vec![at]));
            assert_eq!(only.right, right == [at], "{} {at}", question.id);
            let misconception = question.kind.options()[at].misconception.clone();
            assert_eq!(only.misconceptions, Vec::from_iter(misconception));
        }
    }
    for question in named(&pack, |kind| matches!(kind, Kind::Command { .. })) {
        let Kind::Command { example, wrong, .. } = &question.kind else {
            continue;
        };
        assert!(
            grade(&pack, question, &Answer::Text(example.clone())).right,
            "{}",
            question.id
        );
        for known in wrong {
            let graded = grade(&pack, question, &Answer::Text(known.text.clone()));
            assert!(
                !graded.right && !graded.why.is_empty(),
                "{}: {}",
                question.id,
                known.text
            );
        }
        for text in ["", "(", "mlflow", "\u{0}", "client.x(", "print('…')"] {
            assert!(!grade(&pack, question, &Answer::Text(text.to_owned())).right);
        }
    }
    for question in named(&pack, |kind| matches!(kind, Kind::Predict { .. })) {
        let Kind::Predict {
            versions, wrong, ..
        } = &question.kind
        else {
            continue;
        };
        let boards = boards(versions);
        let right: Vec<_> = boards
            .iter()
            .filter(|board| grade(&pack, question, &Answer::Board((*board).clone())).right)
            .collect();
        assert_eq!(
            right.len(),
            1,
            "{}: exactly one board is right",
            question.id
        );
        for known in wrong {
            let graded = grade(&pack, question, &Answer::Board(known.stages.clone()));
            assert!(graded.why.contains(&known.why), "{}", question.id);
        }
        assert!(!grade(&pack, question, &Answer::Board(Vec::new())).right);
    }
    for question in named(&pack, |kind| matches!(kind, Kind::Order { .. })) {
        let Kind::Order { items, .. } = &question.kind else {
            continue;
        };
        let given: Vec<usize> = (0..items.len()).collect();
        assert!(
            grade(&pack, question, &Answer::Order(given)).right,
            "{}",
            question.id
        );
        assert!(
            !grade(&pack, question, &Answer::Order(vec![0])).right,
            "a part is not an order"
        );
    }
}

/// Every way of giving each version a stage.
fn boards(versions: &[VersionNumber]) -> Vec<Vec<(VersionNumber, Stage)>> {
    let mut boards = vec![Vec::new()];
    for version in versions {
        boards = boards
            .into_iter()
            .flat_map(|board| {
                Stage::ALL.map(|stage| {
                    let mut longer = board.clone();
                    longer.push((*version, stage));
                    longer
                })
            })
            .collect();
    }
    boards
}

/// What each line of the lesson comes to: the version that it loads, the refusal or error, or `done`.
#[test]
fn the_lines_of_the_lesson_end_as_their_notes_say() {
    let pack = own();
    let expected = [
        ("problem", "v3"),
        ("before-after", "v3 v1 v1"),
        ("load-once", "v1 done no_versions done v1"),
        ("empty-staging", "no_versions done v3"),
        ("archive", "v1 v3 v3"),
        ("numbers", "done version_not_found done"),
        ("roll-back", "done"),
        ("own-command", "no_such_command done"),
        ("archive-existing", "done"),
        ("no-guard", "done done"),
        ("alias-back", "done v2"),
        (
            "alias-names",
            "done done v1 alias_latest alias_like_version",
        ),
        ("tags", "done"),
    ];
    let found: Vec<(&str, String)> = pack
        .steps
        .iter()
        .filter_map(|step| ends(&pack, step))
        .collect();
    let expected = expected.map(|(step, ends)| (step, ends.to_owned()));
    assert_eq!(found, expected);
}

fn ends<'a>(pack: &Pack, step: &'a Step) -> Option<(&'a str, String)> {
    let play = step.play.as_ref().filter(|play| !play.lines.is_empty())?;
    let mut played = Played::new(pack.scene(&play.scene)?, None);
    let ends = play.lines.iter().map(|line| {
        played.loaded = None;
        played.act(&Act::Say(line.code.clone()));
        let version = played.loaded.as_ref().and_then(|loaded| loaded.version);
        match (&played.failure, version) {
            (Some(failure), _) => Failure::id(failure).to_owned(),
            (None, Some(version)) => format!("v{version}"),
            (None, None) => "done".to_owned(),
        }
    });
    let ends: Vec<String> = ends.collect();
    assert!(
        play.reach.iter().all(|condition| condition.holds(&played)),
        "the lines of {} reach its goal",
        step.id
    );
    Some((step.id.as_str(), ends.join(" ")))
}

/// In the lesson's story a version is the same model in every step.
#[test]
fn a_version_has_the_same_metrics_in_every_step() {
    let pack = own();
    let mut known = std::collections::BTreeMap::new();
    for step in &pack.steps {
        let Some(play) = &step.play else { continue };
        let scene = pack.scene(&play.scene).expect("the scene is there");
        let played = Played::new(scene, None);
        let model = played
            .registry()
            .model(&scene.model)
            .expect("its model is there");
        for version in model.versions() {
            let metrics = format!("{:?}", version.metrics());
            let before = known
                .entry(version.number())
                .or_insert_with(|| metrics.clone());
            assert_eq!(
                *before,
                metrics,
                "version {} in {}",
                version.number(),
                step.id
            );
        }
    }
}

/// The first step says how long the lesson takes, which `build.rs` works out of its words and of what is to be done.
#[test]
fn the_lesson_takes_as_long_as_it_says() {
    let first = &own().steps[0].text;
    let minutes = own::MINUTES;
    assert!(
        first.contains(&format!("about {minutes} minutes")),
        "{minutes}: {first}"
    );
}
