//! How many cases are generated, and which.
//!
//! They are the same in every run: `.cargo/config.toml` names the seed. `PROPTEST_RNG_SEED=n` makes others, and
//! `PROPTEST_CASES=2560` ten times as many as the usual 256.

use proptest::test_runner::Config;

/// So many cases, of the usual seed. A case that fails is put into a test by hand, not into a file of seeds.
pub fn cases(usual: u32) -> Config {
    let default = Config::default();
    Config {
        cases: usual.saturating_mul(default.cases).div_ceil(256),
        failure_persistence: None,
        ..default
    }
}
