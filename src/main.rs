//! Starts the app: the panic hook and the mount, nothing else.
#![forbid(unsafe_code)]

fn main() {
    model_stages::app::start();
}
