//! `#/check`: receipts that were pasted are run again, one after the other, and shown in a table.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use std::time::Duration;

use crate::browser;
use crate::exercises::class_list::class_list;
use crate::session::{Announcer, use_announcer, use_language};
use crate::ui::icon::{CROSS, TICK, WARNING, icon};
use crate::ui::measured::Measure;
use crate::ui::page::title;
use el::{
    El, RwSignal, a, action, code, div, el, h2, label, p, section, span, table, tbody, td,
    textarea, th, thead, tr,
};
use lesson::exercise::Exercise;
use lesson::exercise::csv::csv;
use lesson::exercise::receipt::Of;
use lesson::exercise::receipt_checker::{CheckResult, CheckedReceipt, ReceiptChecker, Tally};
use lesson::exercise::receipt_scanner::{MAX_RECEIPTS, MAX_TEXT, ScannedReceipt, TooMuch, scan};
use lesson::exercise::recipe_query::RecipeQuery;
use lesson::own;
use share::link_codec::in_text;
use share::route::Route;
use share::task::{self, key};
use text::Language;
use text::exercise as words;

/// How long is worked before the browser gets its turn, in milliseconds.
const SLICE: f64 = 6.0;
/// The columns with numbers.
const NUMBERS: [usize; 3] = [0, 4, 5];
/// How many rows are shown at first, and how many more each time.
const PAGE: usize = 100;
/// Of so many shared exercises the links are read.
const MOST_SHARED: usize = 50;
/// What may stand around a link.
const MARKS: [char; 8] = ['.', ',', ';', ':', '<', '>', '(', ')'];

/// What was pasted, and how far the check of it has come.
#[derive(Clone, Copy)]
struct Check {
    announcer: Announcer,
    language: Language,
    typed: RwSignal<String>,
    /// How many there are, and how many lines hold something else.
    found: RwSignal<Option<Result<(usize, usize), TooMuch>>>,
    /// As many as were checked.
    counts: RwSignal<Tally>,
    rows: StoredValue<Vec<CheckedReceipt>, LocalStorage>,
    /// The exercises whose links were pasted too, each under the id that its receipts name.
    shared: StoredValue<Vec<Shared>, LocalStorage>,
    /// How many rows are shown at most.
    shown: RwSignal<usize>,
    /// Counts the checks: one that was begun later ends those before.
    run: StoredValue<u64, LocalStorage>,
}

/// An exercise that somebody has shared.
struct Shared {
    /// The text of its link.
    link: String,
    exercise: Exercise,
}

/// What is still to be checked.
struct Work {
    checker: ReceiptChecker<'static>,
    /// The one whose exercise is being made.
    now: Option<ScannedReceipt>,
    left: std::vec::IntoIter<ScannedReceipt>,
}

fn exercises() -> &'static [Exercise] {
    own::exercises().map_or(&[], |pack| &pack.exercises)
}

/// The page, perhaps with a receipt from its address.
pub fn check(receipt: &str) -> Vec<El> {
    let language = use_language();
    let texts = language.check();
    let check = Check {
        announcer: use_announcer(),
        language,
        typed: RwSignal::new(receipt.to_owned()),
        found: RwSignal::new(None),
        counts: RwSignal::new(Tally::default()),
        rows: StoredValue::new_local(Vec::new()),
        shared: StoredValue::new_local(Vec::new()),
        shown: RwSignal::new(PAGE),
        run: StoredValue::new_local(0),
    };
    if !receipt.is_empty() {
        check.begin(false);
    }
    let field = textarea()
        .id("receipts")
        .class("receipts-field")
        .attr("rows", "5")
        .attr("spellcheck", "false")
        .attr("autocapitalize", "none")
        .attr("autocomplete", "off")
        .attr("aria-describedby", "receipts-hint receipts-cut")
        .prop("value", move || check.typed.get().into());
    let measure = Measure::new(MAX_TEXT);
    let field = measure.of(field, move |text| check.typed.set(text));
    let go = action(texts.go, move || check.begin(true))
        .class("primary")
        .id("check-go");
    let clear = action(texts.clear, move || {
        measure.forget();
        check.clear();
    })
    .id("check-clear")
    .attr("disabled", move || {
        check.typed.with(String::is_empty) && check.found.with(Option::is_none)
    });
    let entry = div()
        .class("field")
        .child(label().attr("for", "receipts").text(texts.label))
        .child(span().class("hint").id("receipts-hint").text(texts.hint))
        .child(field)
        .child(
            span()
                .class("field-error")
                .id("receipts-cut")
                .attr("role", "status")
                .text(move || measure.words(language)),
        );
    vec![
        div()
            .class("reading section")
            .child(title(texts.title))
            .child(p().class("lead").text(texts.intro))
            .child(p().class("proves").text(language.exercises().proves))
            .child(entry)
            .child(div().class("actions").child(go).child(clear)),
        div().class("check-result").dynamic(move || result(check)),
    ]
}

impl Check {
    /// Looks through what was pasted and begins to check it. `by_hand` takes the focus to what comes of it.
    fn begin(self, by_hand: bool) {
        let run = self.stop();
        let found = self.typed.with_untracked(|text| scan(text));
        let mut shared = Vec::new();
        let (all, found) = match found {
            Ok(scan) => {
                let lines;
                (shared, lines) = self.typed.with_untracked(|text| shared_in(text));
                let count = scan.receipts.len();
                let other = scan.other_lines.saturating_sub(lines);
                (scan.receipts, Ok((count, other)))
            }
            Err(why) => (Vec::new(), Err(why)),
        };
        self.found.set(Some(found));
        if by_hand {
            browser::focus_soon("check-title");
        }
        let mut checker = ReceiptChecker::new(exercises());
        for Shared { exercise, .. } in &shared {
            checker.add(exercise.id.clone(), exercise.task.clone());
        }
        self.shared.set_value(shared);
        let work = Work {
            checker,
            now: None,
            left: all.into_iter(),
        };
        self.go_on(run, Rc::new(RefCell::new(work)));
    }

    /// Ends what is under way, and forgets what came of it. Gives the number of the next one.
    fn stop(self) -> u64 {
        self.rows.set_value(Vec::new());
        self.shown.set(PAGE);
        self.counts.set(Tally::default());
        let run = self.run.get_value() + 1;
        self.run.set_value(run);
        run
    }

    fn clear(self) {
        self.stop();
        self.typed.set(String::new());
        self.found.set(None);
        self.announcer
            .speak(self.language.check().cleared.to_owned());
        browser::focus_soon("receipts");
    }

    /// Checks for one slice of time, and goes on in the next one.
    fn go_on(self, run: u64, work: Rc<RefCell<Work>>) {
        // The page may be gone, or something else may have been pasted.
        if self.run.try_get_value() != Some(run) {
            return;
        }
        let until = browser::elapsed() + SLICE;
        let mut new = Vec::new();
        let is_done = {
            let mut work = work.borrow_mut();
            loop {
                let Some(scanned) = work.now.take().or_else(|| work.left.next()) else {
                    break true;
                };
                match work.checker.step(scanned) {
                    Ok(row) => new.push(row),
                    Err(scanned) => work.now = Some(scanned),
                }
                if browser::elapsed() >= until {
                    break false;
                }
            }
        };
        let mut counts = self.counts.get_untracked();
        new.iter().for_each(|row| counts.add(row));
        self.rows.update_value(|rows| rows.append(&mut new));
        self.counts.set(counts);
        if is_done {
            if counts.all() > 0 {
                self.announcer.speak(sum(self.language, counts));
            }
            return;
        }
        set_timeout(move || self.go_on(run, work), Duration::ZERO);
    }
}

/// How many are what: "3 receipts: 2 solved, 1 refused."
fn sum(language: Language, counts: Tally) -> String {
    let texts = language.check();
    let parts = [
        (counts.solved, texts.solved(counts.solved)),
        (counts.open, texts.open(counts.open)),
        (counts.rounds, texts.rounds(counts.rounds)),
        (counts.refused, texts.refused(counts.refused)),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(_, words)| words)
        .collect();
    format!(
        "{}: {}.",
        texts.receipts(counts.all()),
        parts.join(language.exercises().and)
    )
}

/// What came of it.
fn result(check: Check) -> Vec<El> {
    let language = check.language;
    let texts = language.check();
    let Some(found) = check.found.get() else {
        return Vec::new();
    };
    let box_ = section()
        .class("section")
        .attr("aria-labelledby", "check-title");
    let head = h2()
        .id("check-title")
        .attr("tabindex", "-1")
        .text(texts.result);
    let told = |words: &str| p().class("notice").id("check-problem").text(words);
    let (count, other) = match found {
        Err(TooMuch::Text) => {
            let words = texts.too_long(&MAX_TEXT);
            return vec![box_.child(head).child(told(&words))];
        }
        Err(TooMuch::Receipts) => {
            let words = texts.too_many(&MAX_RECEIPTS);
            return vec![box_.child(head).child(told(&words))];
        }
        Ok((0, _)) => return vec![box_.child(head).child(told(texts.none))],
        Ok(found) => found,
    };
    let is_done = move || check.counts.with(Tally::all) == count;
    let state = p().class("check-sum").id("check-sum").text(move || {
        let counts = check.counts.get();
        if counts.all() == count {
            return sum(language, counts);
        }
        texts.running(&counts.all(), &count)
    });
    let other = (other > 0).then(|| p().class("quiet").text(texts.other_lines(other)));
    let download = action(texts.download, move || {
        let head = words::table_head(language).map(str::to_owned).to_vec();
        let row = |row: &CheckedReceipt| check.cells(row).to_vec();
        let rows: Vec<Vec<String>> = check
            .rows
            .with_value(|rows| std::iter::once(head).chain(rows.iter().map(row)).collect());
        // By the mark at its start, spreadsheets know that it is UTF-8.
        browser::download(texts.file, &format!("\u{feff}{}", csv(&rows)));
    })
    .id("check-csv")
    .attr("disabled", move || !is_done());
    // Narrow pages show a row as a block. The roles keep it a table for a screen reader.
    let rows = tbody().attr("role", "rowgroup").for_each(
        move || {
            let ready = check.counts.with(Tally::all);
            (0..ready.min(check.shown.get()) as u64).collect()
        },
        move |at| table_row(check, usize::try_from(at).unwrap_or_default()),
    );
    let heads = words::table_head(language);
    let heads = heads.into_iter().enumerate().map(|(at, name)| {
        let head = th().attr("scope", "col").attr("role", "columnheader");
        let is_number = NUMBERS.contains(&at);
        head.class(if is_number { "number" } else { "" }).text(name)
    });
    let more = move || {
        let left = check
            .counts
            .with(Tally::all)
            .saturating_sub(check.shown.get());
        let more = move || check.shown.update(|shown| *shown += PAGE);
        let more = (left > 0).then(|| action(texts.more(left.min(PAGE)), more).id("check-more"));
        more.into_iter().collect()
    };
    vec![
        box_.child(head)
            .child(state)
            .children(other)
            .child(
                div()
                    .class("table-scroll")
                    .attr("tabindex", "0")
                    .attr("role", "group")
                    .attr("aria-labelledby", "check-title")
                    .child(
                        table()
                            .class("check-table")
                            .attr("role", "table")
                            .attr("aria-labelledby", "check-title")
                            .child(
                                thead()
                                    .attr("role", "rowgroup")
                                    .child(tr().attr("role", "row").children(heads)),
                            )
                            .child(rows),
                    ),
            )
            .child(div().dynamic(more))
            .child(div().class("actions").child(download))
            .child(class_list(check.rows, check.counts)),
    ]
}

/// A row of the table. What was pasted keeps to its cell, whichever way it is written.
fn table_row(check: Check, at: usize) -> El {
    let language = check.language;
    let row = check.rows.with_value(|rows| rows.get(at).cloned());
    let Some(row) = row else {
        return tr();
    };
    let cells = check.cells(&row);
    let (class, shape) = match &row.result {
        CheckResult::Unread(_) | CheckResult::Refused { .. } => ("refused", CROSS),
        CheckResult::Checked { checked, .. } if checked.solved => ("solved", TICK),
        CheckResult::Round(_) => ("solved", TICK),
        CheckResult::Checked { .. } => ("open", WARNING),
    };
    let heads = words::table_head(language);
    let cells = cells.into_iter().zip(heads).enumerate();
    let cells = cells.map(|(at, (text, head))| {
        let cell = td()
            .attr("role", "cell")
            .attr("data-head", head)
            .attr("data-empty", text.is_empty());
        match at {
            1 => cell
                .class("check-name")
                .child(el("bdi").verbatim().text(text)),
            2 => check.exercise_cell(cell.class("check-exercise"), &row.result, text),
            3 => cell.child(
                span()
                    .class(format!("check-state {class}"))
                    .child(icon("mark", shape))
                    .text(text),
            ),
            7 => cell.class("check-note").text(text),
            8 => cell
                .class("check-receipt")
                .child(code().attr("title", &text).text(text)),
            at if NUMBERS.contains(&at) => cell.class("number").text(text),
            _ => cell.class("check-rules").text(text),
        }
    });
    tr().attr("role", "row")
        .attr("data-found", class)
        .children(cells)
}

impl Check {
    /// The cells of a row.
    fn cells(self, row: &CheckedReceipt) -> [String; 9] {
        let mut cells = words::table_row(self.language, exercises(), row);
        if let CheckResult::Checked { of, .. } = &row.result
            && let Some((_, title)) = self.shared_of(of)
            && let [_, _, name, ..] = &mut cells
        {
            *name = title;
        }
        cells
    }

    /// The link and the title of a shared exercise; nothing for the others.
    fn shared_of(self, of: &Of) -> Option<(String, String)> {
        let Of::Exercise(id) = of else { return None };
        self.shared.with_value(|shared| {
            let found = shared.iter().find(|it| it.exercise.id == *id)?;
            Some((found.link.clone(), found.exercise.title.clone()))
        })
    }

    /// The exercise of a receipt; one that was run can be opened.
    fn exercise_cell(self, cell: El, result: &CheckResult, name: String) -> El {
        let way = match result {
            CheckResult::Checked { of, .. } => match (of, self.shared_of(of)) {
                (_, Some((link, _))) => Route::Shared(link),
                (Of::Exercise(id), None) => Route::Exercise(id.clone()),
                (Of::Recipe(recipe), None) => Route::New(RecipeQuery::from(*recipe).to_string()),
            },
            CheckResult::Round(_) => Route::Practice,
            CheckResult::Unread(_) | CheckResult::Refused { .. } => return cell.text(name),
        };
        cell.child(a().attr("href", way.to_string()).text(name))
    }
}

/// Returns the shared exercises whose links stand in a text, and on how many lines of it there are such links.
fn shared_in(text: &str) -> (Vec<Shared>, usize) {
    let (mut found, mut lines): (Vec<Shared>, usize) = (Vec::new(), 0);
    for line in text.lines() {
        let words = line.split_whitespace();
        let links = words.map(|word| in_text(word).trim_matches(MARKS));
        let links: Vec<&str> = links.filter(|link| task::is_meant(link)).collect();
        lines += usize::from(!links.is_empty());
        for link in links {
            let is_known = found.iter().any(|known| known.link == link);
            if is_known || found.len() == MOST_SHARED {
                continue;
            }
            if let (Ok(shared), Some(id)) = (task::parse(link, &Route::is_page), key(link)) {
                let exercise = Exercise {
                    id,
                    ..shared.exercise
                };
                found.push(Shared {
                    link: link.to_owned(),
                    exercise,
                });
            }
        }
    }
    (found, lines)
}
