//! The table of commands has no gaps: everything that can be done to a registry can be done from the console, and there
//! is help for everything.

use std::collections::BTreeSet;

use console::builtins::Builtin;
use console::diagnostic::UnsupportedPython;
use console::methods::{self, Owner};
use console::python::understands;
use console::rest::endpoints::{ENDPOINTS, paths};
use console::topic::Topic;
use console::{Console, Dialect, Output, Sandbox};
use registry::{Action, Command, RuleSet};
use text::Language;
use text::help::{self, entries, entry_of};

/// What only a real Python does.
const NEED_PYTHON: [&str; 8] = [
    "get_run",
    "log_param",
    "set_terminated",
    "start_run",
    "end_run",
    "active_run",
    "log_metrics",
    // Of the active run: the client's takes the run.
    "mlflow.log_metric",
];

/// The example of each entry is carried out, and between them they do everything that can be done.
#[test]
fn every_command_can_be_given_and_every_example_works() {
    let mut reached = BTreeSet::new();
    for entry in entries(Language::English) {
        let mut host = Sandbox::sample(RuleSet::Guided);
        let mut console = Console::default();
        let setup = "run = client.create_run('0')\nclient.log_metric(run.info.run_id, 'a', 1)\n\
                     versions = client.search_model_versions()";
        assert_eq!(console.enter(&mut host, setup).stop, None);
        if entry.name != "create_registered_model" {
            let setup = "client.create_registered_model('prices', tags={'team': 'x'})\n\
                         for i in ['0', '1', '2', '3']: client.create_model_version('prices', f'models/prices/v{i}.pkl')\n\
                         client.set_registered_model_alias('prices', 'champion', 2)\n\
                         client.set_model_version_tag('prices', 3, 'validation_status', 'pending')\n\
                         client.transition_model_version_stage('prices', 3, 'Staging')";
            assert_eq!(console.enter(&mut host, setup).stop, None);
        }
        if entry.name == "redo" {
            console.enter(&mut host, "undo");
        }
        // Deleting is what the example of deleting is about, not whether the team lets it.
        let before = host.log.step();
        let reply = console.enter(&mut host, entry.example);
        if NEED_PYTHON.contains(&entry.name) {
            let stop = reply.stop.map(|stop| stop.id());
            assert_eq!(stop, Some("needs_python"), "{}", entry.example);
            continue;
        }
        assert_eq!(reply.stop, None, "{}", entry.example);
        for done in host.log.done().iter().filter(|done| done.step > before) {
            if let Action::Do(command) = &done.action {
                reached.insert(command.method());
            }
        }
    }
    let methods = Command::METHODS.iter().copied();
    assert_eq!(reached, methods.chain(["replace_registry"]).collect());
}

#[test]
fn there_is_help_for_everything_and_for_nothing_else() {
    // The paths of the server are helped by the table of endpoints.
    let known: BTreeSet<&str> = Topic::names()
        .filter(|name| !paths().any(|path| path == *name))
        .collect();
    let helped: BTreeSet<&str> = entries(Language::English)
        .iter()
        .map(|entry| entry.name)
        .collect();
    assert_eq!(known, helped);
    assert_eq!(
        helped.len(),
        entries(Language::English).len(),
        "each has one entry"
    );
    for name in known {
        let entry = entry_of(Language::English, name).unwrap();
        let topic = Topic::find(name).unwrap();
        let lines = help::help(Language::English, topic);
        assert!(lines.len() >= 3, "{lines:?}");
        assert!(
            entry.summary.ends_with('.') && entry.example.contains(name.trim_end_matches("()")),
            "{entry:?}"
        );
        let reply = Console::default().enter(&mut Sandbox::default(), &format!("help {name}"));
        assert_eq!(reply.outputs, [Output::Help(Some(topic))]);
        assert!(
            help::overview(Language::English)
                .iter()
                .any(|line| line.contains(name)),
            "{name}"
        );
    }
}

/// Each path has help of its own, whose examples the server answers.
#[test]
fn every_path_of_the_server_has_help_and_its_example_works() {
    let overview = help::overview(Language::English).join("\n");
    for endpoint in ENDPOINTS.iter() {
        let path = endpoint.path;
        let example = endpoint.example("http://localhost:5000");
        for name in [
            path.to_owned(),
            format!("/api/2.0/mlflow/{path}"),
            format!("{} {path}", endpoint.verbs[0]),
            example
                .split([' ', '\''])
                .find(|word| word.starts_with("http"))
                .unwrap()
                .to_owned(),
        ] {
            assert_eq!(Topic::find(&name), Some(Topic::Path(path)), "{name}");
        }
        assert!(overview.contains(path), "{path}");
        let reply = Console::default().enter(&mut Sandbox::default(), &format!("help {path}"));
        assert_eq!(reply.outputs, [Output::Help(Some(Topic::Path(path)))]);
        let lines = help::help(Language::English, Topic::Path(path)).join("\n");
        let method = entry_of(Language::English, endpoint.method).unwrap();
        assert!(lines.contains(method.summary), "{lines}");
        assert!(lines.contains(&example), "{lines}");
        let mut host = Sandbox::sample(RuleSet::Guided);
        let mut console = Console::default();
        let setup = "run = client.create_run('0')\nclient.create_registered_model('prices', tags={'team': 'x'})\n\
                     for i in ['0', '1', '2', '3']: client.create_model_version('prices', f'models/prices/v{i}.pkl', tags={'team': 'x'})\n\
                     client.set_registered_model_alias('prices', 'champion', 2)";
        assert_eq!(console.enter(&mut host, setup).stop, None);
        if endpoint.method == "create_registered_model" {
            console.enter(&mut host, "client.delete_registered_model('prices')");
        }
        let reply = console.enter(&mut host, &example);
        assert_eq!(reply.stop, None, "{example}");
        assert!(
            matches!(reply.outputs.last(), Some(Output::Json { status: 200, .. })),
            "{example}: {:?}",
            reply.outputs
        );
    }
}

#[test]
fn every_method_is_reached_where_it_is_said_to_be() {
    for method in methods::all() {
        let name = format!("{}{}", method.owner.prefix(), method.name);
        let need = understands(&format!("{name}(0{})", ", 0".repeat(20))).unwrap_err();
        let is_known =
            matches!(&need.why, UnsupportedPython::Arguments(known) if *known == method.name);
        let is_there = matches!(
            need.why,
            UnsupportedPython::Method(_) | UnsupportedPython::Attribute(_)
        );
        assert!(
            is_known
                || is_there
                    && (NEED_PYTHON.contains(&method.name) || NEED_PYTHON.contains(&&*name)),
            "{name}: {need:?}"
        );
        let mut names = BTreeSet::new();
        assert!(
            method.params.iter().all(|param| names.insert(param.name)),
            "{name}"
        );
        assert!(help::usage(method).starts_with(&name));
        // What is needed comes before what may be left out, as in Python.
        let optional = method.params.iter().map(|param| param.takes.is_optional());
        let optional: Vec<bool> = optional.collect();
        let is_tag = method.name.ends_with("model_version_tag");
        assert!(optional.is_sorted() || is_tag, "{name}");
    }
}

#[test]
fn what_is_deprecated_is_what_mlflow_says() {
    let found = methods::all()
        .filter(|method| method.is_deprecated)
        .map(|method| method.name);
    let found: Vec<&str> = found.collect();
    assert_eq!(
        found,
        [
            "transition_model_version_stage",
            "get_latest_versions",
            "get_model_version_stages"
        ]
    );
    assert!(methods::all().all(|method| !method.is_deprecated || method.owner == Owner::Client));
}

/// A method that the real client has is never called missing.
#[test]
fn all_methods_of_the_real_client_are_known() {
    let names = include_str!("../../../../python/mlflow/_names.json");
    let names: serde_json::Value = serde_json::from_str(names).unwrap();
    let real: BTreeSet<&str> = names["MlflowClient"]
        .as_array()
        .unwrap()
        .iter()
        .map(|name| name.as_str().unwrap())
        .collect();
    let known: Vec<&str> = methods::CLIENT_METHODS.split(' ').collect();
    assert_eq!(known.len(), real.len());
    assert_eq!(known.into_iter().collect::<BTreeSet<_>>(), real);
    for method in methods::METHODS.iter() {
        assert!(real.contains(method.name), "{}", method.name);
    }
}

#[test]
fn every_own_word_is_known() {
    for word in Builtin::ALL {
        assert_eq!(Builtin::named(word.as_str()), Some(word));
        let reply = Console::default().enter(&mut Sandbox::default(), word.as_str());
        assert_eq!(reply.dialects, [Dialect::Builtin], "{word:?}");
    }
}
