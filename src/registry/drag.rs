//! Dragging a version: the card on a board, the node of a diagram. Pointer events serve mouse, pen and finger alike.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::PointerEvent;

use crate::browser;
use crate::registry::moves::Moves;
use crate::session::use_registry;
use el::{El, RwSignal, ev};
use registry::{Stage, VersionNumber};

/// How far a pointer must go before a press becomes a drag, in pixels.
const DRAG_AFTER: i32 = 6;

/// The attribute that names the stage of a column.
pub const COLUMN: &str = "data-stage";
/// The attribute that names the stage of a node.
pub const NODE: &str = "data-node";

/// A drag that is under way.
#[derive(Clone, Copy, PartialEq)]
struct Drag {
    start: (i32, i32),
    now: (i32, i32),
}

fn point(event: &PointerEvent) -> (i32, i32) {
    (event.client_x(), event.client_y())
}

impl Drag {
    fn start(event: &PointerEvent) -> Self {
        let at = point(event);
        Self { start: at, now: at }
    }
    fn offset(self) -> (i32, i32) {
        (self.now.0 - self.start.0, self.now.1 - self.start.1)
    }
    fn is_moving(self) -> bool {
        let (x, y) = self.offset();
        x.abs().max(y.abs()) > DRAG_AFTER
    }
}

/// Lets an element be dragged to a stage: to what has the stage in the attribute `place`.
pub fn draggable(
    element: El,
    place: &'static str,
    moves: Moves,
    (number, stage): (VersionNumber, Stage),
    go: impl Fn(Stage) + 'static,
) -> El {
    let store = use_registry();
    let drag = RwSignal::new(None::<Drag>);
    let moving = move || drag.get().filter(|drag| drag.is_moving());
    let let_go = move || {
        drag.set(None);
        moves.dragged.set(None);
    };
    let held = element.clone();
    element
        .class(("dragging", move || moving().is_some()))
        .style(("transform", move || {
            moving().map_or_else(String::new, |drag| {
                let (x, y) = drag.offset();
                format!("translate({x}px, {y}px)")
            })
        }))
        .on(ev::pointerdown, move |event| {
            if event.button() == 0 && untrack(|| store.can_change()) && !on_control(&event) {
                drag.set(Some(Drag::start(&event)));
                // Where it can't be captured, a drag out of the element simply ends.
                let _ = held.node().set_pointer_capture(event.pointer_id());
            }
        })
        .on(ev::pointermove, move |event| {
            if let Some(before) = drag.get_untracked() {
                event.prevent_default();
                let now = Drag {
                    now: point(&event),
                    ..before
                };
                drag.set(Some(now));
                if now.is_moving() && moves.dragged.get_untracked() != Some(number) {
                    moves.dragged.set(Some(number));
                }
            }
        })
        .on(ev::pointerup, move |event| {
            let ended = drag.get_untracked();
            let_go();
            if ended.is_some_and(Drag::is_moving)
                && let Some(to) = stage_at(place, point(&event)).filter(|to| *to != stage)
            {
                go(to);
            }
        })
        .on(ev::pointercancel, move |_| let_go())
}

/// Whether the press was on something that has a job of its own.
fn on_control(event: &PointerEvent) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .and_then(|element| {
            element
                .closest("button, summary, details, a, select")
                .ok()
                .flatten()
        })
        .is_some()
}

/// The stage that is under a point of the window.
fn stage_at(place: &str, (x, y): (i32, i32)) -> Option<Stage> {
    let places = browser::all(&format!("[{place}]"));
    places.into_iter().find_map(|element| {
        let area = element.get_bounding_client_rect();
        let inside = (area.left()..area.right()).contains(&x.into())
            && (area.top()..area.bottom()).contains(&y.into());
        let stage = element.get_attribute(place).filter(|_| inside)?;
        Stage::parse(&stage).ok()
    })
}
