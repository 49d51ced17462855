//! Sorting, once for everything: each kind of list that is sorted by itself brings some 6 KB of WebAssembly.

use std::cmp::Ordering;

/// The places of so many things in the order in which they are to stand; equals stay as they are.
pub fn order(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by(|left, right| compare(*left, *right));
    places
}

/// The items in that order.
pub fn ordered<T: Clone>(items: &[T], compare: &dyn Fn(&T, &T) -> Ordering) -> Vec<T> {
    let by_place = |left: usize, right: usize| match (items.get(left), items.get(right)) {
        (Some(left), Some(right)) => compare(left, right),
        _ => Ordering::Equal,
    };
    let places = order(items.len(), &by_place);
    places
        .into_iter()
        .filter_map(|place| items.get(place).cloned())
        .collect()
}
