//! Every sentence that a person sees, by language.
//!
//! A language is one value of [`Language`]; the compiler finds what a second one would miss. A sentence with gaps is a
//! method whose parameters are its gaps: the compiler finds a gap without a value, and a value without a gap. What depends
//! on a number is a method with that number before its other gaps.
//!
//! | files | what they say |
//! |---|---|
//! | `en`, `start`, `class`, `learn`, `exercise_pages`, `task`, `code`, `python`, `share`, `framed`, `tabs` | the pages, group by group |
//! | [`narrate`], [`explain`] | what a step did; why something is refused, and what instead |
//! | [`console`], [`help`], [`diagnostic`], [`request`], [`as_code`] | what the console answers, and the words around code |
//! | [`exercise`], [`goal`], [`not_here`] | exercises, their conditions, and what does not belong to one |
//! | [`embed`] | what authors and developers read about frames |
//! | [`plain`] | a registry as plain text |
//! | [`notice`], [`problem`] | what has to be said of the saved data; what is wrong with a pack |

use std::fmt::Display;

/// Declares a group of texts together with its English value:
///
/// ```text
/// close = "Close",                                     texts.close, a text
/// choice(version, stage) = "{version} – {stage}",      texts.choice(&version, &stage), a String
/// ;
/// steps = "{count} step" | "{count} steps",            texts.steps(count), a String
/// more(name) = "…" | "…",                              texts.more(count, &name), a String
/// ```
macro_rules! texts {
    (@type) => { &'static str };
    (@type $($gap:ident)+) => { $crate::Template };
    (@value $value:literal) => { $value };
    (@value $value:literal $($gap:ident)+) => { $crate::Template($value) };
    ($(#[$doc:meta])* $name:ident, $english:ident {
        $($field:ident $(($($gap:ident),+))? = $value:literal,)*
        $(; $($plural:ident $(($($more:ident),+))? = $one:literal | $other:literal,)*)?
    }) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name {
            $(pub $field: texts!(@type $($($gap)+)?),)*
            $($($plural: $crate::Plural,)*)?
        }

        impl $name {
            $($(
                pub fn $field(&self, $($gap: &dyn std::fmt::Display),+) -> String {
                    self.$field.fill(&[$((stringify!($gap), $gap)),+])
                }
            )?)*
            $($(
                pub fn $plural(&self, count: usize $($(, $more: &dyn std::fmt::Display)+)?) -> String {
                    self.$plural.of(count).fill(&[("count", &count) $($(, (stringify!($more), $more))+)?])
                }
            )*)?
        }

        pub(crate) static $english: $name = $name {
            $($field: texts!(@value $value $($($gap)+)?),)*
            $($($plural: $crate::Plural {
                one: $crate::Template($one),
                other: $crate::Template($other),
            },)*)?
        };

        const _: () = {
            use $crate::has_gaps;
            $(assert!(
                has_gaps($value, &[$($(stringify!($gap)),+)?]),
                concat!("the gaps of `", stringify!($field), "` are other ones than its parameters")
            );)*
            $($(assert!(
                has_gaps(concat!($one, "{count}"), &["count" $($(, stringify!($more))+)?])
                    && has_gaps($other, &["count" $($(, stringify!($more))+)?]),
                concat!("the gaps of `", stringify!($plural), "` are other ones than its parameters")
            );)*)?
        };
    };
}

/// Declares a function that says what each variant of an enum is called, in each language.
macro_rules! names {
    ($(#[$doc:meta])* $vis:vis $name:ident($type:ident) { $($variant:ident = $english:literal,)* }) => {
        $(#[$doc])*
        $vis const fn $name(text: $crate::Language, value: $type) -> &'static str {
            match text {
                $crate::Language::English => match value {
                    $($type::$variant => $english,)*
                },
            }
        }
    };
}

pub mod as_code;
mod class;
mod code;
pub mod console;
pub mod diagnostic;
pub mod embed;
mod en;
pub mod exercise;
mod exercise_pages;
pub mod explain;
mod framed;
pub mod goal;
pub mod help;
mod learn;
pub mod narrate;
pub mod not_here;
pub mod notice;
mod offline;
pub mod plain;
pub mod problem;
mod python;
pub mod request;
pub mod share;
mod start;
mod tabs;
mod task;
pub mod task_share;

pub use class::*;
pub use code::*;
pub use en::*;
pub use exercise_pages::*;
pub use framed::*;
pub use learn::*;
pub use offline::*;
pub use python::*;
pub use start::*;
pub use tabs::*;
pub use task::*;

/// A sentence with gaps: `{version}`. The group that it stands in has a method that fills them.
#[derive(Clone, Copy, Debug)]
pub struct Template(&'static str);

impl Template {
    fn fill(self, values: &[(&str, &dyn Display)]) -> String {
        let mut out = String::with_capacity(self.0.len() + 16);
        let mut rest = self.0;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let value = after.split_once('}').and_then(|(name, tail)| {
                Some((values.iter().find(|(key, _)| *key == name)?, tail))
            });
            if let Some(((_, value), tail)) = value {
                out.push_str(&value.to_string());
                rest = tail;
            } else {
                out.push('{');
                rest = after;
            }
        }
        out.push_str(rest);
        out
    }
}

/// A sentence in the singular and in the plural.
#[derive(Clone, Copy, Debug)]
struct Plural {
    /// For one.
    one: Template,
    /// For every other number, also none.
    other: Template,
}

impl Plural {
    const fn of(self, count: usize) -> Template {
        if count == 1 { self.one } else { self.other }
    }
}

/// Returns whether a template has exactly these gaps. A brace without a name behind it is a letter like any other.
const fn has_gaps(template: &str, names: &[&str]) -> bool {
    let mut known = 0;
    let mut rest = names;
    while let [name, others @ ..] = rest {
        let found = count_gaps(template, Some(name));
        if found == 0 {
            return false;
        }
        known += found;
        rest = others;
    }
    known == count_gaps(template, None)
}

/// Returns how many gaps of that name, or of any, a template has.
const fn count_gaps(template: &str, name: Option<&str>) -> usize {
    let mut count = 0;
    let mut rest = template.as_bytes();
    while let [letter, after @ ..] = rest {
        if *letter == b'{' && is_gap(after, name) {
            count += 1;
        }
        rest = after;
    }
    count
}

/// Returns whether a text goes on with that name, or with any, and a closing brace.
const fn is_gap(mut text: &[u8], name: Option<&str>) -> bool {
    let Some(name) = name else {
        let mut letters = 0;
        while let [b'a'..=b'z' | b'_', after @ ..] = text {
            letters += 1;
            text = after;
        }
        return letters > 0 && matches!(text, [b'}', ..]);
    };
    let mut name = name.as_bytes();
    while let ([letter, after @ ..], [wanted, others @ ..]) = (text, name) {
        if *letter != *wanted {
            return false;
        }
        (text, name) = (after, others);
    }
    name.is_empty() && matches!(text, [b'}', ..])
}

/// Returns a number with a comma between its thousands: `1,048,576`.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Returns a text as one line that shows what it has in it: `⏎` for a line break, `⇥` for a tab, `�` for another control character
/// and for what would turn the letters around or is not seen.
pub fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        out.push(match letter {
            '\r' if letters.peek() == Some(&'\n') => continue,
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => '⏎',
            '\t' => '⇥',
            '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}' => {
                char::REPLACEMENT_CHARACTER
            }
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => char::REPLACEMENT_CHARACTER,
            other if other.is_control() => char::REPLACEMENT_CHARACTER,
            other => other,
        });
    }
    out
}

/// Returns what a move is called.
pub const fn move_name(text: Language, named: registry::TransitionKind) -> &'static str {
    use registry::TransitionKind;
    let texts = text.moves();
    match named {
        TransitionKind::SubmitForTesting => texts.submit_for_testing,
        TransitionKind::SetAside => texts.set_aside,
        TransitionKind::Withdraw => texts.withdraw,
        TransitionKind::Promote => texts.promote,
        TransitionKind::Reject => texts.reject,
        TransitionKind::PullBack => texts.pull_back,
        TransitionKind::Retire => texts.retire,
        TransitionKind::TestAgain => texts.test_again,
        TransitionKind::RollBack => texts.roll_back,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped() {
        let check = |number: usize, expected: &str| assert_eq!(grouped(number), expected);
        check(0, "0");
        check(999, "999");
        check(1_000, "1,000");
        check(32_000, "32,000");
        check(1_048_576, "1,048,576");
    }

    #[test]
    fn a_line_break_is_shown_in_one_line() {
        let check = |text: &str, expected: &str| assert_eq!(one_line(text), expected, "{text:?}");
        check("fraud-detector é 😀", "fraud-detector é 😀");
        check("a\nb\r\nc\rd\n", "a⏎b⏎c⏎d⏎");
        check("a\u{2028}b\u{2029}c\u{85}d\u{b}e\u{c}f", "a⏎b⏎c⏎d⏎e⏎f");
        check("a\tb", "a⇥b");
        check("a\u{0}b\u{1b}[31mc\u{7f}", "a�b�[31mc�");
        check("a\u{202e}b\u{200b}c\u{2066}d\u{feff}", "a�b�c�d�");
    }

    #[test]
    fn gaps_are_filled() {
        let check = |template: &'static str, expected: &str| {
            assert_eq!(
                Template(template).fill(&[("a", &1), ("b", &"{a}")]),
                expected
            );
        };
        check("no gap", "no gap");
        check("{a} and {b}", "1 and {a}");
        check("{c} {", "{c} {");
        check("{a}{a}", "11");
    }

    #[test]
    fn gaps_are_those_that_are_named() {
        let check = |template: &str, names: &[&str], expected: bool| {
            assert_eq!(has_gaps(template, names), expected, "{template} {names:?}");
        };
        check("no gap", &[], true);
        check("{ {} {\"do\": …} {", &[], true);
        check("{a} {a} {b_c}", &["b_c", "a"], true);
        check("{a}", &[], false);
        check("{a} {ab}", &["a"], false);
        check("{a}", &["a", "ab"], false);
        check("{ab", &["ab"], false);
        check("{ab", &[], true);
    }
}
