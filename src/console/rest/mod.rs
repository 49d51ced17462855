//! Calls of the REST server.

pub mod endpoints;
