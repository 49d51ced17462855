//! What holds of every history, tried on generated ones.
//!
//! The histories are the same at every run; `PROPTEST_RNG_SEED=n` makes others and `PROPTEST_CASES=n` makes more.
#![allow(
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "the helpers are shared; a test stops where it is surprised"
)]

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

#[path = "../common/make.rs"]
mod make;

mod histories;
mod log;
mod plain;
mod reading;
mod state;

fn config() -> ProptestConfig {
    let config = ProptestConfig::default();
    ProptestConfig {
        rng_seed: match config.rng_seed {
            RngSeed::Random => RngSeed::Fixed(2_027),
            seed @ RngSeed::Fixed(_) => seed,
        },
        cases: config.cases * 4,
        failure_persistence: None,
        ..config
    }
}
