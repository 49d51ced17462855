//! How many cases are generated, and which.
//!
//! They are the same in every run: `.cargo/config.toml` names the seed. `PROPTEST_RNG_SEED=n` makes others, and
//! `PROPTEST_CASES=n` so many in every test.

use proptest::test_runner::Config;

/// So many cases, of the usual seed. A case that fails is put into a test by hand, not into a file of seeds.
pub fn cases(usual: u32) -> Config {
    Config {
        failure_persistence: None,
        ..Config::with_cases(usual)
    }
}
