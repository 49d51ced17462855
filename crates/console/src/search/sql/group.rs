//! Tokens put together to groups: the passes of sqlparse, in its order.

use super::node::{SqlNode, SqlNodeKind, Unread, is_word};

/// sqlparse's own limits.
const DEEPEST: usize = 100;
const LONGEST: usize = 10_000;

type Nodes<'a> = Vec<SqlNode<'a>>;

/// Groups the tokens of a statement.
pub(super) fn group<'a>(list: &mut Nodes<'a>, text: &'a str) -> Result<(), Unread> {
    if list.len() > LONGEST || depth(list) > DEEPEST {
        return Err(Unread::TooMuch);
    }
    let groups = Groups { text };
    groups.comments(list);
    groups.matching(
        list,
        SqlNodeKind::Brackets,
        &|node| node.is(SqlNodeKind::Punctuation, "["),
        &|node| node.is(SqlNodeKind::Punctuation, "]"),
    );
    groups.matching(
        list,
        SqlNodeKind::Parenthesis,
        &|node| node.is(SqlNodeKind::Punctuation, "("),
        &|node| node.is(SqlNodeKind::Punctuation, ")"),
    );
    groups.matching(
        list,
        SqlNodeKind::Case,
        &|node| node.is_keyword("CASE"),
        &|node| node.is_keyword("END"),
    );
    groups.functions(list);
    groups.wheres(list, false);
    for pass in PASSES {
        groups.join(list, pass, false);
        if pass.class == SqlNodeKind::Identifier && pass.is_arrays {
            groups.identifiers(list);
            groups.orders(list);
        }
    }
    groups.aliases(list);
    groups.join(list, &ASSIGNMENTS, false);
    groups.align_comments(list);
    groups.join(list, &LISTS, false);
    Ok(())
}

/// How deeply brackets stand in each other. Nothing here calls itself more often than that.
fn depth(list: &[SqlNode<'_>]) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for node in list {
        match node.text {
            "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.saturating_sub(1),
            _ if node.is_keyword("CASE") => depth += 1,
            _ if node.is_keyword("END") => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// A pass that joins what stands on both sides of something.
struct Pass {
    class: SqlNodeKind,
    is_arrays: bool,
    is_middle: fn(&SqlNode<'_>) -> bool,
    before: fn(&SqlNode<'_>) -> bool,
    behind: fn(Option<&SqlNode<'_>>) -> bool,
    /// From where to where it goes: from what stands before or the middle, to the middle or what stands behind.
    from_before: bool,
    to_behind: fn(Option<&SqlNode<'_>>) -> bool,
    extends: bool,
    goes_inside: bool,
}

const fn is_value(kind: SqlNodeKind) -> bool {
    matches!(
        kind,
        SqlNodeKind::Integer
            | SqlNodeKind::Float
            | SqlNodeKind::Single
            | SqlNodeKind::Symbol
            | SqlNodeKind::Name
            | SqlNodeKind::Placeholder
    )
}

const fn always(_: Option<&SqlNode<'_>>) -> bool {
    true
}

const fn is_there(node: Option<&SqlNode<'_>>) -> bool {
    node.is_some()
}

const PERIODS: Pass = Pass {
    class: SqlNodeKind::Identifier,
    is_arrays: false,
    is_middle: |node| {
        node.is(SqlNodeKind::Punctuation, ".")
            || node.is(SqlNodeKind::Operator, "->")
            || node.is(SqlNodeKind::Operator, "->>")
    },
    before: |node| {
        matches!(
            node.kind,
            SqlNodeKind::Brackets
                | SqlNodeKind::Identifier
                | SqlNodeKind::Name
                | SqlNodeKind::Symbol
        )
    },
    behind: always,
    from_before: true,
    to_behind: |node| {
        node.is_some_and(|node| {
            matches!(
                node.kind,
                SqlNodeKind::Brackets
                    | SqlNodeKind::Function
                    | SqlNodeKind::Name
                    | SqlNodeKind::Symbol
                    | SqlNodeKind::Wildcard
                    | SqlNodeKind::Single
            )
        })
    },
    extends: true,
    goes_inside: true,
};

const ARRAYS: Pass = Pass {
    class: SqlNodeKind::Identifier,
    is_arrays: true,
    is_middle: |node| node.kind == SqlNodeKind::Brackets,
    before: |node| {
        matches!(
            node.kind,
            SqlNodeKind::Brackets
                | SqlNodeKind::Identifier
                | SqlNodeKind::Function
                | SqlNodeKind::Name
                | SqlNodeKind::Symbol
        )
    },
    behind: always,
    from_before: true,
    to_behind: |_| false,
    extends: true,
    goes_inside: false,
};

const TYPECASTS: Pass = Pass {
    class: SqlNodeKind::Identifier,
    is_arrays: false,
    is_middle: |node| node.is(SqlNodeKind::Punctuation, "::"),
    before: |_| true,
    behind: is_there,
    from_before: true,
    to_behind: always,
    extends: true,
    goes_inside: true,
};

const TYPED: Pass = Pass {
    class: SqlNodeKind::TypedLiteral,
    is_arrays: false,
    is_middle: |node| node.kind == SqlNodeKind::Builtin,
    before: |_| true,
    behind: |node| node.is_some_and(|node| node.kind == SqlNodeKind::Single),
    from_before: false,
    to_behind: always,
    extends: false,
    goes_inside: true,
};

const OPERATIONS: Pass = Pass {
    class: SqlNodeKind::Operation,
    is_arrays: false,
    is_middle: |node| matches!(node.kind, SqlNodeKind::Operator | SqlNodeKind::Wildcard),
    before: is_operand,
    behind: |node| node.is_some_and(is_operand),
    from_before: true,
    to_behind: always,
    extends: false,
    goes_inside: true,
};

fn is_operand(node: &SqlNode<'_>) -> bool {
    is_value(node.kind)
        || matches!(
            node.kind,
            SqlNodeKind::Brackets
                | SqlNodeKind::Parenthesis
                | SqlNodeKind::Function
                | SqlNodeKind::Identifier
                | SqlNodeKind::Operation
                | SqlNodeKind::TypedLiteral
        )
        || ["CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP"]
            .iter()
            .any(|word| node.is_keyword(word))
}

const COMPARISONS: Pass = Pass {
    class: SqlNodeKind::Comparison,
    is_arrays: false,
    is_middle: |node| node.kind == SqlNodeKind::Compares,
    before: is_compared,
    behind: |node| node.is_some_and(is_compared),
    from_before: true,
    to_behind: always,
    extends: false,
    goes_inside: true,
};

fn is_compared(node: &SqlNode<'_>) -> bool {
    is_value(node.kind)
        || matches!(
            node.kind,
            SqlNodeKind::Parenthesis
                | SqlNodeKind::Function
                | SqlNodeKind::Identifier
                | SqlNodeKind::Operation
                | SqlNodeKind::TypedLiteral
        )
        || node.is_keyword("NULL")
}

const NAMINGS: Pass = Pass {
    class: SqlNodeKind::Identifier,
    is_arrays: false,
    is_middle: |node| node.is_keyword("AS"),
    before: |node| !node.kind.is_keyword() || node.is_keyword("NULL"),
    behind: |node| node.is_some_and(|node| node.kind != SqlNodeKind::Statement),
    from_before: true,
    to_behind: always,
    extends: true,
    goes_inside: true,
};

/// Those that come one after the other.
const PASSES: [&Pass; 7] = [
    &PERIODS,
    &ARRAYS,
    &TYPECASTS,
    &TYPED,
    &OPERATIONS,
    &COMPARISONS,
    &NAMINGS,
];

const ASSIGNMENTS: Pass = Pass {
    class: SqlNodeKind::Assignment,
    is_arrays: false,
    is_middle: |node| node.kind == SqlNodeKind::Assigns,
    before: |node| node.kind != SqlNodeKind::Keyword,
    behind: |node| node.is_some_and(|node| node.kind != SqlNodeKind::Keyword),
    from_before: true,
    to_behind: always,
    extends: true,
    goes_inside: true,
};

const LISTS: Pass = Pass {
    class: SqlNodeKind::Identifiers,
    is_arrays: false,
    is_middle: |node| node.is(SqlNodeKind::Punctuation, ","),
    before: is_item,
    behind: |node| node.is_some_and(is_item),
    from_before: true,
    to_behind: always,
    extends: true,
    goes_inside: true,
};

fn is_item(node: &SqlNode<'_>) -> bool {
    is_value(node.kind)
        || matches!(
            node.kind,
            SqlNodeKind::Function
                | SqlNodeKind::Case
                | SqlNodeKind::Identifier
                | SqlNodeKind::Comparison
                | SqlNodeKind::Identifiers
                | SqlNodeKind::Operation
                | SqlNodeKind::Keyword
                | SqlNodeKind::Wildcard
        )
}

/// The next token behind a place that is no blank, and where it is.
fn next<'n, 'a>(list: &'n [SqlNode<'a>], at: usize) -> Option<(usize, &'n SqlNode<'a>)> {
    let mut behind = list.iter().enumerate().skip(at + 1);
    behind.find(|(_, node)| !node.kind.is_space())
}

struct Groups<'a> {
    text: &'a str,
}

impl<'a> Groups<'a> {
    /// Makes a group of what stands from one place to another; `extends` puts it into the first where that is such a group.
    fn make(
        &self,
        list: &mut Nodes<'a>,
        class: SqlNodeKind,
        from: usize,
        to: usize,
        extends: bool,
    ) {
        if from > to || to >= list.len() {
            return;
        }
        let mut taken: Nodes<'a> = list.drain(from..=to).collect();
        let start = taken.first().map_or(0, |first| first.start);
        let end = taken
            .last()
            .map_or(start, |last| last.start + last.text.len());
        let text = self.text.get(start..end).unwrap_or_default();
        let grouped = if extends && taken.first().is_some_and(|first| first.kind == class) {
            let mut first = taken.remove(0);
            first.inside.extend(taken);
            SqlNode { text, ..first }
        } else {
            SqlNode {
                kind: class,
                start,
                text,
                inside: taken,
            }
        };
        list.insert(from, grouped);
    }

    fn inside(
        &self,
        list: &mut Nodes<'a>,
        but: Option<SqlNodeKind>,
        each: &dyn Fn(&Self, &mut Nodes<'a>),
    ) {
        for node in list.iter_mut() {
            if node.kind.is_group() && Some(node.kind) != but {
                each(self, &mut node.inside);
            }
        }
    }

    fn comments(&self, list: &mut Nodes<'a>) {
        let is_comment = |node: &SqlNode<'_>| {
            matches!(
                node.kind,
                SqlNodeKind::LineComment | SqlNodeKind::BlockComment
            )
        };
        let mut at = 0;
        while let Some(found) = list.iter().skip(at).position(is_comment) {
            let from = at + found;
            let mut behind = list.iter().skip(from + 1);
            let end =
                behind.position(|node| !is_comment(node) && node.kind != SqlNodeKind::Newline);
            // What only comments follow stays as it is.
            let Some(end) = end else { return };
            self.make(list, SqlNodeKind::Comments, from, from + end, false);
            at = from + 1;
        }
    }

    fn matching(
        &self,
        list: &mut Nodes<'a>,
        class: SqlNodeKind,
        opens: &dyn Fn(&SqlNode<'a>) -> bool,
        closes: &dyn Fn(&SqlNode<'a>) -> bool,
    ) {
        let mut open = Vec::new();
        let mut at = 0;
        while let Some(node) = list.get_mut(at) {
            if node.kind.is_group() && node.kind != class {
                self.matching(&mut node.inside, class, opens, closes);
            } else if opens(node) {
                open.push(at);
            } else if closes(node)
                && let Some(from) = open.pop()
            {
                self.make(list, class, from, at, false);
                at = from;
            }
            at += 1;
        }
    }

    fn functions(&self, list: &mut Nodes<'a>) {
        self.inside(list, Some(SqlNodeKind::Function), &Self::functions);
        let mut at = 0;
        while at < list.len() {
            let is_name = list.get(at).is_some_and(|node| {
                matches!(
                    node.kind,
                    SqlNodeKind::Name | SqlNodeKind::Placeholder | SqlNodeKind::Builtin
                )
            });
            if is_name
                && let Some((to, behind)) = next(list, at)
                && behind.kind == SqlNodeKind::Parenthesis
            {
                self.make(list, SqlNodeKind::Function, at, to, false);
            }
            at += 1;
        }
    }

    fn wheres(&self, list: &mut Nodes<'a>, is_closed: bool) {
        const ENDS: [&str; 10] = [
            "ORDER BY",
            "GROUP BY",
            "LIMIT",
            "UNION",
            "UNION ALL",
            "EXCEPT",
            "INTERSECT",
            "HAVING",
            "RETURNING",
            "INTO",
        ];
        for node in list.iter_mut() {
            if node.kind.is_group() && node.kind != SqlNodeKind::Where {
                let is_closed =
                    matches!(node.kind, SqlNodeKind::Brackets | SqlNodeKind::Parenthesis);
                self.wheres(&mut node.inside, is_closed);
            }
        }
        let Some(from) = list.iter().position(|node| node.is_keyword("WHERE")) else {
            return;
        };
        let ends = |node: &SqlNode<'_>| {
            node.kind == SqlNodeKind::Keyword && ENDS.iter().any(|word| is_word(node.text, word))
        };
        let end = list.iter().skip(from + 1).position(ends);
        let last = list.len().saturating_sub(if is_closed { 2 } else { 1 });
        let to = end.map_or(last, |end| from + end);
        self.make(list, SqlNodeKind::Where, from, to, false);
    }

    fn identifiers(&self, list: &mut Nodes<'a>) {
        self.inside(list, Some(SqlNodeKind::Identifier), &Self::identifiers);
        for at in 0..list.len() {
            let is_name =
                |node: &SqlNode<'_>| matches!(node.kind, SqlNodeKind::Symbol | SqlNodeKind::Name);
            if list.get(at).is_some_and(is_name) {
                self.make(list, SqlNodeKind::Identifier, at, at, false);
            }
        }
    }

    fn orders(&self, list: &mut Nodes<'a>) {
        self.inside(list, Some(SqlNodeKind::Identifier), &Self::orders);
        let mut at = 0;
        while at < list.len() {
            let is_order = list
                .get(at)
                .is_some_and(|node| node.kind == SqlNodeKind::Order);
            let before = list.iter().take(at).rposition(|node| !node.kind.is_space());
            if is_order
                && let Some(from) = before
                && list.get(from).is_some_and(|node| {
                    matches!(
                        node.kind,
                        SqlNodeKind::Identifier
                            | SqlNodeKind::Integer
                            | SqlNodeKind::Float
                            | SqlNodeKind::Hexadecimal
                    )
                })
            {
                self.make(list, SqlNodeKind::Identifier, from, at, false);
                at = from;
            }
            at += 1;
        }
    }

    fn aliases(&self, list: &mut Nodes<'a>) {
        self.inside(list, None, &Self::aliases);
        let mut at = 0;
        while at < list.len() {
            let has_alias = list.get(at).is_some_and(|node| {
                matches!(
                    node.kind,
                    SqlNodeKind::Parenthesis
                        | SqlNodeKind::Function
                        | SqlNodeKind::Case
                        | SqlNodeKind::Identifier
                        | SqlNodeKind::Operation
                        | SqlNodeKind::Comparison
                        | SqlNodeKind::Integer
                        | SqlNodeKind::Float
                        | SqlNodeKind::Hexadecimal
                )
            });
            if has_alias
                && let Some((to, behind)) = next(list, at)
                && behind.kind == SqlNodeKind::Identifier
            {
                self.make(list, SqlNodeKind::Identifier, at, to, true);
            }
            at += 1;
        }
    }

    fn align_comments(&self, list: &mut Nodes<'a>) {
        self.inside(list, None, &Self::align_comments);
        let mut at = 0;
        while at < list.len() {
            let is_comment = list
                .get(at)
                .is_some_and(|node| node.kind == SqlNodeKind::Comments);
            let before = list.iter().take(at).rposition(|node| !node.kind.is_space());
            if is_comment
                && let Some(from) = before
                && let Some(class) = list.get(from).map(|node| node.kind)
                && class.is_group()
            {
                self.make(list, class, from, at, true);
                at = from;
            }
            at += 1;
        }
    }

    /// One pass over a list. `is_closed` says that its first and last tokens are brackets, which belong to nothing in it.
    fn join(&self, list: &mut Nodes<'a>, pass: &Pass, is_closed: bool) {
        if pass.goes_inside {
            for node in list.iter_mut() {
                if node.kind.is_group() && node.kind != pass.class {
                    let is_closed = matches!(
                        node.kind,
                        SqlNodeKind::Brackets | SqlNodeKind::Parenthesis | SqlNodeKind::Case
                    );
                    self.join(&mut node.inside, pass, is_closed);
                }
            }
        }
        // What was looked at last, and whether it may stand before a middle; after a group it is what ended that.
        let mut before: Option<(usize, bool)> = None;
        let mut at = 0;
        while let Some(node) = list.get(at) {
            let last = list.len() - 1;
            let is_end = |place: usize| is_closed && (place == 0 || place == last);
            if node.kind.is_space() {
                at += 1;
                continue;
            }
            if (pass.is_middle)(node)
                && let Some((from, true)) = before
            {
                let behind = next(list, at);
                if (pass.behind)(behind.map(|(_, node)| node))
                    && !behind.is_some_and(|(place, _)| is_end(place))
                {
                    let reaches = (pass.to_behind)(behind.map(|(_, node)| node));
                    let to = match behind {
                        Some((place, _)) if reaches => place,
                        _ => at,
                    };
                    let start = if pass.from_before { from } else { at };
                    // What ended the group is looked at once more, as what stands before the next middle.
                    let ended = (to > at).then(|| list.get(to).is_some_and(pass.before));
                    self.make(list, pass.class, start, to, pass.extends);
                    let is_before = match ended {
                        Some(is_before) => is_before,
                        None => list.get(start).is_some_and(pass.before),
                    };
                    before = Some((start, is_before));
                    at = start + 1;
                    continue;
                }
            }
            before = Some((at, (pass.before)(node) && !is_end(at)));
            at += 1;
        }
    }
}
