//! What the browser tests of Model Stages work with.
//!
//! | module | what it is |
//! |---|---|
//! | [`setting`] | what `cargo xtask test` says there is: the release, the browsers, axe-core |
//! | [`driver`] | a driver's process on a free port |
//! | [`browser`] | a browser with a fresh profile, steered by its driver |
//! | [`bidi`] | the little of WebDriver BiDi that Firefox needs |
//! | [`collector`] | errors, warnings and broken policies of a page, collected from its first moment on |
//! | [`server`] | a server of files, and the port that it answers on |
//! | [`site`] | the release on a server, and pages that hold it in a frame |
//! | [`hosts`] | pages of others with pieces of the app in them: written by hand, and made by MkDocs, Sphinx and reveal.js |
//! | [`odd`] | a host with something wrong in every folder |
//! | [`page`] | the page as a person sees it: waits for what is asked, never for a while |
//! | [`pdf`] | the text of what is printed, page by page |
//! | [`axe`] | axe-core, which looks for barriers |
//! | [`case`] | one test |
//! | [`run`] | runs the tests in every browser that is here |
//! | [`kill`] | a browser that is killed right after it has said that all is saved |
//! | [`seed`] | saved data with many versions |

pub mod axe;
pub mod bidi;
pub mod browser;
pub mod case;
pub mod collector;
pub mod driver;
pub mod failure;
pub mod hosts;
pub mod kill;
pub mod odd;
pub mod page;
pub mod pdf;
pub mod run;
pub mod seed;
pub mod server;
pub mod setting;
pub mod site;

pub use case::Case;
pub use failure::{Failure, Outcome};
pub use page::Page;
