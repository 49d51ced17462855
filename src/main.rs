//! Starts the app: the panic hook and the mount, nothing else.

mod app;
mod browser;
mod class;
mod console;
mod data;
mod embed;
mod embed_code;
mod exercises;
mod history_quiz;
mod lesson;
mod practice;
mod registry;
mod runner;
mod session;
mod shell;
mod start;
mod ui;

fn main() {
    app::start();
}
