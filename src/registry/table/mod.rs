//! All versions of a model in a table that can be sorted and filtered.

pub mod rows;

use leptos::prelude::*;

use crate::browser;
use crate::registry::version_panel::chosen;
use crate::session::{use_language, use_registry, use_selection};
use crate::ui::icon::stage_name;
use el::{
    El, Memo, RwSignal, action, button, code, div, el, ev, h2, input, label, p, section, span,
    table, tbody, td, th, thead, tr,
};
use registry::{MetricName, ModelName, VersionNumber};
use text::TableText;

use crate::registry::table::rows::{By, Filter, Row, Sort, TablePage};

/// How many rows are shown at first, and how many more each time.
const PAGE: usize = 50;
/// The part of the page that scrolls.
const SCROLL: &str = "versions-scroll";
/// The field for the filter.
const FILTER: &str = "versions-filter";

/// The table of all versions.
pub fn versions_table(name: &ModelName) -> El {
    let (language, store, selection) = (use_language(), use_registry(), use_selection());
    let texts = language.table();
    let typed = RwSignal::new(String::new());
    let limit = RwSignal::new(PAGE);
    let sort = RwSignal::new(Sort {
        by: By::Version,
        down: true,
    });
    let of = name.clone();
    let columns = Memo::new(move || {
        store.read(|registry| {
            registry
                .model(&of)
                .map(crate::registry::table::rows::columns)
                .unwrap_or_default()
        })
    });
    let of = name.clone();
    let page = Memo::new(move || {
        let filter = typed.with(|typed| Filter::parse(typed));
        let (sort, limit) = (sort.get(), limit.get());
        store.read(|registry| {
            registry
                .model(&of)
                .map(|model| crate::registry::table::rows::page(model, &filter, &sort, limit))
                .unwrap_or_default()
        })
    });
    let of = name.clone();
    let shown = Memo::new(move || chosen(store, selection, &of));
    let search = move |text: String| {
        limit.set(PAGE);
        typed.set(text);
    };

    let caption = texts.caption(name);
    let of = name.clone();
    let body = tbody().for_each(
        move || {
            page.with(|page| {
                page.numbers
                    .iter()
                    .map(|number| number.get().into())
                    .collect()
            })
        },
        move |key| {
            let number = u32::try_from(key).ok().and_then(VersionNumber::new);
            number.map_or_else(tr, |number| table_row(&of, number, columns, shown))
        },
    );
    let filled = table()
        .child(el("caption").class("visually-hidden").text(&caption))
        .child(thead().child(tr().dynamic(move || heads(texts, columns.get(), sort))))
        .child(body);
    let scroll = div()
        .class("table-scroll")
        .id(SCROLL)
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", &caption)
        .attr("hidden", move || page.with(|page| page.matched == 0))
        .child(filled);
    let none = move || {
        if page.with(|page| page.matched > 0) {
            return Vec::new();
        }
        vec![
            p().class("empty").text(texts.none(&typed.get())),
            action(texts.clear, move || {
                typed.set(String::new());
                browser::focus_soon(FILTER);
            }),
        ]
    };
    let count = p()
        .class("quiet")
        .attr("role", "status")
        .text(move || page.with(|page| count(texts, page)));
    section()
        .class("panel versions-panel")
        .attr("aria-labelledby", "versions-title")
        .attr("hidden", move || page.with(|page| page.total == 0))
        .child(
            h2().id("versions-title")
                .text(language.model().versions_title),
        )
        .child(filter_field(texts, typed, search))
        .child(scroll)
        .child(div().class("actions versions-none").dynamic(none))
        .child(
            div()
                .class("actions versions-foot")
                .child(count)
                .child(more(texts, page, limit)),
        )
}

/// The button for more rows.
fn more(texts: &TableText, page: Memo<TablePage>, limit: RwSignal<usize>) -> El {
    let all_shown = move || page.with(|page| page.numbers.len() >= page.matched);
    action(texts.more, move || {
        limit.update(|limit| *limit += PAGE);
        // A button that goes takes the focus with it.
        if untrack(all_shown) {
            browser::focus_soon(SCROLL);
        }
    })
    .attr("hidden", all_shown)
}

/// The field for what is to be shown.
fn filter_field(
    texts: &TableText,
    typed: RwSignal<String>,
    search: impl Fn(String) + 'static,
) -> El {
    div()
        .class("field")
        .child(label().attr("for", FILTER).text(texts.filter))
        .child(
            span()
                .class("hint")
                .id("versions-filter-hint")
                .text(texts.filter_hint),
        )
        .child(
            input()
                .id(FILTER)
                .attr("maxlength", "1000")
                .attr("type", "search")
                .attr("autocomplete", "off")
                .attr("autocapitalize", "none")
                .attr("spellcheck", "false")
                .attr("aria-describedby", "versions-filter-hint")
                .prop("value", move || typed.get().into())
                .on_value(ev::input, search),
        )
}

fn count(texts: &TableText, page: &TablePage) -> String {
    let shown = page.numbers.len();
    if page.matched == page.total {
        texts.showing(&shown, &page.total)
    } else {
        texts.matching(&page.matched, &page.total, &shown)
    }
}

fn heads(texts: &TableText, columns: Vec<MetricName>, sort: RwSignal<Sort>) -> Vec<El> {
    let mut heads = vec![
        head(texts.col_version, By::Version, sort),
        head(texts.col_stage, By::Stage, sort),
        head(texts.col_aliases, By::Aliases, sort),
    ];
    for name in columns {
        let label = name.to_string();
        heads.push(head(&label, By::Metric(name), sort).class("number"));
    }
    heads.push(head(texts.col_created, By::Created, sort));
    heads.push(head(texts.col_source, By::Source, sort));
    heads
}

/// The head of a column: a press sorts by it, another one turns the order round.
fn head(label: &str, by: By, sort: RwSignal<Sort>) -> El {
    let of = by.clone();
    let direction = move || {
        sort.with(|sort| {
            (sort.by == of).then_some(if sort.down { "descending" } else { "ascending" })
        })
    };
    // What is new, live or high is looked for more often; texts are read from A.
    let down_first = matches!(by, By::Version | By::Created | By::Metric(_));
    let press = move || {
        sort.update(|sort| {
            let down = if sort.by == by {
                !sort.down
            } else {
                down_first
            };
            *sort = Sort {
                by: by.clone(),
                down,
            };
        });
    };
    th().attr("scope", "col")
        .attr("aria-sort", move || direction().map(str::to_owned))
        .child(
            button()
                .attr("type", "button")
                .class("sort")
                .child(span().text(label))
                .child(span().class("sort-mark").attr("aria-hidden", "true"))
                .on(ev::click, move |_| press()),
        )
}

fn table_row(
    name: &ModelName,
    number: VersionNumber,
    columns: Memo<Vec<MetricName>>,
    shown: Memo<Option<VersionNumber>>,
) -> El {
    let (store, selection) = (use_registry(), use_selection());
    let texts = use_language().table();
    let of = name.clone();
    let row = Memo::new(move || {
        let columns = columns.get();
        store.read(|registry| {
            crate::registry::table::rows::row(registry.model(&of)?, &columns, number)
        })
    });
    let is_shown = move || shown.get() == Some(number);
    let show = action(format!("v{number}"), move || {
        selection.selected.set(Some(number));
        // The details stand elsewhere on the page: go there.
        browser::focus_soon("version-title");
    })
    .class("row-name mono")
    .verbatim()
    .attr("aria-label", texts.details(&number))
    .attr("aria-current", move || {
        is_shown().then(|| "true".to_owned())
    });
    tr().class(("chosen", is_shown))
        .child(th().attr("scope", "row").child(show))
        .dynamic(move || {
            row.with(|row| {
                row.as_ref()
                    .map(|row| cells(texts, row))
                    .unwrap_or_default()
            })
        })
}

fn cells(texts: &TableText, row: &Row) -> Vec<El> {
    let missing = || span().class("quiet").text(texts.no_value);
    let chip = |alias| {
        span()
            .class("chip mono")
            .verbatim()
            .text(format!("@{alias}"))
    };
    let aliases = if row.aliases.is_empty() {
        missing()
    } else {
        span().class("chips").children(row.aliases.iter().map(chip))
    };
    let mut cells = vec![td().child(stage_name(row.stage)), td().child(aliases)];
    cells.extend(row.metrics.iter().map(|value| {
        let cell = td().class("number");
        match value {
            Some(value) => cell.text(value.to_string()),
            None => cell.child(missing()),
        }
    }));
    cells.push(td().class("when").text(browser::date(row.created)));
    cells.push(td().class("source").child(code().text(row.source.as_str())));
    cells
}
