//! Every command as code: word for word by topic, and read back as the same command whatever the texts in it.
//!
//! The expected code is in `tests/golden/code-*.txt`. After a change that is meant, `UPDATE_GOLDEN=1 cargo test
//! --package console --test codegen` writes it anew; read the difference before you keep it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

mod printed;
mod round_trips;

use console::methods::METHODS;
use console::rest::endpoints::{ENDPOINTS, Kind};

#[test]
fn the_table_of_endpoints_has_no_gap() {
    // Every endpoint is a method that the console knows, and has its parameters for fields.
    for endpoint in ENDPOINTS.iter() {
        let method = METHODS.iter().find(|method| method.name == endpoint.method);
        let method = method.unwrap_or_else(|| panic!("{} is no method", endpoint.method));
        for field in endpoint.fields.iter().filter(|field| field.is_required) {
            let is_known = method.params.iter().any(|param| param.name == field.param);
            assert!(is_known, "{} has no {}", method.name, field.param);
        }
        assert!(!endpoint.verbs.is_empty());
        for kind in endpoint.fields.iter().map(|field| field.kind) {
            assert!(matches!(
                kind,
                Kind::Text | Kind::Flag | Kind::Texts | Kind::Tags | Kind::Count | Kind::Number
            ));
        }
    }
    // Every method that is about the registry has an endpoint, but for those that the client makes of others.
    let made_of_others = [
        "copy_model_version",
        "get_model_version_stages",
        "log_param",
        "set_terminated",
    ];
    for method in METHODS.iter() {
        let has = ENDPOINTS
            .iter()
            .any(|endpoint| endpoint.method == method.name);
        assert_ne!(
            has,
            made_of_others.contains(&method.name),
            "{}",
            method.name
        );
    }
    // No two are found under the same verb and path.
    let mut places: Vec<(&str, &str)> = ENDPOINTS
        .iter()
        .flat_map(|endpoint| {
            endpoint
                .verbs
                .iter()
                .map(|verb| (endpoint.path, verb.as_str()))
        })
        .collect();
    places.sort_unstable();
    let count = places.len();
    places.dedup();
    assert_eq!(places.len(), count);
}
