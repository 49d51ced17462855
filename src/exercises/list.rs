//! `#/exercises`: all exercises, by track, with how each stands; what to go on with; and new ones made to measure.

use crate::browser;
use crate::session::{Learner, use_announcer, use_language, use_learner};
use crate::ui::file_field::{file_field, file_is_wrong};
use crate::ui::icon::{TICK, icon};
use crate::ui::page::title;
use el::{
    El, Memo, RwSignal, a, action, div, el, ev, h2, h3, input, label, li, p, section, select, span,
    ul,
};
use lesson::exercise::generate::{Purpose, Recipe};
use lesson::exercise::recipe_query::RecipeQuery;
use lesson::exercise::status::{ExerciseStatus, next};
use lesson::exercise::{Exercise, Form, Track};
use lesson::own;
use lesson::pack::Pack;
use share::limits::LINK;
use share::route::Route;
use share::{NoLink, NoTask, TooMuch, task};
use text::Language;
use text::{exercise as words, task_share as task_words};

/// The page.
pub fn exercises() -> Vec<El> {
    let texts = use_language().exercise_list();
    let learner = use_learner();
    let head = div()
        .class("exercise-head section")
        .child(title(texts.title))
        .child(p().class("lead").text(texts.intro));
    let Some(pack) = own::exercises() else {
        return vec![head.child(p().text(texts.unreadable))];
    };
    let statuses = statuses(learner, pack);
    let tracks = Track::ALL
        .into_iter()
        .map(|track| track_of(pack, &statuses, track));
    vec![
        div()
            .class("exercise-list")
            .child(head)
            .child(go_on(pack, &statuses))
            .children(tracks)
            .child(made())
            .child(receipts())
            .child(from_file()),
    ]
}

/// How each exercise stands, in the order of the pack.
fn statuses(learner: Learner, pack: &Pack) -> Vec<ExerciseStatus> {
    let now = browser::now();
    let status = |exercise: &Exercise| {
        let begun = learner
            .keeper
            .with_vault(|vault| vault.is_begun(&exercise.id));
        learner.progress.with_untracked(|progress| {
            ExerciseStatus::of(progress.exercise(exercise.id.as_str()), begun, now)
        })
    };
    pack.exercises.iter().map(status).collect()
}

/// The one thing to do now, and how far one has come.
fn go_on(pack: &Pack, statuses: &[ExerciseStatus]) -> El {
    let language = use_language();
    let texts = language.exercise_list();
    let count =
        |is: &dyn Fn(&ExerciseStatus) -> bool| statuses.iter().filter(|one| is(one)).count();
    let solved = count(&|one| one.is_solved());
    let due = count(&|one| matches!(one, ExerciseStatus::Due { .. }));
    let mut sum = texts.solved_of(&solved, &statuses.len());
    sum.push('.');
    if due > 0 {
        sum.push(' ');
        sum.push_str(&texts.due(due));
    }
    let panel = section()
        .class("panel go-on")
        .attr("aria-labelledby", "go-on-title");
    let head = |words: &str| h2().id("go-on-title").text(words);
    let found = next(statuses);
    let found = found.and_then(|at| Some((pack.exercises.get(at)?, *statuses.get(at)?)));
    let Some((exercise, status)) = found else {
        return panel.child(head(&sum)).child(p().text(texts.all_solved));
    };
    let is_first = statuses.iter().all(|one| *one == ExerciseStatus::New);
    let (words, way) = match status {
        ExerciseStatus::New if is_first => (texts.next_begin, texts.way_begin),
        ExerciseStatus::New | ExerciseStatus::Solved { .. } => (texts.next_new, texts.way_begin),
        ExerciseStatus::Begun => (texts.next_go_on, texts.way_go_on),
        ExerciseStatus::Shown => (texts.next_shown, texts.way_begin),
        ExerciseStatus::Due { .. } => (texts.next_again, texts.way_again),
    };
    let link = a()
        .class("button-link")
        .id("go-on")
        .attr("href", Route::Exercise(exercise.id.clone()).to_string())
        .attr("aria-label", format!("{way}: {}", exercise.title))
        .text(way);
    panel
        .child(
            div()
                .class("go-on-words")
                .child(head(words))
                .child(p().class("go-on-name").text(&exercise.title))
                .child(
                    p().class("quiet")
                        .text(words::track(language, exercise.track)),
                ),
        )
        .child(link)
        .children((!is_first).then(|| p().class("quiet go-on-sum").text(sum)))
}

fn track_of(pack: &Pack, statuses: &[ExerciseStatus], track: Track) -> El {
    let language = use_language();
    let texts = language.exercise_list();
    let name = words::track(language, track);
    let id = format!("track-{}", track.as_str());
    let about = match track {
        Track::Stages => texts.about_stages,
        Track::Mlflow => texts.about_mlflow,
        Track::Aliases => texts.about_aliases,
        Track::Teamwork => texts.about_teamwork,
    };
    let all: Vec<(&Exercise, ExerciseStatus)> = pack
        .exercises
        .iter()
        .zip(statuses.iter().copied())
        .filter(|(exercise, _)| exercise.track == track)
        .collect();
    let solved = all.iter().filter(|(_, one)| one.is_solved()).count();
    let sum = texts.solved_of(&solved, &all.len());
    let cards = all
        .iter()
        .map(|(exercise, status)| card(pack, exercise, *status));
    section()
        .class("track")
        .attr("aria-labelledby", &id)
        .child(
            div()
                .class("track-head")
                .child(h2().id(&id).text(name))
                .child(span().class("quiet").text(sum)),
        )
        .child(p().class("quiet").text(about))
        .child(ul().class("exercise-cards").children(cards))
}

/// One exercise: what it is, and how it stands.
fn card(pack: &Pack, exercise: &Exercise, status: ExerciseStatus) -> El {
    let language = use_language();
    let texts = language.exercise_list();
    let form = match exercise.form {
        Form::Worked(_) => texts.form_worked,
        Form::Completion { .. } => texts.form_completion,
        Form::Free => texts.form_free,
        Form::History => texts.form_history,
        Form::Script { .. } => texts.form_script,
    };
    let objective = pack
        .objectives
        .iter()
        .find(|objective| objective.id == exercise.objective)
        .map(|objective| p().class("exercise-for").text(&objective.title));
    let par = exercise.task.par;
    let (class, mark) = match status {
        ExerciseStatus::New => ("new", None),
        ExerciseStatus::Begun => ("begun", None),
        ExerciseStatus::Shown => ("shown", None),
        ExerciseStatus::Solved { .. } => ("solved", Some(icon("mark", TICK))),
        ExerciseStatus::Due { .. } => ("due", None),
    };
    let state = span()
        .class(format!("exercise-state {class}"))
        .children(mark)
        .text(state(language, status, par));
    let link = a()
        .attr("href", Route::Exercise(exercise.id.clone()).to_string())
        .text(&exercise.title);
    li().class("exercise-card")
        .attr("data-exercise", exercise.id.as_str())
        .child(h3().child(link))
        .children(objective)
        .child(
            p().class("quiet")
                .text(format!("{form} · {}", texts.par(par as usize))),
        )
        .child(p().child(state))
}

/// How an exercise stands, in words.
pub fn state(language: Language, status: ExerciseStatus, par: u32) -> String {
    let texts = language.exercise_list();
    let steps = |best: u32| {
        let steps = language.exercises().steps(best as usize);
        if best <= par {
            return texts.steps_best(&steps);
        }
        texts.steps_of(&steps, &par)
    };
    match status {
        ExerciseStatus::New => texts.state_new.to_owned(),
        ExerciseStatus::Begun => texts.state_begun.to_owned(),
        ExerciseStatus::Shown => texts.state_shown.to_owned(),
        ExerciseStatus::Solved { best } => texts.state_solved(&steps(best)),
        ExerciseStatus::Due { best: Some(best) } => texts.state_due_solved(&steps(best)),
        ExerciseStatus::Due { best: None } => texts.state_due.to_owned(),
    }
}

/// What a made exercise is to be like. All of it are texts, as the fields have them.
#[derive(Clone, Copy)]
struct Wanted {
    purpose: RwSignal<String>,
    par: RwSignal<String>,
    models: RwSignal<String>,
    distractors: RwSignal<String>,
    seed: RwSignal<String>,
}

/// Why no exercise can be made.
#[derive(Clone, Copy, PartialEq)]
enum Wrong {
    Seed,
    FewModels,
    FewKinds,
}

impl Wanted {
    fn query(self) -> Result<RecipeQuery, Wrong> {
        let number = |field: RwSignal<String>| field.with(|text| text.parse::<u32>().ok());
        let typed = self.seed.get();
        let seed = match typed.trim() {
            "" => None,
            typed => {
                let digits = typed.bytes().all(|byte| byte.is_ascii_digit());
                let seed = digits.then(|| typed.parse::<u64>().ok()).flatten();
                Some(seed.ok_or(Wrong::Seed)?)
            }
        };
        let purpose = self.purpose.with(|name| Purpose::named(name));
        let recipe = Recipe::new(
            seed.unwrap_or_default(),
            purpose.unwrap_or(Purpose::Release),
            number(self.par).unwrap_or_default(),
            number(self.models).unwrap_or_default(),
            number(self.distractors).unwrap_or_default(),
        );
        // The lists offer nothing else that does not fit.
        let recipe = recipe.ok_or(Wrong::FewModels)?;
        if !recipe.is_varied() {
            return Err(Wrong::FewKinds);
        }
        Ok(RecipeQuery { seed, recipe })
    }
}

/// New exercises, made to measure.
fn made() -> El {
    let (language, learner) = (use_language(), use_learner());
    let texts = language.exercise_list();
    let text = |value: &str| RwSignal::new(value.to_owned());
    let wanted = Wanted {
        purpose: text(Purpose::Release.as_str()),
        par: text("3"),
        models: text("1"),
        distractors: text("1"),
        seed: text(""),
    };
    let query = Memo::new(move || wanted.query());
    let story = p().class("quiet").text(move || {
        let purpose = wanted.purpose.with(|name| Purpose::named(name));
        purpose
            .map_or("", |purpose| words::made(language, purpose).1)
            .to_owned()
    });
    let wrong = p()
        .class("field-error")
        .id("made-wrong")
        .attr("role", "status")
        .text(move || match query.get() {
            Ok(_) => String::new(),
            Err(Wrong::Seed) => texts.made_seed_wrong.to_owned(),
            Err(Wrong::FewKinds) => texts.made_few_kinds.to_owned(),
            Err(Wrong::FewModels) => texts.made_few_models(&Recipe::PAR_OF_ONE),
        });
    let progress = learner.progress;
    let sum = progress.with_untracked(|progress| words::made_sum(language, progress));
    section()
        .class("panel section made")
        .attr("aria-labelledby", "made-title")
        .child(h2().id("made-title").text(texts.made_title))
        .child(p().text(texts.made_intro))
        .children(sum.map(|sum| p().id("made-sum").text(sum)))
        .child(made_fields(language, wanted, query))
        .child(story)
        .child(wrong)
        .child(made_buttons(query))
}

fn made_fields(language: Language, wanted: Wanted, query: Memo<Result<RecipeQuery, Wrong>>) -> El {
    let texts = language.exercise_list();
    let numbers = |range: std::ops::RangeInclusive<u32>| -> Vec<(String, String)> {
        range.map(|it| (it.to_string(), it.to_string())).collect()
    };
    let purposes = Purpose::ALL.map(|purpose| {
        let (name, _) = words::made(language, purpose);
        (purpose.as_str().to_owned(), name.to_owned())
    });
    let lists = [
        (
            "made-objective",
            texts.made_objective,
            wanted.purpose,
            purposes.to_vec(),
        ),
        ("made-par", texts.made_par, wanted.par, numbers(Recipe::PAR)),
        (
            "made-models",
            texts.made_models,
            wanted.models,
            numbers(Recipe::MODELS),
        ),
        (
            "made-distractors",
            texts.made_distractors,
            wanted.distractors,
            numbers(Recipe::DISTRACTORS),
        ),
    ];
    let listed = |(id, name, value, options): (&str, &str, RwSignal<String>, Vec<_>)| {
        let options = options.into_iter();
        let options = options
            .map(|(value, name): (String, String)| el("option").attr("value", value).text(name));
        let choice = select()
            .id(id)
            .children(options)
            .prop("value", move || value.get().into())
            .on_value(ev::change, move |chosen| value.set(chosen));
        div()
            .class("field")
            .child(label().attr("for", id).text(name))
            .child(choice)
    };
    let seed = input()
        .attr("type", "text")
        .attr("inputmode", "numeric")
        .attr("autocomplete", "off")
        .id("made-seed")
        .attr("maxlength", "40")
        .attr("aria-describedby", "made-seed-hint made-wrong")
        .attr("aria-invalid", move || {
            (query.get() == Err(Wrong::Seed)).then(|| "true".to_owned())
        })
        .on_value(ev::input, move |typed| wanted.seed.set(typed));
    let hint = span()
        .class("hint")
        .id("made-seed-hint")
        .text(texts.made_seed_hint);
    let seed = div()
        .class("field")
        .child(label().attr("for", "made-seed").text(texts.made_seed))
        .child(seed)
        .child(hint);
    div()
        .class("made-fields")
        .children(lists.map(listed))
        .child(seed)
}

fn made_buttons(query: Memo<Result<RecipeQuery, Wrong>>) -> El {
    let (texts, announcer) = (use_language().exercise_list(), use_announcer());
    let route = move || {
        let query = query.with_untracked(Clone::clone).ok()?;
        Some(Route::New(query.to_string()))
    };
    let go = action(texts.made_go, move || {
        if let Some(route) = route() {
            browser::go(&route);
        }
    })
    .class("primary")
    .id("made-go")
    .attr("disabled", move || query.get().is_err());
    // Without a number everybody would get another one.
    let copy = action(texts.made_copy, move || {
        if let Some(route) = route() {
            announcer.copy(browser::address(&route));
        }
    })
    .id("made-copy")
    .attr("disabled", move || {
        query.get().map_or(true, |query| query.seed.is_none())
    });
    div().class("actions").child(go).child(copy)
}

fn receipts() -> El {
    let texts = use_language().exercise_list();
    let way = a()
        .attr("href", Route::Check(String::new()).to_string())
        .text(texts.check_way);
    section()
        .class("section")
        .child(h2().text(texts.check_title))
        .child(p().text(texts.check_intro))
        .child(p().child(way))
}

/// An exercise that somebody has given as a file: it goes on as one in a link does.
fn from_file() -> El {
    let language = use_language();
    const RESULT: &str = "exercise-file-result";
    let texts = language.exercise_list();
    let wrong = RwSignal::new(None);
    let field = file_field(
        "exercise-file",
        texts.file_label,
        "application/json,.json",
        u32::try_from(LINK.bytes).unwrap_or(u32::MAX),
        move |text| {
            let too_large = NoTask::Link(NoLink::TooMuch(TooMuch::Long));
            let read = text.map_err(|_| too_large);
            match read.and_then(|text| task::from_file(&text, &Route::is_page)) {
                Ok(text) => browser::go(&Route::Shared(text)),
                Err(why) => {
                    wrong.set(Some(why));
                    browser::focus_soon(RESULT);
                }
            }
        },
    );
    let told = move || match wrong.get() {
        None => Vec::new(),
        Some(NoTask::Link(_)) => file_is_wrong(RESULT, texts.file_large),
        Some(NoTask::Problems(problems)) => {
            let problems = task_words::bad_task(language, &problems);
            let problems = problems.into_iter().map(|words| li().text(words));
            let head = p().text(texts.file_bad);
            let list = ul().class("prose-list shared-problems").children(problems);
            vec![
                div()
                    .class("notice")
                    .id(RESULT)
                    .attr("tabindex", "-1")
                    .child(head)
                    .child(list),
            ]
        }
    };
    section()
        .class("section")
        .child(h2().text(texts.file_title))
        .child(p().text(texts.file_intro))
        .child(field)
        .child(div().dynamic(told))
}
