//! Code to paste into a page of one's own: the button in each place where something can be shared, and its dialog.

mod dialog;
mod lazy;
mod opener;

pub use opener::{opener, row_of};
