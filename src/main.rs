//! Starts the app: the panic hook and the mount, nothing else.

mod app;

fn main() {
    app::start();
}
