//! `#/embed/…`: a part of the app in somebody else's page.
//!
//! | file | what it is |
//! |---|---|
//! | `view` | what an address shows, and the one line below it |
//! | `world` | the views of a registry |
//! | `links` | where links lead: on in the frame, or to the whole app |
//! | `height` | how high the page is, told to the page around it |
//! | `talk`, `port`, `host` | what the page around is told, what it says, and the commands that it can give |
//! | `inbox`, `inbox_lazy` | how what was learned in a frame gets into the app's progress |

mod height;
mod host;
mod host_lazy;
mod inbox;
pub mod inbox_lazy;
pub mod lazy;
mod links;
mod port;
mod talk;
mod view;
mod world;
mod world_lazy;

use crate::session::frame;
use share::route::Route;

/// The page is a part of somebody else's from now on, if its address says so. Returns whether it is.
pub fn enter(route: &Route) -> bool {
    let is_framed = matches!(route, Route::Embed(_));
    if is_framed {
        frame::enter();
    }
    is_framed
}
