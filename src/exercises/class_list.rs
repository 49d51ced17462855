//! A class list beside the receipts: who is missing, and which receipts are the same.

use leptos::prelude::{LocalStorage, StoredValue, WithValue as _};

use crate::browser;
use crate::session::use_language;
use class::results::{Listed, listed, names, same};
use el::{El, Memo, RwSignal, action, div, ev, h3, label, li, p, section, span, textarea, ul};
use lesson::exercise::csv::csv;
use lesson::exercise::receipt_checker::{CheckResult, CheckedReceipt, Tally};
use text::CheckText;

/// The receipts that were checked, with the class list.
#[derive(Clone, Copy)]
struct ClassList {
    texts: &'static CheckText,
    rows: StoredValue<Vec<CheckedReceipt>, LocalStorage>,
    typed: RwSignal<String>,
}

/// The list, and what it comes to beside the receipts that are checked so far.
pub fn class_list(
    rows: StoredValue<Vec<CheckedReceipt>, LocalStorage>,
    counts: RwSignal<Tally>,
) -> El {
    let list = ClassList {
        texts: use_language().check(),
        rows,
        typed: RwSignal::new(String::new()),
    };
    let texts = list.texts;
    let field = textarea()
        .id("class-list")
        .attr("rows", "4")
        .attr("spellcheck", "false")
        .attr("aria-describedby", "class-list-hint")
        .on_value(ev::input, move |typed| list.typed.set(typed));
    let found = Memo::new(move || {
        counts.track();
        list.typed.track();
        list.lines()
    });
    let told = move || {
        found
            .get()
            .into_iter()
            .map(|line| li().text(line))
            .collect()
    };
    let is_empty = move || list.typed.with(|typed| typed.trim().is_empty());
    let download = action(texts.class_download, move || {
        browser::download(texts.class_file, &format!("\u{feff}{}", csv(&list.table())));
    })
    .id("class-csv")
    .attr("disabled", is_empty);
    section()
        .class("section")
        .attr("aria-labelledby", "class-list-title")
        .child(h3().id("class-list-title").text(texts.class_title))
        .child(
            div()
                .attr("role", "status")
                .child(ul().class("prose-list").id("class-found").dynamic(told)),
        )
        .child(
            div()
                .class("field")
                .child(label().attr("for", "class-list").text(texts.class_label))
                .child(
                    span()
                        .class("hint")
                        .id("class-list-hint")
                        .text(texts.class_hint),
                )
                .child(field),
        )
        .child(div().class("actions").child(download))
        .child(p().class("quiet").text(texts.class_proves))
}

impl ClassList {
    fn everybody(self) -> Vec<Listed> {
        let names = names(&self.typed.get_untracked());
        self.rows.with_value(|rows| {
            let given: Vec<&str> = rows.iter().map(|row| row.scanned.name.as_str()).collect();
            listed(&names, &given)
        })
    }

    /// The place of the first receipt that is the same, for each; nothing where there is none.
    fn repeats(self) -> Vec<Option<usize>> {
        self.rows.with_value(|rows| {
            let receipts: Vec<&str> = rows
                .iter()
                .map(|row| row.scanned.receipt.as_str())
                .collect();
            same(&receipts)
        })
    }

    fn name_of(self, at: usize) -> String {
        let name = |row: &CheckedReceipt| match row.scanned.name.as_str() {
            "" => self.texts.class_line(&row.scanned.line),
            name => name.to_owned(),
        };
        self.rows
            .with_value(|rows| rows.get(at).map(name))
            .unwrap_or_default()
    }

    /// What is to be said: who is missing, and what is the same.
    fn lines(self) -> Vec<String> {
        let everybody = self.everybody();
        let mut lines = Vec::new();
        if !everybody.is_empty() {
            let is_missing = |one: &&Listed| one.receipts.is_empty();
            let missing: Vec<&str> = everybody
                .iter()
                .filter(is_missing)
                .map(|it| it.name.as_str())
                .collect();
            let here = everybody.len() - missing.len();
            lines.push(self.texts.class_here(everybody.len(), &here));
            if !missing.is_empty() {
                lines.push(self.texts.class_missing(&missing.join(", ")));
            }
        }
        for (at, first) in self.repeats().into_iter().enumerate() {
            if let Some(first) = first {
                lines.push(
                    self.texts
                        .class_same(&self.name_of(at), &self.name_of(first)),
                );
            }
        }
        lines
    }

    /// How many questions of rounds were right, of how many; empty where there are none.
    fn questions_right(self, receipts: &[usize]) -> String {
        let (mut right, mut count) = (0, 0);
        self.rows.with_value(|rows| {
            for at in receipts {
                if let Some(CheckResult::Round(round)) = rows.get(*at).map(|row| &row.result) {
                    right += round.right();
                    count += round.questions.len();
                }
            }
        });
        match count {
            0 => String::new(),
            count => self.texts.class_right_of(&right, &count),
        }
    }

    /// A row for everybody on the list: the name, how many receipts, how many of them are solved, how many questions were right, and
    /// what is the same.
    fn table(self) -> Vec<Vec<String>> {
        let texts = self.texts;
        let repeats = self.repeats();
        let is_solved = |at: &&usize| {
            self.rows.with_value(|rows| {
                let result = rows.get(**at).map(|row| &row.result);
                matches!(result, Some(CheckResult::Checked { checked, .. }) if checked.solved)
            })
        };
        let head = [
            texts.class_name,
            texts.class_count,
            texts.class_solved,
            texts.class_right,
            texts.class_note,
        ];
        let row = |one: &Listed| {
            let notes = one.receipts.iter().filter_map(|at| {
                let first = (*repeats.get(*at)?)?;
                Some(texts.class_same(&self.name_of(*at), &self.name_of(first)))
            });
            let notes: Vec<String> = notes.collect();
            let note = match one.receipts.is_empty() {
                true => texts.class_none.to_owned(),
                false => notes.join(" "),
            };
            vec![
                one.name.clone(),
                one.receipts.len().to_string(),
                one.receipts.iter().filter(is_solved).count().to_string(),
                self.questions_right(&one.receipts),
                note,
            ]
        };
        let head = head.map(str::to_owned).to_vec();
        std::iter::once(head)
            .chain(self.everybody().iter().map(row))
            .collect()
    }
}
