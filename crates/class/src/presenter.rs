//! The teacher's side: where the plan is, and what each action comes to.

use lesson::id::Id;
use lesson::pack::Loads;
use lesson::traffic::App;
use registry::{Log, Time, json_fields};

use crate::action::Action;
use crate::plan::{Item, Plan, What};
use crate::screen::{Board, LARGEST, Pointer, Screen, View};
use crate::stop::{self, Stop, stops};
use crate::votes::Votes;

/// How long a talk is, in milliseconds.
const TALK: u64 = 120_000;

/// Which of the plans that are kept it is, and which change of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Saved {
    /// What the plan is known by.
    pub id: Id,
    /// When it was changed last.
    pub at: Time,
}

json_fields!(Saved { id, at });

/// Where a teacher is in a plan. It is kept while its window is open, also when that is loaded anew.
#[derive(Clone, PartialEq, Debug)]
pub struct Presenter {
    plan: Plan,
    saved: Option<Saved>,
    /// The view: 0 is the title, and one behind the last is the end.
    at: usize,
    is_blank: bool,
    votes_shown: bool,
    code_shown: bool,
    frozen: Option<Frozen>,
    larger: u32,
    until: Option<Time>,
    /// When the first part began.
    started: Option<Time>,
    /// When this part began.
    since: Option<Time>,
    board: Option<KeptBoard>,
    pointer: Option<Pointer>,
}

json_fields!(Presenter {
    plan,
    saved,
    at,
    is_blank as "blank",
    votes_shown as "votes",
    code_shown as "code",
    frozen,
    larger,
    until,
    started,
    since,
    board,
    pointer
});

/// What the projector keeps while it is frozen.
#[derive(Clone, PartialEq, Debug)]
struct Frozen {
    view: View,
}

json_fields!(Frozen { view });

/// The board of a part, as the teacher has left it.
#[derive(Clone, PartialEq, Debug)]
pub struct KeptBoard {
    /// The part.
    pub item: usize,
    /// What was done.
    pub log: Log,
    /// Its app.
    pub app: App,
    /// The board as it is to be seen.
    pub shown: Board,
}

json_fields!(KeptBoard { item, log = by(log), app, shown });

mod log {
    use registry::Log;
    use registry::json::{JsonError, Reader, Writer};

    /// How much a history of a lesson may come to.
    const MOST: usize = 200_000;

    pub(super) fn write(log: &Log, out: &mut Writer) {
        out.field("log", log);
    }

    pub(super) fn read(from: &mut Reader) -> Result<Log, JsonError> {
        Log::read(from.take("log").ok_or(JsonError("log"))?, MOST)
    }
}

impl Presenter {
    /// Returns a teacher before the title of a plan.
    #[must_use]
    pub const fn new(plan: Plan) -> Self {
        Self {
            plan,
            saved: None,
            at: 0,
            is_blank: false,
            votes_shown: false,
            code_shown: false,
            frozen: None,
            larger: 0,
            until: None,
            started: None,
            since: None,
            board: None,
            pointer: None,
        }
    }

    /// Returns the plan.
    #[must_use]
    pub const fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Returns a teacher before the title of a plan that is kept.
    #[must_use]
    pub fn of_saved(plan: Plan, saved: Saved) -> Self {
        Self {
            saved: Some(saved),
            ..Self::new(plan)
        }
    }

    /// Returns a teacher before the title of the same plan.
    #[must_use]
    pub fn start_over(&self) -> Self {
        Self {
            saved: self.saved.clone(),
            ..Self::new(self.plan.clone())
        }
    }

    /// Returns which of the plans that are kept it is; nothing where it is not kept.
    #[must_use]
    pub const fn saved(&self) -> Option<&Saved> {
        self.saved.as_ref()
    }

    /// The plan is kept, as it is now.
    pub fn keep_as(&mut self, saved: Saved) {
        self.saved = Some(saved);
    }

    /// Goes on with a plan that another window has changed, in the same part.
    pub fn follow(&mut self, plan: Plan, saved: Saved) {
        self.change(|known| *known = plan);
        self.saved = Some(saved);
    }

    /// Changes the plan. The view stays in its part, as long as that is there.
    pub fn change(&mut self, change: impl FnOnce(&mut Plan)) {
        change(&mut self.plan);
        self.at = self.at.min(self.ends_at());
    }

    /// Returns all views: the part, and the view in it.
    fn all(&self) -> Vec<(usize, Stop)> {
        let items = self.plan.items.iter().enumerate();
        let all = items.flat_map(|(at, item)| stops(item).into_iter().map(move |stop| (at, stop)));
        all.collect()
    }

    fn ends_at(&self) -> usize {
        self.all().len() + 1
    }

    fn place(&self, at: usize) -> Option<(usize, Stop)> {
        self.all().get(at.checked_sub(1)?).copied()
    }

    /// Returns the part that is shown, with its place; nothing at the title and at the end.
    #[must_use]
    pub fn item(&self) -> Option<(usize, &Item)> {
        let (at, _) = self.place(self.at)?;
        Some((at, self.plan.items.get(at)?))
    }

    /// Returns the view within the part.
    #[must_use]
    pub fn stop(&self) -> Option<Stop> {
        self.place(self.at).map(|(_, stop)| stop)
    }

    /// Returns whether the projector shows nothing.
    #[must_use]
    pub const fn is_blank(&self) -> bool {
        self.is_blank
    }

    /// Returns whether the projector keeps what it shows.
    #[must_use]
    pub const fn is_frozen(&self) -> bool {
        self.frozen.is_some()
    }

    /// Returns whether the projector shows the hands before the answer.
    #[must_use]
    pub const fn votes_shown(&self) -> bool {
        self.votes_shown
    }

    /// Returns whether the projector shows the address of the part.
    #[must_use]
    pub const fn code_shown(&self) -> bool {
        self.code_shown
    }

    /// Returns how long the plan still has, in milliseconds, less than nothing when it is over; nothing before it has begun.
    #[must_use]
    pub fn left(&self, now: Time) -> Option<i64> {
        let planned = i64::from(self.plan.minutes()) * 60_000;
        Some(planned - passed(self.started?, now))
    }

    /// Returns how long this part still has, in milliseconds.
    #[must_use]
    pub fn item_left(&self, now: Time) -> Option<i64> {
        let (_, item) = self.item()?;
        Some(i64::from(item.minutes) * 60_000 - passed(self.since?, now))
    }

    /// Returns the hands that were counted for this part, whether or not the projector shows them, and for how many options
    /// they can be; nothing where there is no vote.
    #[must_use]
    pub fn votes(&self) -> Option<(usize, Votes)> {
        let (_, item) = self.item()?;
        let is_voted = matches!(
            self.stop()?,
            Stop::Choice | Stop::ChoiceShown | Stop::Options | Stop::OptionsShown
        );
        let options = stop::options(&item.what).filter(|_| is_voted)?;
        Some((options, item.votes.clone().unwrap_or_default()))
    }

    /// Returns the board of the part that is shown, as it was left.
    #[must_use]
    pub fn kept_board(&self) -> Option<&KeptBoard> {
        let (at, _) = self.item()?;
        self.board.as_ref().filter(|kept| kept.item == at)
    }

    /// Keeps the board of the part that is shown.
    pub fn keep_board(&mut self, board: KeptBoard) {
        self.board = Some(board);
    }

    /// Points to a place on the screen, or no longer.
    pub const fn point(&mut self, pointer: Option<Pointer>) {
        self.pointer = pointer;
    }

    /// Does what the teacher wants.
    pub fn act(&mut self, action: Action, now: Time) {
        match action {
            Action::Next => self.go((self.at + 1).min(self.ends_at()), now),
            Action::Back => self.go(self.at.saturating_sub(1), now),
            Action::Go(item) => {
                let at = self.all().iter().position(|(at, _)| *at == item);
                self.go(at.map_or(self.at, |at| at + 1), now);
            }
            Action::Blank => self.is_blank = !self.is_blank,
            Action::Stop => self.is_blank = true,
            Action::Start => {
                self.is_blank = false;
                self.frozen = None;
            }
            Action::Freeze => {
                self.frozen = match self.frozen.take() {
                    Some(_) => None,
                    None => Some(Frozen {
                        view: self.view(self.at),
                    }),
                };
            }
            Action::Larger => self.larger = (self.larger + 1).min(LARGEST),
            Action::Smaller => self.larger = self.larger.saturating_sub(1),
            Action::Hand(option) => self.count(option, false),
            Action::HandBack(option) => self.count(option, true),
            Action::SecondVote => self.with_votes(|votes, _| votes.switch()),
            Action::ShowVotes => self.votes_shown = self.votes().is_some() && !self.votes_shown,
            Action::Code => self.code_shown = self.code().is_some() && !self.code_shown,
            Action::Talk => {
                self.until = match self.until.filter(|until| *until > now) {
                    Some(_) => None,
                    None => Some(Time(now.0 + TALK)),
                };
            }
        }
    }

    fn go(&mut self, at: usize, now: Time) {
        if at == self.at {
            return;
        }
        let before = self.item().map(|(item, _)| item);
        self.at = at;
        self.votes_shown = false;
        self.code_shown = false;
        self.until = None;
        self.pointer = None;
        let item = self.item().map(|(item, _)| item);
        if item != before {
            self.since = item.map(|_| now);
            if item.is_some() {
                self.started.get_or_insert(now);
            }
        }
    }

    fn count(&mut self, option: usize, is_back: bool) {
        // What was revealed is closed.
        if matches!(self.stop(), Some(Stop::Choice | Stop::Options)) {
            self.with_votes(|votes, options| {
                if option < options {
                    votes.count(option, is_back);
                }
            });
        }
    }

    fn with_votes(&mut self, change: impl FnOnce(&mut Votes, usize)) {
        let Some((options, mut votes)) = self.votes() else {
            return;
        };
        change(&mut votes, options);
        let place = self.place(self.at);
        let item = place.and_then(|(at, _)| self.plan.items.get_mut(at));
        if let Some(item) = item {
            item.votes = Some(votes);
        }
    }

    /// Returns the address of what is shown, for devices of students: the part behind the `#`, with it.
    #[must_use]
    pub fn code(&self) -> Option<String> {
        let (_, item) = self.item()?;
        address(&item.what)
    }

    /// Returns what the projector shows.
    #[must_use]
    pub fn screen(&self) -> Screen {
        let view = match (&self.frozen, self.code().filter(|_| self.code_shown)) {
            (Some(frozen), _) => frozen.view.clone(),
            (None, Some(address)) => View::Code { address },
            (None, None) => self.view(self.at),
        };
        Screen {
            view,
            blank: self.is_blank,
            larger: self.larger,
            pointer: self.pointer.filter(|_| self.frozen.is_none()),
            until: self.until,
        }
    }

    /// Returns what the teacher sees: the view as it would be if it were not frozen or blank.
    #[must_use]
    pub fn current(&self) -> View {
        self.view(self.at)
    }

    /// Returns the view after this one.
    #[must_use]
    pub fn next(&self) -> Option<View> {
        (self.at < self.ends_at()).then(|| self.view(self.at + 1))
    }

    fn view(&self, at: usize) -> View {
        if at == 0 {
            return View::Title {
                name: self.plan.name.clone(),
            };
        }
        let view = || {
            let (item_at, stop) = self.place(at)?;
            let item = self.plan.items.get(item_at)?;
            let is_now = at == self.at;
            self.view_of(item_at, item, stop, is_now)
        };
        view().unwrap_or(View::End {})
    }

    fn view_of(&self, item_at: usize, item: &Item, stop: Stop, is_now: bool) -> Option<View> {
        let votes = |shown: bool| {
            let counted = item.votes.as_ref().filter(|_| shown);
            let options = stop::options(&item.what).unwrap_or_default();
            counted.map_or_else(Vec::new, |votes| votes.rounds(options))
        };
        let is_shown = |stop: Stop| matches!(stop, Stop::ChoiceShown | Stop::OptionsShown);
        let shows_votes = is_shown(stop) || (is_now && self.votes_shown);
        let board = || {
            let kept = self.board.as_ref().filter(|kept| kept.item == item_at);
            kept.map(|kept| kept.shown.clone())
                .or_else(|| start(&item.what))
        };
        Some(match (&item.what, stop) {
            (What::Scene(_) | What::Registry(_), _) => View::Board {
                step: None,
                board: board(),
            },
            (What::Step(id), Stop::Words(part)) => View::Words {
                step: id.clone(),
                part,
            },
            (What::Step(id), Stop::After(part)) => View::After {
                step: id.clone(),
                part,
            },
            (What::Step(_), Stop::Moves) => View::Moves {},
            (What::Step(id), Stop::Board) => View::Board {
                step: Some(id.clone()),
                board: board(),
            },
            (What::Step(id), stop) => View::Choice {
                step: id.clone(),
                shown: is_shown(stop),
                votes: votes(shows_votes),
            },
            (What::Question(id), Stop::Answer) => View::Answer { id: id.clone() },
            (What::Question(id), stop) => View::Question {
                id: id.clone(),
                options: stop != Stop::Ask,
                shown: is_shown(stop),
                votes: votes(shows_votes),
            },
            (What::Exercise(id), Stop::Exercise) => View::Exercise { at: id.to_string() },
            (what, _) => View::Code {
                address: address(what)?,
            },
        })
    }
}

/// Returns the address of a part; nothing where it has no page.
#[must_use]
pub fn address(what: &What) -> Option<String> {
    Some(match what {
        What::Scene(_) => return None,
        What::Step(id) => format!("#/learn/{id}"),
        What::Question(id) => format!("#/practice/{id}"),
        What::Exercise(id) => format!("#/exercises/{id}"),
        What::Made(query) => format!("#/exercises/new?{query}"),
        What::Registry(text) => format!("#/share/{text}"),
    })
}

/// Returns the board of a part before anything was done on it.
fn start(what: &What) -> Option<Board> {
    let stop::Staged {
        scene, asks, had, ..
    } = stop::scene(what)?;
    let played = lesson::run::Played::new(scene, None);
    let mut app = App::default();
    let first = had.map_or_else(|| asks.clone(), Loads::Version);
    app.reload(played.log.registry(), &scene.model, &first);
    Some(Board::of(&played.log, &scene.model, &asks, &app))
}

fn passed(since: Time, now: Time) -> i64 {
    i64::try_from(now.0.saturating_sub(since.0)).unwrap_or(i64::MAX)
}
