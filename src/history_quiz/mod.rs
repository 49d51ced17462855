//! Questions about one's own history.

pub mod lazy;
pub mod opener;
pub mod quiz;
