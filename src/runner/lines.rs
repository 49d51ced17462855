//! Lines of code that can be run on a small registry, each with what it comes to.

use leptos::prelude::*;

use crate::runner::copy_button::copy_button;
use crate::runner::lazy::{Run, Runner, run, use_runner};
use crate::runner::result::Ran;
use crate::session::{Announcer, RegistryStore, use_announcer, use_language, use_registry};
use crate::ui::highlight::highlight;
use crate::ui::markdown::line as prose_line;
use el::{El, RwSignal, action, code, div, h2, li, ol, p, section};
use lesson::pack::{Line, Loads, Pack, Play, Scene};
use text::Language;

/// What a line came to.
#[derive(Clone)]
struct CameTo {
    words: String,
    failed: bool,
}

/// The lines of a step, and what those came to that were run. What a line loads, the app loads from then on.
#[derive(Clone, Copy)]
pub struct Lines {
    pack: &'static Pack,
    scene: &'static Scene,
    lines: &'static [Line],
    loads: RwSignal<Loads>,
    store: RegistryStore,
    announcer: Announcer,
    language: Language,
    came_to: RwSignal<Vec<Option<CameTo>>>,
    /// Where the line stands that was run last.
    last: RwSignal<Option<usize>>,
}

impl Lines {
    /// Returns the lines of a step, to be run on the registry around.
    pub fn new(
        pack: &'static Pack,
        play: &'static Play,
        scene: &'static Scene,
        loads: RwSignal<Loads>,
    ) -> Self {
        Self {
            pack,
            scene,
            lines: &play.lines,
            loads,
            store: use_registry(),
            announcer: use_announcer(),
            language: use_language(),
            came_to: RwSignal::new(vec![None; play.lines.len()]),
            last: RwSignal::new(None),
        }
    }

    /// Forgets what was run: it belongs to the registry before it was started over.
    pub fn start_over(self) {
        self.came_to.set(vec![None; self.lines.len()]);
        self.last.set(None);
    }

    /// Returns whether every line was run. It is followed.
    pub fn all_ran(self) -> bool {
        self.came_to
            .with(|came_to| came_to.iter().all(Option::is_some))
    }

    /// Returns what a line came to, if it was run. It is followed.
    fn came_to(self, at: usize) -> Option<CameTo> {
        self.came_to
            .with(|came_to| came_to.get(at).cloned().flatten())
    }

    /// Returns the first line that was not run, and where it stands. It is followed.
    fn next_line(self) -> Option<(usize, &'static Line)> {
        let at = self
            .came_to
            .with(|came_to| came_to.iter().position(Option::is_none))?;
        Some((at, self.lines.get(at)?))
    }

    fn run(self, at: usize) {
        let Some(line) = self.lines.get(at) else {
            return;
        };
        let code = Run::Code(
            Box::new(untrack(|| self.store.played(self.scene))),
            line.code.clone(),
        );
        let Some(Ran { played, words }) = run(self.language, code) else {
            return;
        };
        self.store.take_run(&played);
        if let Some(now) = played.loads() {
            self.loads.set(now);
        }
        self.announcer.speak(words.clone());
        let failed = played.failure.is_some();
        self.came_to.update(|all| {
            if let Some(of_line) = all.get_mut(at) {
                *of_line = Some(CameTo { words, failed });
            }
        });
        self.last.set(Some(at));
    }

    /// The lines below a heading and what stands beside that.
    pub fn panel(self, beside: El) -> El {
        let title = self.language.play().code_title;
        section()
            .class("panel code-panel")
            .attr("aria-labelledby", "code-title")
            .child(h2().id("code-title").text(title))
            .child(beside)
            .child(self.list())
    }

    /// The lines, each with what it came to.
    pub fn list(self) -> El {
        // Whoever sees lines runs them: what does that is fetched once the page is quiet.
        let runner = use_runner();
        request_idle_callback(move || runner.ahead());
        let rows = self.lines.iter().enumerate();
        ol().class("code-lines")
            .children(rows.map(move |(at, line)| self.row(at, line)))
    }

    fn row(self, at: usize, line: &'static Line) -> El {
        let texts = self.language.play();
        let runner = use_runner();
        let is_run = move || self.came_to(at).is_some();
        let failed = move || self.came_to(at).is_some_and(|it| it.failed);
        let press = move || runner.when_here(move || self.run(at));
        let name = texts.run_line(&line.code);
        li().class("code-line")
            .class(("ran", is_run))
            .class(("failed", failed))
            .child(
                div()
                    .class("code-line-head")
                    .child(code().children(highlight(&line.code)))
                    .child(
                        div()
                            .class("actions")
                            .child(action(texts.run, press).attr("aria-label", name))
                            .child(copy_button(&line.code)),
                    ),
            )
            // The note says what comes of it: it is not to be read before.
            .show(is_run, move || {
                prose_line(self.pack, p().class("quiet"), &line.note)
            })
            .child(runner.sign())
            .child(p().class("code-result").text(move || {
                self.came_to(at)
                    .map_or_else(String::new, |came_to| came_to.words)
            }))
    }

    /// Beside the board, where the lines are too far away to see both: the next line, to be run, and what the last one came to.
    pub fn next(self) -> El {
        let texts = self.language.play();
        let runner: Runner = use_runner();
        let press = move || {
            if let Some((at, _)) = untrack(|| self.next_line()) {
                runner.when_here(move || self.run(at));
            }
        };
        let name = move || Some(texts.run_line(&self.next_line()?.1.code));
        let count = self.lines.len();
        let place = move |(at, _): (usize, _)| texts.line_of(&(at + 1), &count);
        let place = move || self.next_line().map_or_else(String::new, place);
        let last = move || self.last.get().and_then(|at| Some((at, self.came_to(at)?)));
        let shown = move || {
            let Some((at, last)) = last() else {
                return Vec::new();
            };
            let note = self.lines.get(at).map(|line| {
                let note = p().class("quiet");
                prose_line(self.pack, note, &line.note)
            });
            let words = format!("{}: {}", texts.line(&(at + 1)), last.words);
            [p().class("code-result").text(words)]
                .into_iter()
                .chain(note)
                .collect()
        };
        let failed = move || last().is_some_and(|(_, it)| it.failed);
        let line = move || {
            let next = self.next_line();
            next.map_or_else(Vec::new, |(_, line)| highlight(&line.code))
        };
        let run = action(texts.run, press)
            .class("primary")
            .attr("aria-label", name)
            .attr("hidden", move || self.all_ran());
        div()
            .class("scene-next")
            .class(("failed", failed))
            .child(div().class("line-before").dynamic(shown))
            .child(p().class("line-place").text(place))
            .child(run)
            .child(code().dynamic(line))
            .child(runner.sign())
    }
}
