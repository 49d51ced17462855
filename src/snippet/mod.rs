//! Code to paste: what shows a piece of the app in a page of others.

mod dialog;
mod lazy;
pub mod opener;
