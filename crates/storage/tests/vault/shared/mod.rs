//! Several tabs on one store over a wire that loses, doubles and mixes up what is said, with writers that are lost
//! between any two of their calls: whatever happens, each request comes to pass once or is refused, and all tabs show
//! the same in the end.

mod generated;
mod single;
mod world;
