//! A class list beside the receipts: who has handed in, who has not, and which receipts are the same.

/// The most names of a class.
pub const MAX_NAMES: usize = 500;

/// Somebody who is on the class list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listed {
    /// The name as it stands on the list.
    pub name: String,
    /// The receipts with that name, by their place.
    pub receipts: Vec<usize>,
}

/// Returns the names of a class list, a name on each line; blank lines and repetitions are passed over.
#[must_use]
pub fn names(list: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for line in list.lines() {
        let name = line.trim();
        let is_known = names.iter().any(|known| alike(known) == alike(name));
        if !name.is_empty() && !is_known && names.len() < MAX_NAMES {
            names.push(name.to_owned());
        }
    }
    names
}

/// Returns everybody on the list, with the receipts that bear the name: whichever way it is written, and with more around it.
#[must_use]
pub fn listed(names: &[String], given: &[&str]) -> Vec<Listed> {
    let given: Vec<String> = given.iter().map(|name| alike(name)).collect();
    let of = |name: &String| {
        let wanted = alike(name);
        let bears = |(_, given): &(usize, &String)| contains(given, &wanted);
        let receipts = given.iter().enumerate().filter(bears).map(|(at, _)| at);
        Listed {
            name: name.clone(),
            receipts: receipts.collect(),
        }
    };
    names.iter().map(of).collect()
}

/// Returns, for each receipt, the place of the first one that is the same; nothing for the first itself.
#[must_use]
pub fn same(receipts: &[&str]) -> Vec<Option<usize>> {
    let before = |at: usize, receipt: &str| {
        let mut earlier = receipts.iter().take(at);
        earlier.position(|other| *other == receipt)
    };
    let each = receipts.iter().enumerate();
    each.map(|(at, receipt)| before(at, receipt)).collect()
}

/// A name as it is compared: small letters, words apart by one blank, without marks around them.
fn alike(name: &str) -> String {
    let words = name.split(|letter: char| !letter.is_alphanumeric() && letter != '-');
    let words = words.filter(|word| !word.is_empty()).map(str::to_lowercase);
    words.collect::<Vec<_>>().join(" ")
}

/// Whether all words of a name stand in another one, in whichever order.
fn contains(given: &str, wanted: &str) -> bool {
    let given: Vec<&str> = given.split(' ').collect();
    !wanted.is_empty() && wanted.split(' ').all(|word| given.contains(&word))
}
