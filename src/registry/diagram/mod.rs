//! The state diagram: the four stages, the moves between them, and where the chosen version stands.
//!
//! The drawing is for the eye, and for a mouse or a finger; the buttons below it do the same for everybody, and the
//! table says the same in words.

pub mod plan;

use crate::registry::drag::{self, draggable};
use crate::registry::moves::{DIAGRAM_PLACE, Moves, Place, key_stage, transition};
use crate::registry::version_panel::chosen;
use crate::session::{RegistryStore, Selection, use_language, use_registry, use_selection};
use crate::ui::icon::{stage_class, stage_mark, stage_name};
use el::{
    El, Memo, RwSignal, action, details, div, el, ev, h2, h3, li, p, section, span, strong, svg,
    table, tbody, td, th, thead, tr, ul,
};
use registry::{
    Action, Command, Entry, Event, ModelName, Refusal, RefusalKind, RuleSet, Stage, TeamRefusal,
    TeamRule, TransitionRule, VersionNumber,
};
use text::explain::explain;
use text::{DiagramText, Language, move_name};

use crate::registry::diagram::plan::{COLUMN, Plan, ROW};

/// A version and the stage it is in.
type Here = (VersionNumber, Stage);

/// A pair of different stages, and what the rules in force say of a move between them.
#[derive(Clone, PartialEq)]
struct Way {
    from: Stage,
    to: Stage,
    /// What the move is called; nothing where the rules never allow it.
    name: Option<String>,
    meaning: String,
    now: Now,
}

/// What the chosen version could do with a move now.
#[derive(Clone, PartialEq)]
enum Now {
    /// Go: it would be accepted.
    Open,
    /// Not go as things are, because of this rule. Whoever tries is shown the ways out.
    Refused(String),
    /// It is elsewhere.
    Elsewhere,
}

/// What the diagram shows.
#[derive(Clone, PartialEq)]
struct Shown {
    here: Option<Here>,
    ways: Vec<Way>,
    can_change: bool,
}

/// A move that has just been made, to be drawn once. The step keeps an undo from being drawn as a move.
#[derive(Clone, Copy, PartialEq)]
struct Trace {
    step: u64,
    way: Option<(Stage, Stage)>,
}

/// The diagram of a model.
pub fn diagram(name: &ModelName) -> El {
    let (language, store, selection) = (use_language(), use_registry(), use_selection());
    let texts = language.diagram();
    let of = name.clone();
    let shown = Memo::new(move || show(language, store, selection, &of));
    let of = name.clone();
    let before = std::cell::Cell::new(None);
    let trace = Memo::new(move || {
        let now = trace(store, &of, before.get());
        before.set(Some(now));
        now
    });
    let moving = Moves::new(Place::Diagram);
    let of = name.clone();
    let go = move |version: VersionNumber, to: Stage| moving.go(&of, version, to);
    let (draw, by_key) = (go.clone(), go.clone());
    let drawings = move || {
        let trace = trace.get().way;
        shown.with(|shown| {
            [&ROW, &COLUMN]
                .map(|plan| drawing(texts, plan, moving, shown, trace, draw.clone()))
                .into()
        })
    };
    let moves = move || shown.with(|shown| moves(texts, shown, go.clone()));
    let drawn = div()
        .class("diagram")
        .child(div().class("diagram-drawing").verbatim().dynamic(drawings))
        .dynamic(move || moving.refusal())
        .child(div().class("diagram-moves").dynamic(moves));
    section()
        .class("panel diagram-panel")
        .attr("aria-labelledby", "diagram-title")
        .child(h2().id("diagram-title").text(texts.title))
        .child(drawn)
        .child(in_words(texts, shown))
        .on(ev::keydown, move |event| {
            let here = shown.with_untracked(|shown| shown.here.filter(|_| shown.can_change));
            let Some((version, stage)) = here else { return };
            if let Some(to) = key_stage(&event).filter(|to| *to != stage) {
                event.prevent_default();
                by_key(version, to);
            }
        })
}

fn show(language: Language, store: RegistryStore, selection: Selection, name: &ModelName) -> Shown {
    let rules = store.rules.get();
    let number = chosen(store, selection, name);
    let here = store.read(|registry| {
        let number = number?;
        Some((number, registry.model(name)?.version(number)?.stage()))
    });
    let pairs = Stage::ALL
        .into_iter()
        .flat_map(|from| Stage::ALL.map(|to| (from, to)))
        .filter(|(from, to)| from != to);
    let now = |from: Stage, to: Stage| match here {
        Some((version, stage)) if stage == from => {
            let command = transition(name, version, to, false);
            match store.read(|registry| registry.preview(&store.context(), &command)) {
                Ok(_) => Now::Open,
                Err(refusal) => Now::Refused(explain(language, &refusal).rule),
            }
        }
        _ => Now::Elsewhere,
    };
    let way = |(from, to): (Stage, Stage)| {
        let (label, meaning) = meaning(language, name, number, rules, from, to);
        Way {
            from,
            to,
            name: label,
            meaning,
            now: now(from, to),
        }
    };
    Shown {
        here,
        ways: pairs.map(way).collect(),
        can_change: store.can_change(),
    }
}

/// What a move is called under the rules in force, if they know it, and what it means.
fn meaning(
    text: Language,
    name: &ModelName,
    number: Option<VersionNumber>,
    rules: RuleSet,
    from: Stage,
    to: Stage,
) -> (Option<String>, String) {
    let texts = text.diagram();
    match rules.policy().map(|policy| policy.rule(from, to)) {
        None => (Some(String::new()), texts.any.to_owned()),
        Some(TransitionRule::Allow(named)) => {
            let label = move_name(text, named);
            (Some(label.to_owned()), label.to_owned())
        }
        Some(TransitionRule::AllowProven(named)) => {
            let label = move_name(text, named);
            let meaning = texts.only_proven(&label);
            (Some(label.to_owned()), meaning)
        }
        Some(TransitionRule::Refuse(rule)) => {
            let rule = rule_name(text, rule, name, number, (from, to));
            (None, texts.meaning_refused(&rule))
        }
    }
}

/// A team rule in a few words, as a refusal of this move would give it.
fn rule_name(
    text: Language,
    rule: TeamRule,
    name: &ModelName,
    version: Option<VersionNumber>,
    asked: (Stage, Stage),
) -> String {
    let refusal = Refusal::plain(RefusalKind::Team(TeamRefusal {
        rule,
        name: name.clone(),
        version,
        asked: Some(asked),
        live: Vec::new(),
    }));
    explain(text, &refusal).rule
}

/// The last step, if it was a move in this model and was made while the diagram was on the page.
fn trace(store: RegistryStore, name: &ModelName, before: Option<Trace>) -> Trace {
    store.history(|log| {
        let step = log.step();
        let seen = before.map_or(step, |before| before.step);
        let last = log.done().last().filter(|_| step > seen);
        Trace {
            step,
            way: last.and_then(|entry| moved(entry, name)),
        }
    })
}

fn moved(entry: &Entry, of: &ModelName) -> Option<(Stage, Stage)> {
    let Action::Do(Command::TransitionModelVersionStage { name, version, .. }) = &entry.action
    else {
        return None;
    };
    entry
        .events
        .iter()
        .filter(|_| name == of)
        .find_map(|event| match event {
            Event::StageChanged {
                version: moved,
                stage,
                ..
            } if moved == version && stage.before != stage.after => {
                Some((stage.before, stage.after))
            }
            _ => None,
        })
}

/// The sentence that says where the version is.
fn place(texts: &DiagramText, here: Option<Here>) -> String {
    here.map_or_else(
        || texts.nobody.to_owned(),
        |(version, stage)| texts.here(&version, &stage),
    )
}

fn drawing(
    texts: &DiagramText,
    plan: &Plan,
    moving: Moves,
    shown: &Shown,
    trace: Option<(Stage, Stage)>,
    go: impl Fn(VersionNumber, Stage) + Clone + 'static,
) -> El {
    let here = shown.here.map(|(_, stage)| stage);
    let drawn = || shown.ways.iter().filter(|way| way.name.is_some());
    let farthest = drawn()
        .map(|way| way.from.index().saturating_sub(way.to.index()))
        .max()
        .unwrap_or_default();
    let (width, height) = plan.size(farthest);
    let click = |target: El, to: Stage| match shown.here.filter(|_| shown.can_change) {
        Some((version, _)) => {
            let go = go.clone();
            target.on(ev::click, move |_| go(version, to))
        }
        None => target,
    };
    let part = |drawn: El, way: &Way| {
        if way.now == Now::Elsewhere {
            drawn
        } else {
            click(drawn, way.to)
        }
    };
    let arc = |way: &Way| part(arc(plan, way), way);
    // What can be done now lies over what can't, and the names over all lines.
    let faint = drawn().filter(|way| way.now == Now::Elsewhere).map(arc);
    let strong = drawn().filter(|way| way.now != Now::Elsewhere).map(arc);
    let names = drawn().filter_map(|way| Some(part(arc_name(plan, way)?, way)));
    let trace = trace.map(|(from, to)| {
        path(&plan.arc(from, to).line)
            .class("trace")
            .attr("pathLength", "1")
    });
    let node = |stage: Stage| {
        let is_here = here == Some(stage);
        let node = node(texts, plan, stage, is_here);
        if let Some(place) = shown.here.filter(|_| is_here) {
            let go = go.clone();
            return draggable(node, drag::NODE, moving, place, move |to| go(place.0, to));
        }
        let way = shown.ways.iter();
        let way = way.filter(|way| way.to == stage && way.now != Now::Elsewhere);
        match way.map(|way| &way.now).next() {
            Some(Now::Open) => click(node.class(node_class(stage, "target may")), stage),
            Some(_) => click(node.class(node_class(stage, "target")), stage),
            None => node,
        }
    };
    svg("svg")
        .class(match (plan.upright, shown.can_change) {
            (true, true) => "upright usable",
            (true, false) => "upright",
            (false, true) => "lying usable",
            (false, false) => "lying",
        })
        .class(("moving", move || moving.dragged.with(Option::is_some)))
        .attr("viewBox", format!("0 0 {width} {height}"))
        .attr("role", "img")
        .attr("aria-label", texts.alt(&place(texts, shown.here)))
        .children(faint)
        .children(strong)
        .children(trace)
        .children(names)
        .children(Stage::ALL.map(node))
}

fn path(line: &str) -> El {
    svg("path").attr("d", line).attr("fill", "none")
}

fn arc_class(way: &Way) -> &'static str {
    match way.now {
        Now::Open => "arc open",
        Now::Refused(_) => "arc held",
        Now::Elsewhere => "arc",
    }
}

fn arc(plan: &Plan, way: &Way) -> El {
    let drawn = plan.arc(way.from, way.to);
    svg("g")
        .class(arc_class(way))
        // A line is hard to hit: this wider one can't be seen.
        .child(path(&drawn.line).class("reach"))
        .child(path(&drawn.line).class("line"))
        .child(path(&drawn.head).class("head"))
}

/// The name of a move at its arc; in the column there is no room for it.
fn arc_name(plan: &Plan, way: &Way) -> Option<El> {
    let name = way
        .name
        .as_deref()
        .filter(|name| !name.is_empty() && !plan.upright)?;
    let (x, y) = plan.arc(way.from, way.to).name;
    let text = svg("text")
        .attr("x", x.to_string())
        .attr("y", y.to_string())
        .attr("text-anchor", "middle")
        .text(name);
    Some(svg("g").class(arc_class(way)).child(text))
}

fn node_class(stage: Stage, kind: &str) -> String {
    format!("node {kind} {}", stage_class(stage))
}

fn node(texts: &DiagramText, plan: &Plan, stage: Stage, here: bool) -> El {
    let (x, y) = plan.middle(stage);
    let (width, height) = plan.node;
    let (left, top) = (x - width / 2, y - height / 2);
    // The name stands in the middle, and above it where there is a second line.
    let up = if here { 10 } else { 0 };
    let rect = svg("rect")
        .attr("x", left.to_string())
        .attr("y", top.to_string())
        .attr("width", width.to_string())
        .attr("height", height.to_string())
        .attr("rx", "10");
    let mark = stage_mark(stage)
        .attr("x", (left + 13).to_string())
        .attr("y", (y - 10 - up).to_string())
        .attr("width", "20")
        .attr("height", "20");
    let line = |class: &str, y: i32, text: &str| {
        svg("text")
            .class(class)
            .attr("x", (left + 39).to_string())
            .attr("y", y.to_string())
            .text(text)
    };
    svg("g")
        .class(node_class(stage, if here { "here" } else { "" }))
        .attr(drag::NODE, stage.as_str())
        .child(rect)
        .child(mark)
        .child(line("name", y + 7 - up, stage.as_str()))
        .children(here.then(|| line("you", y + 20, texts.you_are_here)))
}

/// Where the version is, and a button for each move that the rules know from there.
fn moves(
    texts: &DiagramText,
    shown: &Shown,
    go: impl Fn(VersionNumber, Stage) + Clone + 'static,
) -> Vec<El> {
    let sentence = p()
        .id(DIAGRAM_PLACE)
        .attr("tabindex", "-1")
        .text(place(texts, shown.here));
    let Some((version, _)) = shown.here.filter(|_| shown.can_change) else {
        return vec![sentence];
    };
    let button = |way: &Way| {
        let name = way.name.as_deref()?;
        let (to, go) = (way.to, go.clone());
        let (class, why) = match &way.now {
            Now::Open => ("move open", None),
            Now::Refused(rule) => ("move held", Some(texts.not_now(rule))),
            Now::Elsewhere => return None,
        };
        let label = span()
            .class("move-label")
            .children((!name.is_empty()).then(|| strong().text(name)))
            .text(" ")
            .child(span().class("quiet").text(texts.to))
            .text(" ")
            .child(stage_name(to));
        let button = action("", move || go(version, to))
            .class(class)
            .child(label)
            .children(why.map(|why| span().class("quiet").text(why)));
        Some(li().child(button))
    };
    vec![
        sentence,
        h3().text(texts.from_here),
        ul().children(shown.ways.iter().filter_map(button)),
    ]
}

/// The same as a table, which is made only once somebody opens it.
fn in_words(texts: &'static DiagramText, shown: Memo<Shown>) -> El {
    let is_open = RwSignal::new(false);
    let element = details().class("diagram-table");
    let itself = element.clone();
    element
        .child(el("summary").text(texts.table))
        .dynamic(move || {
            let table = is_open
                .get()
                .then(|| shown.with(|shown| as_table(texts, shown)));
            table.into_iter().collect()
        })
        .on(ev::toggle, move |_| {
            is_open.set(itself.node().has_attribute("open"))
        })
}

fn as_table(texts: &DiagramText, shown: &Shown) -> El {
    let now = |way: &Way| match &way.now {
        Now::Open => texts.open.to_owned(),
        Now::Refused(rule) => texts.refused(rule),
        Now::Elsewhere => texts.elsewhere(&way.from),
    };
    let row = |way: &Way| {
        tr().child(td().child(stage_name(way.from)))
            .child(td().child(stage_name(way.to)))
            .child(td().text(&way.meaning))
            .children(shown.here.map(|_| td().text(now(way))))
    };
    let last = shown.here.map(|(version, _)| texts.col_now(&version));
    let heads = [texts.col_from, texts.col_to, texts.col_meaning].map(str::to_owned);
    let heads = heads.into_iter().chain(last);
    let head = |name: String| th().attr("scope", "col").text(name);
    let filled = table()
        .child(el("caption").class("visually-hidden").text(texts.title))
        .child(thead().child(tr().children(heads.map(head))))
        .child(tbody().children(shown.ways.iter().map(row)));
    div()
        .class("table-scroll")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", texts.table)
        .child(filled)
}
