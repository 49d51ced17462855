//! Frames: their addresses, their talk with the page around them, and what is pasted.

mod address;
mod port;
