//! The tests in the browsers. `cargo xtask test --e2e [part of a name]` runs them on the release.

mod answers;
mod attack;
mod barriers;
mod changed;
mod check;
mod class;
mod class_windows;
mod code;
mod console;
mod console_access;
mod data;
mod drag;
mod embed;
mod embed_component;
mod embed_hosts;
mod embed_steps;
mod embed_talk;
mod embed_views;
mod emptied;
mod exercise_help;
mod exercise_kept;
mod exercise_list;
mod exercise_made;
mod exercise_states;
mod exercise_steps;
mod exercises;
mod first_visit;
mod forms;
mod frame;
mod history;
mod history_quiz;
mod hosts;
mod keyboard;
mod late;
mod layout;
mod lesson;
mod lesson_phone;
mod lesson_window;
mod lifecycle;
mod messages;
mod names;
mod offline;
mod overview;
mod package;
mod paper;
mod pasted;
mod practice;
mod progress;
mod python;
mod refusals;
mod robust;
mod rules;
mod scriptless;
mod scripts;
mod share;
mod shared_exercise;
mod steps;
mod storage;
mod tabs;
mod typed;
mod versions;
mod visits;
mod workspaces;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let topics = [
        first_visit::cases(),
        frame::cases(),
        lifecycle::cases(),
        refusals::cases(),
        rules::cases(),
        history::cases(),
        overview::cases(),
        forms::cases(),
        messages::cases(),
        names::cases(),
        versions::cases(),
        drag::cases(),
        embed::cases(),
        exercises::cases(),
        keyboard::cases(),
        layout::cases(),
        barriers::cases(),
        robust::cases(),
        changed::cases(),
        visits::cases(),
        hosts::cases(),
        late::cases(),
        offline::cases(),
        package::cases(),
        storage::cases(),
        emptied::cases(),
        tabs::cases(),
        scriptless::cases(),
        lesson::cases(),
        lesson_phone::cases(),
        lesson_window::cases(),
        practice::cases(),
        progress::cases(),
        console::cases(),
        console_access::cases(),
        pasted::cases(),
        code::cases(),
        python::cases(),
        scripts::cases(),
        exercise_list::cases(),
        exercise_help::cases(),
        exercise_made::cases(),
        exercise_kept::cases(),
        exercise_states::cases(),
        check::cases(),
        class::cases(),
        class_windows::cases(),
        paper::cases(),
        history_quiz::cases(),
        workspaces::cases(),
        share::cases(),
        shared_exercise::cases(),
        data::cases(),
        embed_hosts::cases(),
        embed_component::cases(),
        embed_talk::cases(),
        embed_views::cases(),
        attack::cases(),
        typed::cases(),
    ];
    e2e::run::run(
        &topics.concat(),
        &Path::new(env!("CARGO_TARGET_TMPDIR")).join("pictures"),
    )
}
